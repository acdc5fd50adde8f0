import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathOfControl } from '../test/e2e/page-path.ts';
import type { BrowserDriver } from '../test/support/browser-driver.ts';
import type { ChromiumOptions } from '../test/support/chromium.ts';
import { type Lab, openLab } from '../test/support/lab.ts';
import { buildExtension } from './build.ts';
import { fillBusyList } from './pictures/busy-list.ts';
import { SHARP_ARGS, sharpPicture } from './pictures/sharp-picture.ts';
import { fillTroubledList, namesForLab } from './pictures/troubled-list.ts';

/*
 * npm run screenshots
 * Takes the pictures of the README from the real extension with real transfers, all on this computer.
 */
const OUT_DIR = 'docs/screenshots';
const POPUP = { widthPx: 400, maxHeightPx: 600 };
const WELCOME = { widthPx: 1000, maxHeightPx: 1400, isDark: false };

const buildDir = await mkdtemp(join(tmpdir(), 'rivulet-screenshots-'));
await mkdir(OUT_DIR, { recursive: true });
try {
  for (const browser of ['chrome', 'firefox'] as const) await buildExtension(browser, buildDir);
  await inLab(async (lab) => {
    const browser = await startChromium(lab, []);
    await sharpPicture(browser, 'welcome.html', picture('welcome'), WELCOME);
    await chooseToShare(browser);
    await sharpPicture(browser, 'popup.html', picture('popup-empty'), { ...POPUP, isDark: false });
    await fillBusyList(lab, browser);
    await sharpPicture(browser, 'popup.html', picture('popup-busy'), { ...POPUP, isDark: false });
    await sharpPicture(browser, 'popup.html', picture('popup-dark'), { ...POPUP, isDark: true });
  });
  await inLab(async (lab) => {
    const browser = await startChromium(lab, await namesForLab(lab));
    await chooseToShare(browser);
    await fillTroubledList(lab, browser);
    await sharpPicture(browser, 'popup.html', picture('popup-errors'), { ...POPUP, isDark: false });
  });
  await inLab(async (lab) => {
    const browser = await lab.browser('firefox', {
      extensionDir: join(buildDir, 'firefox'),
      firefoxPreferences: { 'layout.css.devPixelsPerPx': '2' },
    });
    await chooseToShare(browser);
    await fillBusyList(lab, browser);
    const popup = await browser.openExtensionPage('popup.html');
    await browser.waitFor(popup, () => document.querySelectorAll('li[data-id]').length > 4);
    await browser.screenshot(popup, picture('firefox-popup'), { width: 400, height: 600, dark: false });
  });
} finally {
  await rm(buildDir, { recursive: true, force: true });
}
process.exit();

function picture(name: string): string {
  return join(OUT_DIR, `${name}.png`);
}

async function inLab(job: (lab: Lab) => Promise<void>): Promise<void> {
  const lab = openLab();
  try {
    await job(lab);
  } finally {
    await lab.close();
  }
}

function startChromium(lab: Lab, args: readonly string[]): Promise<BrowserDriver> {
  const options: ChromiumOptions = { extensionDir: join(buildDir, 'chrome'), extraArgs: [...SHARP_ARGS, ...args] };
  return lab.browser('chromium', options);
}

/** Answers the question of the welcome page as a user would; the page stays, as Firefox needs a tab. */
async function chooseToShare(browser: BrowserDriver): Promise<void> {
  const welcome = await browser.openExtensionPage('welcome.html');
  await browser.click(welcome, await pathOfControl(browser, welcome, 'body', 'Share while I download'));
  await browser.waitFor(welcome, () => document.body.textContent?.includes('You are set'));
}
