import { join } from 'node:path';
import type { TransferId } from '../../src/model/ids.ts';
import { sendFrom } from '../../test/e2e/ask-engine.ts';
import type { BrowserDriver, Tab } from '../../test/support/browser-driver.ts';
import { waitUntil } from '../../test/support/wait-until.ts';
import { type Look, openSharp, type SharpPage } from './sharp-picture.ts';

/** What a user does before the picture; by selectors, because the words are of several languages. */
type Act = (browser: BrowserDriver, tab: Tab) => Promise<unknown>;
type Subject = { readonly page: string; readonly isPopup?: boolean; readonly act?: Act };

const LOOKS = {
  light: { widthPx: 1280, maxHeightPx: 800, isDark: false },
  dark: { widthPx: 1280, maxHeightPx: 800, isDark: true },
  narrow: { widthPx: 320, maxHeightPx: 640, isDark: false },
  'right-to-left': { widthPx: 1280, maxHeightPx: 800, isDark: false },
} satisfies Readonly<Record<string, Look>>;
const POPUP_WIDTH_PX = 400;
const TABS = ['overview', 'files', 'sources', 'pieces', 'log'];

const click =
  (...selectors: readonly string[]): Act =>
  async (browser, tab) => {
    for (const css of selectors) await browser.click(tab, css);
  };
const press =
  (key: string): Act =>
  (browser, tab) =>
    browser.press(tab, key);

function subjects(film: TransferId): Readonly<Record<string, Subject>> {
  const row = `[role="row"][data-id="${film}"]`;
  const tabs = TABS.map((name, nth) => {
    const act = click(row, `.detail [role="tab"]:nth-child(${nth + 1})`);
    return [`manager-${name}`, { page: 'manager.html', act }] as const;
  });
  return {
    popup: { page: 'popup.html', isPopup: true },
    'popup-details': { page: 'popup.html', isPopup: true, act: click(`li[data-id="${film}"] summary`) },
    'popup-settings': { page: 'popup.html', isPopup: true, act: click('.top-buttons > :last-child') },
    welcome: { page: 'welcome.html' },
    add: { page: 'add.html' },
    publish: { page: 'publish.html', act: click('summary') },
    manager: { page: 'manager.html' },
    ...Object.fromEntries(tabs),
    'manager-chosen': { page: 'manager.html', act: click(`${row} input`) },
    'manager-found-nothing': {
      page: 'manager.html',
      act: (browser, tab) => browser.fill(tab, 'input[type="search"]', 'no such name'),
    },
    'manager-keys': { page: 'manager.html', act: press('?') },
    'manager-totals': { page: 'manager.html#totals' },
    'manager-settings': { page: 'manager.html#settings' },
  };
}

/** Writes pictures of every page of the extension to a folder: in light and dark, narrow, and from right to left. */
export async function everyPage(browser: BrowserDriver, film: TransferId, folder: string): Promise<void> {
  for (const [lookName, look] of Object.entries(LOOKS)) {
    const asker = await browser.openExtensionPage('popup.html');
    await sendFrom({ browser, tab: asker }, 'settings.set', { language: lookName === 'right-to-left' ? 'ar' : 'en' });
    await browser.closeTab(asker);
    for (const [name, { page, isPopup = false, act }] of Object.entries(subjects(film))) {
      const opened = await openSharp(browser, page);
      try {
        const widthPx = isPopup ? Math.min(look.widthPx, POPUP_WIDTH_PX) : look.widthPx;
        await opened.take({ ...look, widthPx });
        await act?.(browser, opened.tab);
        await opened.write(join(folder, `${name}.${lookName}.png`));
      } finally {
        await opened.close();
      }
    }
  }
}

/** The same of a page that is open already, such as a player: what it shows goes on. */
export async function everyLook(
  browser: BrowserDriver,
  opened: SharpPage,
  name: string,
  folder: string,
): Promise<void> {
  for (const [lookName, look] of Object.entries(LOOKS)) {
    if (lookName === 'right-to-left') continue; // its language is chosen when it opens
    await opened.take(look);
    const isSized = (widthPx: number) => innerWidth === widthPx;
    await waitUntil(() => browser.evaluate(opened.tab, isSized, look.widthPx), { what: `${name} ${lookName}` });
    await opened.write(join(folder, `${name}.${lookName}.png`));
  }
}
