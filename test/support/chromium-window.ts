import type { Page } from 'playwright-core';
import type { Chromium } from './chromium.ts';

/** The way in which Chromium hands an event to the listeners of an extension; its own code calls it. */
type Dispatcher = { dispatch(...args: unknown[]): void };

/** Has the extension hear of a choice in the context menu of an element. Its listener is real, the event is made here. */
export async function chooseFromMenu(chromium: Chromium, page: Page, css: string, entry: string): Promise<void> {
  const info = await page.evaluate(
    ({ selector, menuItemId }) => {
      const linkUrl = document.querySelector(selector)?.closest('a')?.href;
      return { menuItemId, pageUrl: location.href, linkUrl, selectionText: String(getSelection()) };
    },
    { selector: css, menuItemId: entry },
  );
  const worker = await chromium.serviceWorker();
  await worker.evaluate(async (clicked) => {
    await chrome.contextMenus.update(clicked.menuItemId, {}); // rejects when the menu has no such entry
    const tab = (await chrome.tabs.query({})).find(({ url }) => url === clicked.pageUrl);
    (chrome.contextMenus.onClicked as unknown as Dispatcher).dispatch(clicked, tab);
  }, info);
}

/** Has the extension hear of a text that was entered after its keyword. Its listener is real, the event is made here. */
export async function enterAfterKeyword(chromium: Chromium, text: string): Promise<void> {
  const worker = await chromium.serviceWorker();
  await worker.evaluate((entered) => {
    (chrome.omnibox.onInputEntered as unknown as Dispatcher).dispatch(entered, 'currentTab');
  }, text);
}
