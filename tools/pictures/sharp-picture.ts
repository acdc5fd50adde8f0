import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import type { BrowserDriver, Tab } from '../../test/support/browser-driver.ts';
import { waitUntil } from '../../test/support/wait-until.ts';

export type Look = { readonly widthPx: number; readonly maxHeightPx: number; readonly isDark: boolean };

/** A page in Chromium, of which pictures are taken. */
export type SharpPage = {
  readonly tab: Tab;
  /** Gives the page a size and colours, and waits until it has them. */
  readonly take: (look: Look) => Promise<void>;
  /** Writes a PNG of the page as it was last taken, with two pixels for each of CSS, as high as what it shows. */
  readonly write: (file: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** What a Chromium must be started with, so that {@link openSharp} finds it. */
export const SHARP_ARGS = ['--remote-debugging-port=0'];
const SCALE = 2;

/** Writes a PNG of one page of the extension, opened anew, as a popup is. */
export async function sharpPicture(browser: BrowserDriver, page: string, file: string, look: Look): Promise<void> {
  const opened = await openSharp(browser, page);
  try {
    await opened.take(look);
    await opened.write(file);
  } finally {
    await opened.close();
  }
}

/** Opens a page of the extension, or any by its whole address. */
export async function openSharp(browser: BrowserDriver, page: string): Promise<SharpPage> {
  const [port] = readFileSync(join(browser.profileDir, 'DevToolsActivePort'), 'utf8').split('\n');
  const tab = page.includes('://') ? await browser.open(page) : await browser.openExtensionPage(page);
  const debug = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const target = await findPage(browser, tab, debug);
  const session = await target.context().newCDPSession(target);
  let taken: Look = { widthPx: 1280, maxHeightPx: 800, isDark: false };
  // Set again until it holds: a page that comes to the front late is given the window's size once more.
  const settledHeight = () =>
    waitUntil(
      async () => {
        await setLook(session, taken);
        return browser.evaluate(tab, settledHeightPx, taken);
      },
      { timeoutMs: 120_000, what: `${page} at ${taken.widthPx} px` },
    );
  return {
    tab,
    take: async (look) => {
      taken = look;
      await settledHeight();
    },
    write: async (file) => {
      const height = Math.min(await settledHeight(), taken.maxHeightPx);
      const clip = { x: 0, y: 0, width: taken.widthPx, height, scale: 1 };
      const { data } = await session.send('Page.captureScreenshot', { format: 'png', clip });
      writeFileSync(file, Buffer.from(data, 'base64'));
    },
    close: async () => {
      await debug.close();
      await browser.closeTab(tab);
    },
  };
}

/** The page of a tab, by a mark: several tabs may have its address. */
async function findPage(browser: BrowserDriver, tab: Tab, debug: Browser): Promise<Page> {
  const mark = `picture ${randomUUID()}`;
  await browser.evaluate(
    tab,
    (name: string) => {
      window.name = name;
    },
    mark,
  );
  for (const page of debug.contexts().flatMap((context) => context.pages())) {
    if ((await page.evaluate(() => window.name).catch(() => '')) === mark) return page;
  }
  throw new Error(`no page ${await browser.url(tab)}`);
}

async function setLook(session: CDPSession, { widthPx, maxHeightPx, isDark }: Look): Promise<void> {
  const size = { width: widthPx, height: maxHeightPx, deviceScaleFactor: SCALE, mobile: false };
  await session.send('Emulation.setDeviceMetricsOverride', size);
  const features = [
    { name: 'prefers-color-scheme', value: isDark ? 'dark' : 'light' },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ];
  await session.send('Emulation.setEmulatedMedia', { features });
}

/** Runs in the page: its height once that has been the same for a second, and speeds have been measured; 0 until then. */
async function settledHeightPx({ widthPx, maxHeightPx }: Look): Promise<number> {
  const hasLook = () => innerWidth === widthPx && innerHeight === maxHeightPx; // a new size takes a moment
  const measure = () => document.querySelector('#app')?.getBoundingClientRect().bottom ?? 0;
  const before = hasLook() ? measure() : 0;
  await new Promise((passed) => setTimeout(passed, 1000));
  const after = measure();
  const isSettled = after === before || Math.min(before, after) >= maxHeightPx; // what is cut off may go on moving
  return hasLook() && isSettled ? before : 0;
}
