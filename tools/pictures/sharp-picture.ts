import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CDPSession, chromium } from 'playwright-core';
import type { BrowserDriver } from '../../test/support/browser-driver.ts';
import { waitUntil } from '../../test/support/wait-until.ts';

export type Look = { readonly widthPx: number; readonly maxHeightPx: number; readonly isDark: boolean };

/** What a Chromium must be started with, so that {@link sharpPicture} finds it. */
export const SHARP_ARGS = ['--remote-debugging-port=0'];
const SCALE = 2;

/**
 * Writes a PNG of one page of the extension, with two pixels for each of CSS, as high as what the page shows. The page
 * is opened anew, as a popup is, and closed again.
 */
export async function sharpPicture(browser: BrowserDriver, page: string, file: string, look: Look): Promise<void> {
  const [port] = readFileSync(join(browser.profileDir, 'DevToolsActivePort'), 'utf8').split('\n');
  const tab = await browser.openExtensionPage(page);
  const debug = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  try {
    const url = await browser.url(tab);
    const opened = debug.contexts().flatMap((context) => context.pages());
    const target = opened.findLast((candidate) => candidate.url() === url);
    if (target === undefined) throw new Error(`no page ${url}`);
    const session = await target.context().newCDPSession(target);
    // Set again until it holds: a page that comes to the front late is given the window's size once more.
    const heightPx = await waitUntil(
      async () => {
        await setLook(session, look);
        return browser.evaluate(tab, settledHeightPx, look);
      },
      { timeoutMs: 20_000, what: `${page} at ${look.widthPx} px` },
    );
    const clip = { x: 0, y: 0, width: look.widthPx, height: Math.min(heightPx, look.maxHeightPx), scale: 1 };
    const { data } = await session.send('Page.captureScreenshot', { format: 'png', clip });
    writeFileSync(file, Buffer.from(data, 'base64'));
  } finally {
    await debug.close();
    await browser.closeTab(tab);
  }
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
