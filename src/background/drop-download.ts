import { api } from '../platform/webext/api.ts';

const TRIES = 20;
const PAUSE_MS = 100;

/** Takes a download off the browser's list, with what it has written so far. Never rejects: it may be gone. */
export async function dropDownloadById(id: number): Promise<void> {
  await api.downloads.cancel(id).catch(() => undefined);
  // A download that was faster is a file already.
  await api.downloads.removeFile(id).catch(() => undefined);
  await api.downloads.erase({ id }).catch(() => undefined);
}

/** The same for the download of an address that has just begun, or is about to. Never rejects. */
export async function dropDownload(url: string): Promise<void> {
  for (let left = TRIES; left > 0; left -= 1) {
    const running = await api.downloads.search({ url, state: 'in_progress' }).catch(() => []);
    for (const { id } of running) await dropDownloadById(id);
    if (running.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
