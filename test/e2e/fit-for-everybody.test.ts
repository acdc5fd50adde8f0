import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeScript, faultsIn } from '../support/axe.ts';
import { type BrowserDriver, startBrowser, type Tab } from '../support/browser-driver.ts';
import { actInPage } from '../support/gallery/act-in-page.ts';
import { SCENES, type Step } from '../support/gallery/scenes.ts';
import { type Gallery, serveGallery } from '../support/gallery/serve-gallery.ts';
import { waitUntil } from '../support/wait-until.ts';
import { extensionDir } from './extension-dir.ts';
import { BROWSERS, MIB, openWorld, type World } from './open-world.ts';

/*
 * What axe-core finds in every page, in light and in dark colours: nothing. Most states are drawn by the gallery, which
 * has the real screens and made-up data. Its pages are the same in both browsers, and axe-core's rules too, so one walks
 * through them. The pages of the extension itself are looked at in both.
 */

/** The scenes of each screen, and what the user does in them beside what the gallery says. Others look alike. */
const STATES: Readonly<Record<string, readonly (readonly [scene: string, ...more: Step[]])[]>> = {
  popup: [
    ['empty'],
    ['busy', { click: 'Details' }],
    ['failures'],
    ['waiting'],
    ['details-many'],
    ['page-media'],
    ['page-links'],
    ['settings'],
    ['remove-finished'],
    ['add-refused'],
    ['waiting-to-choose'],
    ['drop'],
  ],
  add: [['add'], ['add-several'], ['add-broken'], ['add-gone'], ['add-empty-sheet']],
  welcome: [['welcome'], ['welcome-set'], ['welcome-refused']],
  publish: [
    ['publish-empty'],
    ['publish-refused'],
    ['publish-no-ranges'],
    ['publish-reading'],
    ['publish-done-all'],
    ['publish-consent'],
    ['publish-copying'],
  ],
  player: [
    ['player-film'],
    ['player-season'],
    ['player-subtitles'],
    ['player-audio-menu'],
    ['player-speed'],
    ['player-keys'],
    ['player-continue'],
    ['player-sound'],
    ['player-image'],
    ['player-text'],
    ['player-pdf'],
    ['player-opening'],
    ['player-nobody'],
    ['player-buffering'],
    ['player-unplayable'],
    ['player-gone'],
    ['player-saved'],
  ],
  manager: [
    ['manager'],
    ['manager-detail'],
    ['manager-chosen'],
    ['manager-menu'],
    ['manager-remove'],
    ['manager-label'],
    ['manager-keys'],
    ['manager-columns'],
    ['manager-empty'],
    ['manager-nothing-fits'],
    ['manager-lost'],
    ['manager-paused'],
    ['manager-add'],
  ],
  detail: [
    ['one', { click: 'Overview' }],
    ['one', { click: 'Files' }],
    ['one', { click: 'Sources' }],
    ['one', { click: 'Pieces' }],
    ['one', { click: 'Log' }],
    ['trouble'],
    ['empty', { click: 'Pieces' }],
  ],
  totals: [['busy'], ['empty'], ['busy', { click: 'Delete: 2 leftovers' }]],
  'all-settings': [
    ['all-settings-busy'],
    ['all-settings-found'],
    ['all-settings-none'],
    ['all-settings-reset'],
    ['all-settings-refused'],
  ],
};

describe('axe-core finds nothing in the gallery', { timeout: 120_000 }, () => {
  let gallery: Gallery;
  let browser: BrowserDriver;
  let tab: Tab;
  beforeAll(async () => {
    [gallery, browser] = await Promise.all([serveGallery(), startBrowser('chromium')]);
    tab = await browser.open(`${gallery.url}popup.html?empty`);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await gallery?.close();
  });

  test.each(Object.keys(STATES))('of %s', async (screen) => {
    for (const [scene, ...more] of STATES[screen] ?? []) {
      const leave = (url: string) => {
        document.documentElement.dataset.isLeft = ''; // it may have the same address
        location.assign(url);
      };
      // It may go before it answers.
      await browser.evaluate(tab, leave, `${gallery.url}${screen}.html?${scene}`).catch(() => undefined);
      const isDrawn = (asked: string) =>
        location.href.endsWith(asked) &&
        document.documentElement.dataset.isLeft === undefined &&
        performance.getEntriesByName('drawn').length > 0;
      await browser.waitFor(tab, isDrawn, {}, `/${screen}.html?${scene}`);
      await actInPage(browser, tab, [...(SCENES[scene]?.screen === screen ? SCENES[scene].does : []), ...more]);
      expect([scene, ...(await faultsIn(browser, tab, '/axe.js'))]).toEqual([scene]);
    }
  });
});

describe.each(BROWSERS)('axe-core finds nothing in %s', { timeout: 240_000 }, (name) => {
  let world: World;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rivulet-fit-'));
    cpSync(extensionDir(name), folder, { recursive: true });
    writeFileSync(join(folder, 'axe.js'), await axeScript());
    world = await openWorld(name, { extensionDir: folder });
  }, 120_000);
  afterAll(async () => {
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('of the pages of the extension', async () => {
    const { browser, list, site, newTorrent } = world;
    const torrent = newTorrent(MIB);
    site.serve(`/${torrent.name}`, torrent.payload);
    site.serve('/one.torrent', torrent.torrentBytes);
    await list.add(torrent.magnet({ webSeeds: [`${site.url}/`], exactSources: [`${site.url}/one.torrent`] }));
    await list.untilDone(torrent.infoHash);

    const pages: readonly (readonly [page: string, said: string, ...steps: Step[]])[] = [
      ['popup.html', torrent.name, { click: 'Details' }],
      ['welcome.html', 'Would you like to share?'],
      ['add.html', 'Nothing waits to be added'],
      ['publish.html', 'Publish'],
      ['manager.html', torrent.name],
      ['manager.html#totals', 'Storage'],
      ['manager.html#settings', 'Sharing'],
      [`player.html?id=${torrent.infoHash}&file=0`, torrent.name],
    ];
    for (const [page, said, ...steps] of pages) {
      const opened = await browser.openExtensionPage(page);
      await browser.waitFor(opened, (words: string) => document.body.textContent?.includes(words), {}, said);
      await actInPage(browser, opened, steps);
      expect([page, ...(await faultsIn(browser, opened, '/axe.js'))]).toEqual([page]);
      if (page === 'manager.html') await lookAtTabs(opened);
      await browser.closeTab(opened);
    }
  });

  /** The details of the one transfer, where the whole page is around them. */
  async function lookAtTabs(manager: Tab): Promise<void> {
    const { browser } = world;
    await browser.click(manager, '[role="row"][data-id] [data-column="name"]');
    for (const part of ['Overview', 'Files', 'Sources', 'Pieces', 'Log']) {
      await actInPage(browser, manager, [{ click: part }]);
      await waitUntil(() => browser.evaluate(manager, isShown, part), { what: `the tab ${part}` });
      expect([part, ...(await faultsIn(browser, manager, '/axe.js'))]).toEqual([part]);
    }
  }
});

/** Runs in the page. */
function isShown(part: string): boolean {
  const panel = document.querySelector('[role="tabpanel"]');
  const ids = panel?.getAttribute('aria-labelledby') ?? '';
  return (panel?.getAttribute('aria-label') ?? document.getElementById(ids)?.textContent) === part;
}
