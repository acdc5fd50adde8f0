import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendFrom } from '../test/e2e/ask-engine.ts';
import { pathOfControl } from '../test/e2e/page-path.ts';
import { TransferList } from '../test/e2e/transfer-list.ts';
import type { BrowserDriver } from '../test/support/browser-driver.ts';
import type { ChromiumOptions } from '../test/support/chromium.ts';
import { type Lab, openLab } from '../test/support/lab.ts';
import { makeTorrent } from '../test/support/make-torrent.ts';
import { waitUntil } from '../test/support/wait-until.ts';
import { buildExtension, buildForNode } from './build.ts';
import { fillBusyList } from './pictures/busy-list.ts';
import { openEdgePage } from './pictures/edge-page.ts';
import { everyLook, everyPage } from './pictures/every-page.ts';
import { playRiver } from './pictures/play-river.ts';
import { openSharp, SHARP_ARGS, sharpPicture } from './pictures/sharp-picture.ts';
import { makeSmall } from './pictures/small-picture.ts';
import { fillTroubledList, namesForLab } from './pictures/troubled-list.ts';

/*
 * npm run screenshots
 * Takes pictures of the real extension with real transfers, all on this computer: those of the README, and in
 * `screenshots/`, which git ignores, every page in light and dark, narrow and from right to left.
 */
const OUT_DIR = 'docs/screenshots';
const ALL_DIR = 'screenshots';
const MANAGER = { widthPx: 1280, maxHeightPx: 800, isDark: false };
const POPUP = { widthPx: 400, maxHeightPx: 600 };
const WELCOME = { widthPx: 1000, maxHeightPx: 1400, isDark: false };

const buildDir = await mkdtemp(join(tmpdir(), 'rivulet-screenshots-'));
for (const dir of [OUT_DIR, ALL_DIR]) await mkdir(dir, { recursive: true });
try {
  for (const browser of ['chrome', 'firefox'] as const) await buildExtension(browser, buildDir);
  await buildForNode(buildDir);
  await inLab(async (lab) => {
    const browser = await startChromium(lab, []);
    await sharpPicture(browser, 'welcome.html', picture('welcome'), WELCOME);
    await chooseToShare(browser);
    await sharpPicture(browser, 'popup.html', picture('popup-empty'), { ...POPUP, isDark: false });
    const { film, slowDown } = await fillBusyList(lab, browser);
    await sharpPicture(browser, 'popup.html', picture('popup-busy'), { ...POPUP, isDark: false });
    await sharpPicture(browser, 'popup.html', picture('popup-dark'), { ...POPUP, isDark: true });
    await managerPicture(browser, film);
    await slowDown();
    const player = await playRiver(lab, browser);
    await player.take({ ...MANAGER, maxHeightPx: 800 });
    await player.write(picture('player'));
    await everyLook(browser, player, 'player', ALL_DIR);
    await player.close();
    await letLinkWait(lab, browser);
    await everyPage(browser, film, ALL_DIR);
    const edge = await openEdgePage(buildDir, join(buildDir, 'node/dashboard'));
    const dashboard = await openSharp(browser, edge.url);
    await browser.waitFor(dashboard.tab, () => document.querySelector('.plot canvas') !== null);
    await everyLook(browser, dashboard, 'dashboard', ALL_DIR);
    await dashboard.close();
    await edge.close();
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
  for (const name of await readdir(OUT_DIR)) await makeSmall(join(OUT_DIR, name));
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

/** Has a torrent of several files wait in the add sheet. */
async function letLinkWait(lab: Lab, browser: BrowserDriver): Promise<void> {
  const origin = await lab.origin();
  const names = ['1 – Springs.mp4', '2 – Rapids.mp4', '3 – Deltas.mp4', '1 – Springs.en.srt', 'About.txt'];
  const content = names.map((name, nth) => ({ path: ['Season 3', name], bytes: new Uint8Array(4e6 / (nth + 1)) }));
  const urlList = [`${origin.url}/lectures/`];
  const torrent = makeTorrent({ name: 'Open lectures on water', content, pieceLengthBytes: 2 ** 18, urlList });
  origin.serve('/lectures.torrent', torrent.torrentBytes);
  const list = await TransferList.open(browser);
  await sendFrom({ browser, tab: list.tab }, 'settings.set', { askFirst: true });
  await list.add(`${origin.url}/lectures.torrent`);
  const add = await waitUntil(
    async () => {
      for (const tab of await browser.tabs()) if ((await browser.url(tab)).includes('/add.html')) return tab;
      return null;
    },
    { timeoutMs: 60_000, what: 'the add sheet' },
  );
  await browser.waitFor(add, () => document.body.textContent?.includes('Springs.mp4'), { timeoutMs: 60_000 });
  await browser.closeTab(add);
}

/** The page of all transfers, with the map of who brought each piece of one. */
async function managerPicture(browser: BrowserDriver, film: string): Promise<void> {
  const manager = await openSharp(browser, 'manager.html');
  await manager.take(MANAGER);
  await browser.click(manager.tab, `[role="row"][data-id="${film}"]`);
  await browser.click(manager.tab, await pathOfControl(browser, manager.tab, '.detail', 'Pieces'));
  await manager.write(picture('manager'));
  await manager.close();
}

/** Answers the question of the welcome page as a user would; the page stays, as Firefox needs a tab. */
async function chooseToShare(browser: BrowserDriver): Promise<void> {
  const welcome = await browser.openExtensionPage('welcome.html');
  await browser.click(welcome, await pathOfControl(browser, welcome, 'body', 'Share while I download'));
  await browser.waitFor(welcome, () => document.body.textContent?.includes('You are set'));
}
