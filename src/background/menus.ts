import { findLinks } from '../model/find-links.ts';
import { api } from '../platform/webext/api.ts';
import { pageSource } from '../platform/webext/page-source.ts';
import { BACKGROUND_WORDS } from './background-words.ts';
import { tellUser } from './notifications.ts';
import { type TakeLinks, takePageLinks } from './page-links.ts';
import { speakUsersLanguage } from './users-language.ts';

const LINK = 'download-link';
const SELECTION = 'download-selection';
const PAGE = 'download-page';

const entries = (): readonly chrome.contextMenus.CreateProperties[] => [
  {
    id: LINK,
    title: BACKGROUND_WORDS.menuLink,
    contexts: ['link'],
    // Also scripts that serve torrents without a suffix: `/download.php?torrent=5`, `/torrents/get/5`.
    targetUrlPatterns: ['magnet:*', '*://*/*torrent*', '*://*/*.meta4*', '*://*/*.metalink*'],
  },
  { id: SELECTION, title: BACKGROUND_WORDS.menuSelection, contexts: ['selection'] },
  { id: PAGE, title: BACKGROUND_WORDS.menuPage, contexts: ['page', 'frame'] },
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
  await speakUsersLanguage();
  await api.contextMenus.removeAll();
  // Chrome reports an entry that exists already; two of these events may come together.
  for (const entry of entries()) api.contextMenus.create(entry, () => void api.runtime.lastError);
}

async function onClicked(
  info: chrome.contextMenus.OnClickData,
  tab: chrome.tabs.Tab | undefined,
  take: TakeLinks,
): Promise<void> {
  if (info.menuItemId === PAGE) {
    const reply = await takePageLinks(take, tab);
    if (reply.ok && reply.output.added.length === 0) await tellUser(() => BACKGROUND_WORDS.pageHasNone);
    if (reply.ok && reply.output.leftOut > 0) {
      const taken = reply.output.added.length;
      await tellUser(() => BACKGROUND_WORDS.leftOut(taken));
    }
    return;
  }
  const urls = info.menuItemId === LINK ? [info.linkUrl ?? ''] : findLinks(info.selectionText ?? '');
  if (urls.length === 0) await tellUser(() => BACKGROUND_WORDS.selectionHasNone);
  else await take(urls, pageSource({ url: info.frameUrl ?? info.pageUrl, tab }));
}

/** Says the entries in the language of the settings, if they are in another one. To be called when settings change. */
export async function renameMenus(): Promise<void> {
  if (!('contextMenus' in api)) return;
  await speakUsersLanguage();
  for (const { id, title } of entries()) {
    // An entry that is being made anew is not there for a moment, and gets its title then.
    if (id !== undefined && title !== undefined) await api.contextMenus.update(id, { title }).catch(() => undefined);
  }
}
