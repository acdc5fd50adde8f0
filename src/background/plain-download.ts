import { api } from '../platform/webext/api.ts';
import { within } from '../platform/webext/within.ts';

/** Chrome answers when the server has: longer than this, nobody waits for the word that a download has begun. */
const BEGINS_WITHIN_MS = 2_000;

/** Downloads an address as a plain link does: with the site's cookies, and asking where to if the user wants. */
export async function downloadPlainly(url: string, name: string | null): Promise<void> {
  const begun = begin(url, name);
  begun.catch(() => undefined); // when nobody waits any more
  await within(BEGINS_WITHIN_MS, begun, undefined);
}

async function begin(url: string, name: string | null): Promise<void> {
  if (name === null) return void (await api.downloads.download({ url }));
  try {
    await api.downloads.download({ url, filename: name });
  } catch (error) {
    // Only the browser knows all names that it refuses ("Invalid filename", "filename must not contain …").
    if (!/filename/i.test(String(error))) throw error;
    await api.downloads.download({ url });
  }
}
