import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMagnet } from '../../src/engine/torrent/read-magnet.ts';
import { readTorrent } from '../../src/engine/torrent/read-torrent.ts';
import type { BrowserDriver, Tab } from '../support/browser-driver.ts';
import { pseudoRandomBytes, sha256Hex } from '../support/payload.ts';
import { waitUntil } from '../support/wait-until.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';
import { pathOfControl } from './page-path.ts';
import { savedFiles } from './saved-files.ts';

const sha1 = async (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();

/** The page for publishers, driven by names as its user reads them. */
async function openPublishPage(browser: BrowserDriver) {
  const tab = await browser.openExtensionPage('publish.html');
  const press = async (name: string) => browser.click(tab, await pathOfControl(browser, tab, 'body', name));
  return {
    tab,
    press,
    check: async (url: string) => {
      await browser.fill(tab, '#url', url);
      await press('Check and publish');
    },
    fieldNamed: (name: string) => fieldNamed(browser, tab, name),
    /** Waits until the region of the check says this, and returns all that it says. */
    checkSays: (words: string) =>
      browser.waitFor(
        tab,
        (wanted: string) => {
          const text = document.querySelector('section[aria-label="Server check"]')?.textContent ?? '';
          return text.includes(wanted) && text;
        },
        { timeoutMs: 20_000 },
        words,
      ),
  };
}

/** Waits for a text field with this label, and returns what is in it. */
function fieldNamed(browser: BrowserDriver, tab: Tab, name: string): Promise<string> {
  const read = (name: string) => {
    const label = [...document.querySelectorAll('label')].find(({ textContent }) => textContent?.trim() === name);
    return (label?.control as HTMLTextAreaElement | null)?.value;
  };
  return browser.waitFor(tab, read, { timeoutMs: 30_000 }, name) as Promise<string>;
}

describe.each(BROWSERS)('%s: the page for publishers', (name) => {
  let world: World;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rivulet-publish-'));
    world = await openWorld(name);
  });
  afterAll(async () => {
    await world?.close();
    rmSync(folder, { recursive: true });
  });

  test('makes of a public address what visitors download by', async () => {
    const { site, list, browser } = world;
    const file = pseudoRandomBytes(90, 700 * KIB + 5);
    const url = `${site.url}/media/ep%2042.bin`;
    site.serve('/media/ep 42.bin', file);
    const page = await openPublishPage(browser);
    await page.check(url);
    expect(await page.fieldNamed('Snippet')).toContain(`data-rivulet-torrent="${url}.torrent"`);
    expect(await page.checkSays('Parts of the file can be asked for')).toContain('717 kB');

    await page.press('ep 42.bin.torrent');
    const saved = join(browser.downloadsDir, 'ep 42.bin.torrent');
    await waitUntil(async () => existsSync(saved) && readFileSync(saved).length > 0);
    const torrentBytes = readFileSync(saved);
    const { info, sources } = await readTorrent(torrentBytes, sha1);
    expect(sources.origins).toEqual([url]);
    expect(readMagnet(await page.fieldNamed('Magnet link')).infoHash).toBe(info.infoHash);

    site.serve('/media/ep 42.bin.torrent', torrentBytes);
    await world.clickLink(`${url}.torrent`);
    expect(await list.untilDone(info.infoHash)).toMatchObject({ state: 'done', originBytes: file.length });
    expect(savedFiles(browser.downloadsDir)).toMatchObject({ 'ep 42.bin': sha256Hex(file) });
    await browser.closeTab(page.tab);
  });

  test('says that a server sends no parts, and how that is mended', async () => {
    const { site, browser } = world;
    site.serve('/whole.bin', pseudoRandomBytes(91, 300 * KIB));
    site.behave('/whole.bin', { ignoresRanges: true });
    const page = await openPublishPage(browser);
    await page.check(`${site.url}/whole.bin`);
    const said = await page.checkSays('This can be published, but it will not work as well as it could.');
    expect(said).toContain('The server does not send parts of a file');
    expect(said).toContain('proxy_force_ranges on;');

    site.behave('/whole.bin', null);
    await page.press('Check again');
    expect(await page.fieldNamed('Snippet')).toContain('/whole.bin.torrent');
    await browser.closeTab(page.tab);
  });

  test('says that nobody answers', async () => {
    const page = await openPublishPage(world.browser);
    await page.check('http://127.0.0.1:9/ep42.mp4');
    expect(await page.checkSays('The server cannot be reached.')).toContain('This cannot be published yet.');
    await world.browser.closeTab(page.tab);
  });

  test('shares a file of this computer with a friend, also when the page is closed', async () => {
    const { lab, browser, list } = world;
    const [tracker, swarm] = await Promise.all([lab.tracker(), lab.swarm()]);
    const file = pseudoRandomBytes(92, 3 * MIB + 17);
    const path = join(folder, 'holiday.mov');
    writeFileSync(path, file);
    const page = await openPublishPage(browser);
    await browser.chooseFile(page.tab, 'input[type=file]', path);
    await browser.waitFor(page.tab, () => document.body.textContent?.includes('A friend needs a place to meet you'));
    await browser.fill(page.tab, 'input[aria-label="Tracker"]', tracker.wsUrl);
    await page.press('Use it');
    await page.press('Share while I download');
    const magnet = await page.fieldNamed('Link for a friend');
    const { infoHash, sources } = readMagnet(magnet);
    expect(sources.trackers).toEqual([tracker.wsUrl]);
    await browser.closeTab(page.tab);

    const friend = await swarm.leech({ torrent: { magnet }, trackers: [] });
    await friend.untilDone({ timeoutMs: 40_000 });
    expect(await friend.payloadSha256()).toBe(sha256Hex(file));
    const row = await list.until(infoHash, ({ text }) => /Uploaded|sharing/i.test(text));
    expect(row).toMatchObject({ state: 'done', name: 'holiday.mov' });
    expect(Object.keys(savedFiles(browser.downloadsDir))).not.toContain('holiday.mov');
    await friend.leave();
    await list.press(infoHash, 'Remove');
    await list.untilGone(infoHash);
  });
});
