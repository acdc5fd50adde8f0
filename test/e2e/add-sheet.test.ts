import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import bencode from 'bencode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tab } from '../support/browser-driver.ts';
import { pseudoRandomBytes, sha256Hex } from '../support/payload.ts';
import { waitUntil } from '../support/wait-until.ts';
import { BROWSERS, KIB, openWorld, type World } from './open-world.ts';
import { pathOfControl } from './page-path.ts';
import { shownIn } from './player-tab.ts';
import { savedFiles } from './saved-files.ts';

/** SHA-1 of the info dictionary that a .torrent has. */
function infoHashIn(torrentBytes: Uint8Array): string {
  const { info } = bencode.decode(torrentBytes) as { info: unknown };
  return createHash('sha1').update(bencode.encode(info)).digest('hex');
}

/** What can be read in the sheet. */
type Shown = {
  readonly entries: readonly string[];
  readonly files: readonly string[];
  readonly alerts: readonly string[];
  readonly facts: string;
};

describe.each(BROWSERS)('the add sheet in %s', (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, { asksFirst: true });
  }, 120_000);
  afterAll(() => world?.close());

  const sheet = (): Promise<Tab> =>
    waitUntil(
      async () => {
        for (const tab of await world.browser.tabs()) {
          if ((await world.browser.url(tab)).endsWith('/add.html')) return tab;
        }
        return null;
      },
      { timeoutMs: 20_000, what: 'the add sheet to open' },
    );
  const isGone = () =>
    waitUntil(
      async () => {
        for (const tab of await world.browser.tabs()) {
          if ((await world.browser.url(tab)).endsWith('/add.html')) return null;
        }
        return true;
      },
      { timeoutMs: 20_000, what: 'the add sheet to close' },
    );
  const read = (tab: Tab): Promise<Shown> =>
    world.browser.evaluate(tab, () => {
      const texts = (css: string) => [...document.querySelectorAll(css)].map((one) => (one.textContent ?? '').trim());
      return {
        entries: texts('.entry-name'),
        files: [...document.querySelectorAll('[role="tree"] [role="treeitem"]')].map(
          (item) => `${item.getAttribute('aria-checked')} ${item.querySelector('.file-name')?.textContent}`,
        ),
        alerts: texts('[role="alert"] .note'),
        facts: texts('.entry-facts').join(' '),
      };
    });
  const until = (tab: Tab, wish: (shown: Shown) => boolean): Promise<Shown> =>
    waitUntil(
      async () => {
        const shown = await read(tab);
        return wish(shown) ? shown : null;
      },
      { timeoutMs: 20_000, what: wish.toString() },
    );
  const press = async (tab: Tab, words: string) => {
    const mark = (wanted: string) => {
      const button = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === wanted);
      button?.setAttribute('data-pressed', wanted);
      return button !== undefined;
    };
    await world.browser.waitFor(tab, mark, { timeoutMs: 20_000 }, words);
    await world.browser.click(tab, `[data-pressed="${words}"]`);
  };

  test('shows the files of a clicked .torrent, and brings only those that are ticked', async () => {
    const content = [
      { path: ['wanted.bin'], bytes: pseudoRandomBytes(71, 200 * KIB) },
      { path: ['other', 'left.exe'], bytes: pseudoRandomBytes(72, 300 * KIB) },
    ];
    const folder = `folder of ${name}`;
    const torrent = world.newTorrent(1, { name: folder, content, urlList: [`${world.site.url}/`] });
    for (const { path, bytes } of content) world.site.serve(`/${folder}/${path.join('/')}`, bytes);
    world.site.serve('/folder.torrent', torrent.torrentBytes);
    await world.clickLink(`${world.site.url}/folder.torrent`);

    const tab = await sheet();
    const shown = await until(tab, ({ files, facts }) => files.length === 3 && facts.includes('1 origin answers'));
    expect(shown.entries).toEqual([folder]);
    expect(shown.files).toEqual(['true other', 'true left.exe', 'true wanted.bin']);
    expect(shown.facts).toContain(`Goes to Downloads/${folder}`);
    expect(shown.alerts.join(' ')).toContain('left.exe');
    expect(await world.list.rows()).toEqual([]);

    await press(tab, 'Save .torrent');
    const torrentFile = join(world.browser.downloadsDir, `${folder}.torrent`);
    // Firefox begins with an empty file of that name.
    const saved = await waitUntil(() => existsSync(torrentFile) && infoHashIn(readFileSync(torrentFile)), {
      timeoutMs: 20_000,
      what: 'the .torrent in Downloads',
    });
    expect(saved).toBe(torrent.infoHash);
    rmSync(torrentFile);

    await world.browser.click(tab, '[role="treeitem"] input');
    expect((await until(tab, ({ files }) => files[0] === 'false other')).alerts).toEqual([]);
    await press(tab, 'Download');
    await isGone();
    await world.list.untilDone(torrent.infoHash);
    expect(savedFiles(world.browser.downloadsDir)).toEqual({
      [`${folder}/wanted.bin`]: sha256Hex(pseudoRandomBytes(71, 200 * KIB)),
    });
  });

  test('joins what is clicked while it is open, adds it paused, and leaves out what is not wanted', async () => {
    const [one, two] = [world.newTorrent(64 * KIB), world.newTorrent(64 * KIB)];
    await world.clickLink(one.magnet());
    const tab = await sheet();
    await until(tab, ({ entries }) => entries.length === 1);
    await world.clickLink(two.magnet());
    await until(tab, ({ entries }) => entries.length === 2);
    expect((await read(tab)).alerts.join(' ')).toContain('Probably nothing will come');
    await press(tab, 'Leave out');
    await until(tab, ({ entries }) => entries.length === 1);
    await press(tab, 'Add paused');
    await isGone();
    const row = await world.list.until(two.infoHash, ({ state }) => state === 'paused');
    expect(row.buttons).toContain('Resume');
    expect(await world.list.row(one.infoHash)).toBeNull();
  });

  test('cancelling leaves nothing', async () => {
    const torrent = world.newTorrent(64 * KIB);
    const before = (await world.list.rows()).length;
    await world.clickLink(torrent.magnet());
    await press(await sheet(), 'Cancel');
    await isGone();
    expect(await world.list.rows()).toHaveLength(before);
  });

  test('plays a file, which adds it with those that are ticked', async () => {
    const content = [
      { path: ['about.txt'], bytes: new TextEncoder().encode('Read by the river.') },
      { path: ['left.bin'], bytes: pseudoRandomBytes(73, 300 * KIB) },
    ];
    const folder = `player of ${name}`;
    const torrent = world.newTorrent(1, { name: folder, content, urlList: [`${world.site.url}/`] });
    for (const { path, bytes } of content) world.site.serve(`/${folder}/${path[0]}`, bytes);
    world.site.serve('/player.torrent', torrent.torrentBytes);
    await world.clickLink(`${world.site.url}/player.torrent`);
    const tab = await sheet();
    await until(tab, ({ files }) => files.length === 2);
    for (const line of [1, 2]) await world.browser.click(tab, `[role="treeitem"]:nth-child(${line}) input`);
    await until(tab, ({ files }) => files.every((file) => file.startsWith('false')));
    await world.browser.click(tab, await pathOfControl(world.browser, tab, '[role="tree"]', 'Play about.txt'));
    await isGone();
    const shown = await shownIn(world.browser, `player.html?id=${torrent.infoHash}&file=0`);
    expect(shown).toMatchObject({ heading: 'about.txt', text: 'Read by the river.' });
    await world.browser.closeTab(shown.tab);
    await world.list.untilDone(torrent.infoHash);
    expect(Object.keys(savedFiles(world.browser.downloadsDir)).filter((file) => file.startsWith(folder))).toEqual([
      `${folder}/about.txt`,
    ]);
  });

  /** Turns the switch in the popup's settings that says whether anything is asked. */
  async function letAsk(isWished: boolean): Promise<void> {
    const { browser, list } = world;
    const control = 'input[aria-labelledby="ask-title"]';
    const isSo = (css: string, wanted: boolean) => document.querySelector<HTMLInputElement>(css)?.checked === wanted;
    await list.pressAnywhere('Settings');
    await browser.click(list.tab, control);
    await browser.waitFor(list.tab, isSo, {}, control, isWished);
    await list.pressAnywhere('Settings');
  }

  test('asks about a link that the browser opens it with, also when links start at once', async () => {
    await letAsk(false);
    const torrent = world.newTorrent(64 * KIB);
    const tab = await world.browser.openExtensionPage(`add.html?link=${encodeURIComponent(torrent.magnet())}`);
    await until(tab, ({ entries }) => entries.length === 1);
    expect(new URL(await world.browser.url(tab)).search).toBe('');
    await press(tab, 'Cancel');
    await isGone();
    await letAsk(true);
  });

  test('is not shown again for a site where links start at once', async () => {
    const torrent = world.newTorrent(96 * KIB, { urlList: [`${world.site.url}/`] });
    world.site.serve(`/${torrent.name}`, torrent.payload);
    world.site.serve('/first.torrent', torrent.torrentBytes);
    await world.clickLink(`${world.site.url}/first.torrent`);
    const tab = await sheet();
    await world.browser.click(tab, '.dont-ask input');
    await press(tab, 'Download');
    await isGone();
    await world.list.untilDone(torrent.infoHash);

    const next = world.newTorrent(96 * KIB, { urlList: [`${world.site.url}/`] });
    world.site.serve(`/${next.name}`, next.payload);
    world.site.serve('/second.torrent', next.torrentBytes);
    await world.clickLink(`${world.site.url}/second.torrent`);
    await world.list.untilDone(next.infoHash);
    await isGone();
  });
});
