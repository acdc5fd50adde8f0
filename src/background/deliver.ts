import type { Reply } from '../model/commands.ts';
import type { PublishedLink } from '../model/published-link.ts';
import type { PageSource } from '../platform/webext/command-source.ts';
import { nameForBrowser } from './name-for-browser.ts';

export type DeliveryPorts = {
  /** Has the engine make a transfer of it, within a time limit; never rejects. */
  readonly ask: (link: PublishedLink, source: PageSource) => Promise<Reply<'link.deliver'>>;
  /** Has the browser download an address. `name` is null when the browser is to choose it. Rejects when it will not. */
  readonly download: (url: string, name: string | null) => Promise<void>;
};

/**
 * Brings the file of a publisher's link: as a transfer, or else by the browser's own download, whatever it is that went
 * wrong. Where that cannot be had either, or would be made with other cookies than the page's, the reply is a refusal,
 * and the click goes the browser's own way. Never rejects.
 */
export async function deliver(
  link: PublishedLink,
  source: PageSource,
  { ask, download }: DeliveryPorts,
): Promise<Reply<'link.deliver'>> {
  const reply = await ask(link, source);
  if (reply.ok && reply.output.way === 'transfer') return reply;
  if (source.isApart) return rejected('a download of ours would not have the cookies of this page');
  const name = nameForBrowser(link.name, link.fileUrl, source.pageUrl);
  try {
    await download(link.fileUrl, name);
    return { ok: true, output: { way: 'plain' } };
  } catch (error) {
    return rejected(String(error));
  }
}

const rejected = (reason: string) => ({ ok: false, failure: { code: 'rejected', reason } }) as const;
