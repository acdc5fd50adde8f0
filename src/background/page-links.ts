import type { LinksAdded, Reply } from '../model/commands.ts';
import { MAX_LINKS_AT_ONCE } from '../model/limits.ts';
import type { CommandSource } from '../platform/webext/command-source.ts';
import { linksOfPage, tabInFront } from '../platform/webext/links-of-page.ts';
import { pageSource } from '../platform/webext/page-source.ts';

/** Adds links, at most as many as are taken at once; never rejects. */
export type TakeLinks = (urls: readonly string[], source: CommandSource) => Promise<Reply<'links.capture'>>;

const NOTHING: LinksAdded = { added: [], leftOut: 0 };

/** How many links to torrents the page in front has. */
export async function countPageLinks(): Promise<Reply<'page.links'>> {
  const tab = await tabInFront();
  return { ok: true, output: { count: tab?.id === undefined ? 0 : (await linksOfPage(tab.id)).length } };
}

/** Adds all links to torrents of a page, the one in front when none is named. They are worth what its clicks are. */
export async function takePageLinks(take: TakeLinks, page?: chrome.tabs.Tab): Promise<Reply<'page.add-links'>> {
  const tab = page ?? (await tabInFront());
  const urls = tab?.id === undefined ? [] : await linksOfPage(tab.id);
  if (tab === null || urls.length === 0) return { ok: true, output: NOTHING };
  const reply = await take(urls.slice(0, MAX_LINKS_AT_ONCE), pageSource({ url: tab.url, tab }));
  const leftOut = Math.max(0, urls.length - MAX_LINKS_AT_ONCE);
  return reply.ok ? { ok: true, output: { ...reply.output, leftOut } } : reply;
}
