import { findLinks } from '../model/find-links.ts';
import { api } from '../platform/webext/api.ts';
import { showManager } from '../platform/webext/manager-tab.ts';
import { pageSource } from '../platform/webext/page-source.ts';
import { tellUser } from './notifications.ts';
import { type TakeLinks, takePageLinks } from './page-links.ts';

const LINK = 'download-link';
const SELECTION = 'download-selection';
const PAGE = 'download-page';
const MANAGER = 'all-transfers';

const ENTRIES: readonly chrome.contextMenus.CreateProperties[] = [
  {
    id: LINK,
    title: 'Download with Rivulet',
    contexts: ['link'],
    // Also scripts that serve torrents without a suffix: `/download.php?torrent=5`, `/torrents/get/5`.
    targetUrlPatterns: ['magnet:*', '*://*/*torrent*', '*://*/*.meta4*', '*://*/*.metalink*'],
  },
  { id: SELECTION, title: 'Download links in the selection with Rivulet', contexts: ['selection'] },
  { id: PAGE, title: 'Download all torrents on this page', contexts: ['page', 'frame'] },
  { id: MANAGER, title: 'All transfers', contexts: ['action'] },
];

/** Puts entries into the context menus of pages. To be called at once when the script runs: a click wakes the background. */
export function watchMenus(take: TakeLinks): void {
  if (!('contextMenus' in api)) return; // Firefox for Android
  // Browsers keep the entries of a background that sleeps, Firefox not beyond its own end.
  api.runtime.onInstalled.addListener(() => void makeMenus());
  api.runtime.onStartup.addListener(() => void makeMenus());
  api.contextMenus.onClicked.addListener((info, tab) => void onClicked(info, tab, take));
}

async function makeMenus(): Promise<void> {
  await api.contextMenus.removeAll();
  // Chrome reports an entry that exists already; two of these events may come together.
  for (const entry of ENTRIES) api.contextMenus.create(entry, () => void api.runtime.lastError);
}

async function onClicked(
  info: chrome.contextMenus.OnClickData,
  tab: chrome.tabs.Tab | undefined,
  take: TakeLinks,
): Promise<void> {
  if (info.menuItemId === MANAGER) return showManager();
  if (info.menuItemId === PAGE) {
    const reply = await takePageLinks(take, tab);
    if (reply.ok && reply.output.added.length === 0) await tellUser('This page has no links to torrents.');
    if (reply.ok && reply.output.leftOut > 0) await tellUser(leftOutWords(reply.output.added.length));
    return;
  }
  const urls = info.menuItemId === LINK ? [info.linkUrl ?? ''] : findLinks(info.selectionText ?? '');
  if (urls.length === 0) await tellUser('The selection has no magnet link, .torrent address or info hash.');
  else await take(urls, pageSource({ url: info.frameUrl ?? info.pageUrl, tab }));
}

const leftOutWords = (count: number): string =>
  `The page has more links than are taken at once: these are the first ${count}.`;
