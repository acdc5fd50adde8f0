import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MadeTorrent } from '../support/make-torrent.ts';
import { waitUntil } from '../support/wait-until.ts';
import { letBeSeen, sentSoFar, withTrafficCount } from './count-traffic.ts';
import { extensionDir } from './extension-dir.ts';
import { ManagerPage } from './manager-page.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';
import { filesNamed } from './saved-files.ts';

const SEARCH = '#search';

describe.each(BROWSERS)('the manager in %s', (name) => {
  let world: World;
  let folder: string;
  let page: ManagerPage;
  let small: MadeTorrent;
  let slow: MadeTorrent[];

  /** Adds a transfer with one origin, which may be slow. */
  async function add(lengthBytes: number, rateBytesPerS: number | null): Promise<MadeTorrent> {
    const { site, list } = world;
    const torrent = world.newTorrent(lengthBytes);
    const path = `/${torrent.infoHash}`;
    site.serve(path, torrent.payload);
    site.serve(`${path}.torrent`, torrent.torrentBytes);
    if (rateBytesPerS !== null) site.behave(path, { rateBytesPerS });
    const url = `${site.url}${path}`;
    await list.add(torrent.magnet({ webSeeds: [url], exactSources: [`${url}.torrent`] }));
    await list.until(torrent.infoHash, ({ state }) => state === 'downloading' || state === 'done');
    return torrent;
  }
  const ids = (...torrents: readonly MadeTorrent[]) => torrents.map(({ infoHash }) => infoHash);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rivulet-manager-'));
    withTrafficCount(extensionDir(name), join(folder, 'extension'));
    world = await openWorld(name, { extensionDir: join(folder, 'extension') });
    small = await add(100 * KIB, null);
    await world.list.untilDone(small.infoHash);
    slow = [await add(24 * MIB, 100 * KIB), await add(24 * MIB, 100 * KIB), await add(24 * MIB, 100 * KIB)];
    await world.list.close(); // the list of the popup takes its focus
    page = await ManagerPage.open(world.browser);
  }, 120_000);
  afterAll(async () => {
    await world?.close();
    rmSync(folder, { recursive: true });
  });

  test('lists all of them, newest first, with names, sizes and states', async () => {
    const [third, second, first] = [...slow].reverse() as [MadeTorrent, MadeTorrent, MadeTorrent];
    const rows = await page.untilShown(...ids(third, second, first, small));
    expect(rows.map((row) => row.name)).toEqual([third, second, first, small].map((torrent) => torrent.name));
    expect(rows.map(({ state }) => state)).toEqual(['downloading', 'downloading', 'downloading', 'done']);
    expect(rows[3]?.cells).toMatchObject({ size: '102 kB', progress: '100 %', state: 'Done' });
    await page.until((now) => now.some(({ cells }) => /kB\/s/.test(cells.down ?? '')));
    const grid = await world.browser.evaluate(page.tab, () => {
      const element = document.querySelector('[role="grid"]');
      return [element?.getAttribute('aria-rowcount'), element?.getAttribute('aria-multiselectable')];
    });
    expect(grid).toEqual(['5', 'true']);
  });

  test('narrows the list to a state and to what is searched', async () => {
    await world.browser.click(page.tab, '[data-group="done"]');
    await page.untilShown(small.infoHash);
    await world.browser.click(page.tab, '[data-group="all"]');
    await page.until((rows) => rows.length === 4);
    await page.key('/');
    await page.fill(SEARCH, slow[1]?.name.toUpperCase() ?? '');
    await page.untilShown(...ids(...slow.slice(1, 2)));
    await page.fill(SEARCH, 'nothing of this name');
    await page.untilSays(/No transfer fits/);
    await page.press('Show all');
    await page.until((rows) => rows.length === 4);
  });

  test('chooses several, and pauses and resumes them together', async () => {
    const [first, second, third] = ids(...slow) as [string, string, string];
    await page.click(third);
    await page.click(first, { modifiers: ['Shift'] });
    await page.until((rows) => rows.filter(({ isChosen }) => isChosen).length === 3);
    await page.click(second, { modifiers: ['Control'] });
    const chosen = await page.until((rows) => rows.filter(({ isChosen }) => isChosen).length === 2);
    expect(chosen.filter(({ isChosen }) => isChosen).map(({ id }) => id)).toEqual([third, first]);
    await page.press('Pause', '[role="toolbar"]');
    await page.untilState('paused', first, third);
    expect((await page.rows()).find(({ id }) => id === second)?.state).toBe('downloading');
    await page.untilSays(/2 transfers paused/);
    await page.press('Resume', '[role="toolbar"]');
    await page.untilState('downloading', first, second, third);
  });

  test('goes by the keyboard alone', async () => {
    const [first, second, third] = ids(...slow) as [string, string, string];
    await page.click(third);
    await page.key('ArrowDown');
    await page.until(
      (rows) =>
        rows
          .filter(({ isChosen }) => isChosen)
          .map(({ id }) => id)
          .join() === second,
    );
    await page.key('p');
    await page.untilState('paused', second);
    await page.key('p');
    await page.untilState('downloading', second);
    await page.key('End');
    await page.until((rows) => rows.at(-1)?.isChosen === true);
    await page.key('Home');
    await page.until((rows) => rows[0]?.isChosen === true);
    await page.key('?');
    await page.untilSays(/Single letters work/);
    await page.key('Escape');
    await page.key('ArrowDown');
    await page.key('ArrowDown');
    await page.until((rows) => rows.find(({ id }) => id === first)?.isChosen === true);
  });

  test('labels what is chosen, and filters by it', async () => {
    const [first] = ids(...slow) as [string];
    await page.click(first);
    await page.press('Label', '[role="toolbar"]');
    await page.fill('dialog input', 'Rivers');
    await page.press('Set label', 'dialog');
    await page.press('Rivers1', '.filters');
    await page.untilShown(first);
    await page.press('Rivers1', '.filters');
    await page.until((rows) => rows.length === 4);
  });

  test('moves what is chosen in the queue', async () => {
    const [first, , third] = ids(...slow) as [string, string, string];
    const places = async () => world.browser.evaluate(page.tab, () => document.querySelectorAll('[data-id]').length);
    expect(await places()).toBe(4);
    await page.press('Columns', '[role="toolbar"]');
    await page.press('Queue', 'dialog');
    await page.press('Close', 'dialog');
    const before = await page.until((rows) => rows.some(({ cells }) => cells.queue === '1'));
    expect(before.find(({ id }) => id === first)?.cells.queue).toBe('1');
    await page.click(third);
    await page.press('Queue', '[role="toolbar"]');
    await page.press('To the front', '[role="menu"]');
    await page.until((rows) => rows.find(({ id }) => id === third)?.cells.queue === '1');
  });

  test('is told nothing while it cannot be seen, and nobody is when it is closed', async () => {
    const { browser } = world;
    const bare = await browser.openExtensionPage('bare.html');
    const sent = () => sentSoFar(browser, bare);
    /** Waits until transfers have gone on for so long that a page that is seen would have been told of it. */
    const untilMoreIsHere = async () => {
      const carried = () => world.site.requests.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
      const before = carried();
      await waitUntil(() => carried() > before + 300 * KIB, { what: 'the transfers to go on' });
    };
    const before = await sent();
    await waitUntil(async () => (await sent()) > before + 1, { what: 'a page that is seen to be told' });

    await letBeSeen(browser, page.tab, false);
    await untilMoreIsHere(); // what was on its way has arrived
    const hidden = await sent();
    await untilMoreIsHere();
    expect(await sent()).toBe(hidden);

    await letBeSeen(browser, page.tab, true);
    await waitUntil(async () => (await sent()) > hidden, { what: 'a page that is shown again to be told' });
    await page.close();
    await untilMoreIsHere();
    const closed = await sent();
    await untilMoreIsHere();
    expect(await sent()).toBe(closed);

    page = await ManagerPage.open(browser);
    await page.until((rows) => rows.length === 4);
    await browser.closeTab(bare);
  });

  test('is one tab, however often it is asked for', async () => {
    const popup = await world.browser.openExtensionPage('popup.html');
    const managers = async () => {
      const urls = await Promise.all((await world.browser.tabs()).map((tab) => world.browser.url(tab)));
      return urls.filter((url) => url.includes('manager.html')).length;
    };
    await world.browser.click(popup, 'button[aria-label="All transfers"]');
    await waitUntil(async () => (await managers()) === 1, { what: 'one tab of the manager' });
    await world.browser.closeTab(popup);
    expect(await managers()).toBe(1);
  });

  test('removes several together with what arrived, and says how many', async () => {
    const [first, second] = ids(...slow) as [string, string];
    await page.click(first);
    await page.click(second, { modifiers: ['Control'] });
    await page.click(small.infoHash, { modifiers: ['Control'] });
    await page.key('Delete');
    await page.untilSays(/Remove 3 transfers from the list/);
    await page.press('Delete the data too', 'dialog');
    await page.untilShown(...ids(...slow.slice(2)));
    await waitUntil(() => filesNamed(world.browser.downloadsDir, small.name).length === 0, { what: 'the file to go' });
  });

  test('exports everything as a file, and takes it back', async () => {
    const { browser } = world;
    const [last] = slow.slice(2) as [MadeTorrent];
    await page.press('Totals', '.views');
    await page.untilSays(/Some carry a key or a password of yours/);
    await page.press('Export everything');
    await page.untilSays(/Everything is exported/);
    const exported = await waitUntil(() => filesNamed(browser.downloadsDir, 'rivulet-')[0], { what: 'the file' });
    const file = join(browser.downloadsDir, exported);
    const read = () => JSON.parse(readFileSync(file, 'utf8')) as { transfers: { origins: string[] }[] };
    expect(read().transfers[0]?.origins).toEqual([`${world.site.url}/${last.infoHash}`]);

    await page.press('Transfers', '.views');
    await page.click(last.infoHash);
    await page.key('Delete');
    await page.press('Delete the data too', 'dialog');
    await page.untilSays(/Nothing here yet/);
    await page.press('Totals', '.views');
    await browser.chooseFile(page.tab, '.totals .picker', file);
    await page.untilSays(/One transfer was added/);
    await page.press('Transfers', '.views');
    await page.untilShown(last.infoHash);
    await page.untilState('paused', last.infoHash);
  });
});
