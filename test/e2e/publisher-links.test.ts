import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BrowserDriver } from '../support/browser-driver.ts';
import type { MadeTorrent, TorrentInput } from '../support/make-torrent.ts';
import { sha256Hex } from '../support/payload.ts';
import type { Tracker } from '../support/tracker.ts';
import { waitUntil } from '../support/wait-until.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';
import { pathOfControl } from './page-path.ts';
import { type ReportServer, startReportServer } from './report-server.ts';
import { filesNamed, savedFiles } from './saved-files.ts';
import { TransferList } from './transfer-list.ts';

type LinkAttributes = Readonly<Record<string, string>>;

/** One in twenty: fewer than so many in a row have none once in a million runs. */
const ENOUGH_DELIVERIES = 270;

/** What a tracker heard of a torrent from others than its seeder. */
const strangersAt = ({ announces }: Tracker, torrent: MadeTorrent) =>
  announces.filter(({ infoHash, leftBytes }) => infoHash === torrent.infoHash && leftBytes > 0);

describe.each(BROWSERS)("a publisher's link in %s", (name) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
  });
  afterAll(() => world?.close());

  /** Puts a file and its torrent on the site, and says where they are. */
  function publish(lengthBytes: number, more: Partial<TorrentInput> = {}) {
    const torrent = world.newTorrent(lengthBytes, more);
    const path = `/${torrent.name}`;
    world.site.serve(path, torrent.payload);
    world.site.serve(`${path}.torrent`, torrent.torrentBytes);
    return { torrent, path, fileUrl: `${world.site.url}${path}`, torrentUrl: `${world.site.url}${path}.torrent` };
  }

  const linkTo = (href: string, attributes: LinkAttributes, id = 'link') =>
    `<a id="${id}" href="${href}" ${Object.entries(attributes)
      .map(([key, value]) => `${key}="${value}"`)
      .join(' ')}>file</a>`;

  /** Opens a page with one link in a browser and clicks it. */
  async function click(href: string, attributes: LinkAttributes, browser: BrowserDriver = world.browser) {
    world.site.servePage('/page', `<!doctype html><title>Page</title>${linkTo(href, { download: '', ...attributes })}`);
    const tab = await browser.open(`${world.site.url}/page`);
    await browser.click(tab, '#link');
    return tab;
  }
  const clickPublished = ({ path }: { readonly path: string }, attributes: LinkAttributes = {}) =>
    click(path, { 'data-rivulet-torrent': `${path}.torrent`, ...attributes });

  const untilSaved = (fileName: string, { payload }: Pick<MadeTorrent, 'payload'>, browser = world.browser) =>
    waitUntil(() => savedFiles(browser.downloadsDir)[fileName] === sha256Hex(payload), {
      timeoutMs: 30_000,
      what: `${fileName} to be saved`,
    });

  describe('before the user agrees to share', () => {
    test('brings the file from the origin alone, and no tracker hears of it', async () => {
      const tracker = await world.lab.tracker();
      const swarm = await world.lab.swarm();
      const published = publish(2 * MIB, { announce: [tracker.wsUrl] });
      const { torrent } = published;
      const seeder = await swarm.seed({ torrent, trackers: [tracker.wsUrl] });
      await clickPublished(published, { 'data-rivulet-policy': 'spare-origin; within=900' });
      const row = await world.list.untilDone(torrent.infoHash);
      expect(row).toMatchObject({ state: 'done', peerBytes: 0, originBytes: 2 * MIB, policy: 'Spare the origin' });
      await untilSaved(torrent.name, torrent);
      expect(strangersAt(tracker, torrent)).toEqual([]);
      expect(world.requestsFor(`${published.path}.torrent`).map(({ cookies, referer }) => [cookies, referer])).toEqual([
        [null, null],
      ]);
      await seeder.leave();
    });

    test('takes the name of the link on the page of its own site', async () => {
      const published = publish(100 * KIB);
      await clickPublished(published, { download: `${name} by another name.bin` });
      await world.list.untilDone(published.torrent.infoHash);
      await untilSaved(`${name} by another name.bin`, published.torrent);
    });

    test('is the browser’s own download where the torrent may not stand for the file', async () => {
      const { browser, list, lab } = world;
      const elsewhere = await lab.anotherOrigin();
      const missing = publish(200 * KIB);
      world.site.remove(`${missing.path}.torrent`);
      const mismatched = publish(200 * KIB);
      world.site.serve(`${mismatched.path}.torrent`, world.newTorrent(100 * KIB).torrentBytes);
      const foreign = publish(200 * KIB);
      elsewhere.serve('/foreign.torrent', foreign.torrent.torrentBytes);
      const slow = publish(200 * KIB);
      world.site.behave(`${slow.path}.torrent`, { latencyMs: 30_000 });

      for (const [published, torrentUrl] of [
        [missing, missing.torrentUrl],
        [mismatched, mismatched.torrentUrl],
        [foreign, `${elsewhere.url}/foreign.torrent`],
        [slow, slow.torrentUrl],
      ] as const) {
        await click(published.path, { 'data-rivulet-torrent': torrentUrl });
        await untilSaved(published.torrent.name, published.torrent);
        expect(await list.row(published.torrent.infoHash)).toBeNull();
        expect(filesNamed(browser.downloadsDir, published.torrent.name)).toEqual([published.torrent.name]);
        // One whole file besides the question for its length: nothing comes twice.
        expect(world.requestsFor(published.path).filter(({ range }) => range !== 'bytes=0-0')).toHaveLength(1);
      }
      expect(elsewhere.requests).toEqual([]);
    });

    test('does for a browser without the extension what any link does', async () => {
      const published = publish(200 * KIB);
      const plain = await world.lab.browser(name);
      await click(published.path, { 'data-rivulet-torrent': published.torrentUrl }, plain);
      await untilSaved(published.torrent.name, published.torrent, plain);
      expect(world.requestsFor(`${published.path}.torrent`)).toEqual([]);
      expect(await world.list.row(published.torrent.infoHash)).toBeNull();
      await plain.close();
    });

    test('lets peers join what runs when the user agrees', { timeout: 90_000 }, async () => {
      const { lab, site, list } = world;
      const [tracker, swarm] = await Promise.all([lab.tracker(), lab.swarm()]);
      const published = publish(24 * MIB, { announce: [tracker.wsUrl] });
      const { torrent, path } = published;
      site.behave(path, { rateBytesPerS: 150 * KIB });
      const seeder = await swarm.seed({ torrent, trackers: [tracker.wsUrl] });
      await clickPublished(published);
      await list.until(torrent.infoHash, ({ originBytes }) => originBytes > 0);
      expect(strangersAt(tracker, torrent)).toEqual([]);
      await list.press(torrent.infoHash, 'Details');
      expect((await list.row(torrent.infoHash))?.text).toContain('peers join when you choose to share');

      await list.pressAnywhere('Settings');
      await list.pressAnywhere('Share while I download');
      await list.until(torrent.infoHash, ({ peerBytes }) => peerBytes > MIB, { timeoutMs: 40_000 });
      expect(strangersAt(tracker, torrent).length).toBeGreaterThan(0);
      site.behave(path, null);
      expect(await list.untilDone(torrent.infoHash, { timeoutMs: 40_000 })).toMatchObject({ state: 'done' });
      await seeder.leave();
    });
  });

  describe('for a user who shares', () => {
    let edge: ReportServer;
    beforeAll(async () => {
      edge = await startReportServer();
      const { browser } = world;
      const welcome = await browser.openExtensionPage('welcome.html');
      await browser.click(welcome, await pathOfControl(browser, welcome, 'main', 'Share while I download'));
      await browser.closeTab(welcome);
      await world.list.close();
      world = { ...world, list: await TransferList.open(browser) }; // with its settings closed
    });
    afterAll(() => edge?.close());

    test('brings it from both, under the publisher’s policy, and tells nobody', { timeout: 90_000 }, async () => {
      const { lab, site, list } = world;
      const [tracker, swarm] = await Promise.all([lab.tracker(), lab.swarm()]);
      const published = publish(12 * MIB, { announce: [tracker.wsUrl] });
      const { torrent, path } = published;
      edge.knows(torrent);
      site.behave(path, { rateBytesPerS: MIB });
      const seeder = await swarm.seed({ torrent, trackers: [tracker.wsUrl], uploadBytesPerS: 400 * KIB });
      await clickPublished(published, {
        'data-rivulet-policy': 'spare-origin; within=12',
        'data-rivulet-report': edge.url,
      });
      await list.until(torrent.infoHash, ({ policy }) => policy === 'Spare the origin');
      const row = await list.untilDone(torrent.infoHash, { timeoutMs: 60_000 });
      expect(row.state).toBe('done');
      expect(row.originBytes).toBeGreaterThan(0);
      expect(row.peerBytes).toBeGreaterThan(256 * KIB);
      expect(row.originBytes + row.peerBytes).toBe(torrent.payload.length);
      await untilSaved(torrent.name, torrent);
      await seeder.leave();
      expect(edge.requests).toEqual([]);
    });

    test('who agreed to it is reported exactly, with a proof, and one in twenty without peers', {
      timeout: 600_000,
    }, async () => {
      const { list, browser, site } = world;
      await list.pressAnywhere('Settings');
      await list.pressAnywhere('Tell publishers how their downloads went');
      const isTaken = () =>
        document.querySelector<HTMLInputElement>('input[aria-labelledby="reports-title"]')?.checked === true &&
        document.querySelector<HTMLInputElement>('input[aria-labelledby="share-title"]')?.checked === true;
      await waitUntil(() => browser.evaluate(list.tab, isTaken));
      const torrents = new Map<string, MadeTorrent>();
      let isCompared = false;
      while (!isCompared && torrents.size < ENOUGH_DELIVERIES) {
        const batch = Array.from({ length: 10 }, () => publish(40 * KIB, { announce: ['ws://127.0.0.1:9'] }));
        const links = batch.map(({ path, torrent }, at) => {
          edge.knows(torrent);
          torrents.set(torrent.infoHash, torrent);
          const attributes = {
            download: '',
            'data-rivulet-torrent': `${path}.torrent`,
            'data-rivulet-report': edge.url,
          };
          return `<p>${linkTo(path, attributes, `link${at}`)}</p>`;
        });
        site.servePage('/batch', `<!doctype html><title>Batch</title>${links.join('')}`);
        const tab = await browser.open(`${site.url}/batch`);
        for (const at of links.keys()) await browser.click(tab, `#link${at}`);
        await waitUntil(() => edge.received.length === torrents.size, { timeoutMs: 60_000, what: 'all reports' });
        await browser.closeTab(tab);
        isCompared = edge.received.some(({ report }) => report.cohort === 'control');
      }
      expect(isCompared).toBe(true);
      expect(new Set(edge.received.map(({ report }) => report.infoHash))).toEqual(new Set(torrents.keys()));
      for (const { report, isProven } of edge.received) {
        const { cohort, infoHash, seconds, proof } = report;
        const lengthBytes = torrents.get(infoHash)?.payload.length;
        expect(report).toEqual({
          infoHash,
          cohort,
          result: 'completed',
          originBytes: lengthBytes,
          peerBytes: 0,
          uploadedBytes: 0,
          seconds,
          proof,
        });
        expect(isProven).toBe(true);
        expect(seconds).toBeGreaterThan(0);
        const row = await list.row(infoHash);
        expect(row?.policy).toBe(cohort === 'control' ? 'Peers off' : 'Fastest');
      }
      for (const { headers } of edge.requests) {
        expect([headers.cookie, headers.referer]).toEqual([undefined, undefined]);
        expect(headers.origin ?? '').not.toMatch(/^moz-extension/); // another one for each user
      }
      const one = edge.received.find(({ report }) => report.cohort === 'control')?.report.infoHash ?? '';
      await list.press(one, 'Details');
      expect((await list.row(one))?.text).toContain('has something to compare with');
    });
  });
});
