import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command, Input } from '../../src/model/commands.ts';
import type { TransferId } from '../../src/model/ids.ts';
import type { TransferView } from '../../src/model/transfer-view.ts';
import type { MadeTorrent } from '../support/make-torrent.ts';
import type { OriginServer } from '../support/origin-server.ts';
import { sha256Hex } from '../support/payload.ts';
import { waitUntil } from '../support/wait-until.ts';
import { sendFrom, snapshotFrom } from './ask-engine.ts';
import { BROWSERS, KIB, MIB, openWorld, type World } from './open-world.ts';
import { savedFiles } from './saved-files.ts';
import { TransferList } from './transfer-list.ts';

/** Where each origin of the queue has its file. */
const PATH = '/queued.bin';
const LIMIT_BYTES_PER_S = 500_000;
/** What a machine may make of a limit that stalls now and then, and catches up. */
const LEAST_OF_LIMIT = 0.6;
const MOST_OF_LIMIT = 1.25;

describe.each(BROWSERS)('limits in %s', { timeout: 120_000 }, (name) => {
  let world: World;
  /** The torrent that both sources brought: this browser seeds it from then on. */
  let both: MadeTorrent;
  beforeAll(async () => {
    world = await openWorld(name);
    await send('settings.set', { sharing: 'share' });
  });
  afterAll(() => world?.close());

  const send = <C extends Command>(command: C, input: Input<C>) =>
    sendFrom({ browser: world.browser, tab: world.list.tab }, command, input);
  const snapshot = () => snapshotFrom(world.browser, world.list.tab);
  const viewOf = async ({ infoHash }: MadeTorrent): Promise<TransferView | undefined> =>
    (await snapshot()).transfers.find(({ id }) => id === infoHash);
  const idOf = ({ infoHash }: MadeTorrent) => infoHash as TransferId;

  /** Waits until something has counted `fromBytes`, and then says how fast it counts on to `toBytes`. */
  async function rateOf(count: () => Promise<number>, fromBytes: number, toBytes: number): Promise<number> {
    const reached = async (bytes: number) => {
      let counted = 0;
      await waitUntil(
        async () => {
          counted = await count();
          return counted >= bytes;
        },
        { timeoutMs: 40_000, what: `${bytes} bytes` },
      );
      return { counted, atMs: performance.now() };
    };
    const first = await reached(fromBytes);
    const last = await reached(toBytes);
    return (last.counted - first.counted) / ((last.atMs - first.atMs) / 1_000);
  }

  function expectLimitHolds(bytesPerS: number): void {
    console.info(`${name}: ${(bytesPerS / LIMIT_BYTES_PER_S).toFixed(2)} of the limit`);
    expect(bytesPerS).toBeGreaterThan(LIMIT_BYTES_PER_S * LEAST_OF_LIMIT);
    expect(bytesPerS).toBeLessThan(LIMIT_BYTES_PER_S * MOST_OF_LIMIT);
  }

  test('of all downloads holds over what peers and an origin bring, and little comes in vain', async () => {
    const { lab, site, list } = world;
    const [tracker, swarm] = await Promise.all([lab.tracker(), lab.swarm()]);
    both = world.newTorrent(4 * MIB, { announce: [tracker.wsUrl] });
    site.serve('/both.bin', both.payload);
    site.serve('/both.torrent', both.torrentBytes);
    const seeder = await swarm.seed({ torrent: both, trackers: [tracker.wsUrl] });
    await send('settings.set', { downBytesPerS: LIMIT_BYTES_PER_S });
    const link = { exactSources: [`${site.url}/both.torrent`], webSeeds: [`${site.url}/both.bin`] };
    await world.clickLink(both.magnet({ ...link, trackers: [tracker.wsUrl] }));

    const arrived = async () => {
      const row = await list.row(both.infoHash);
      return row === null ? 0 : row.peerBytes + row.originBytes;
    };
    expectLimitHolds(await rateOf(arrived, MIB / 2, 3.5 * MIB));
    const row = await list.untilDone(both.infoHash);
    expect(row.state).toBe('done');
    expect(row.peerBytes).toBeGreaterThan(0);
    expect(row.originBytes).toBeGreaterThan(0);
    const { uploadedBytes } = await seeder.stats();
    const fetched = site.requests.filter(({ path }) => path === '/both.bin');
    const sent = uploadedBytes + fetched.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
    console.info(`${name}: peers ${row.peerBytes}, origin ${row.originBytes}, in vain ${sent - both.payload.length}`);
    expect(sent - both.payload.length).toBeLessThanOrEqual(both.payload.length / 100 + 256 * KIB);
    await seeder.leave();
  });

  test('of all uploads holds for a peer that wants everything', async () => {
    const tracker = await world.lab.tracker();
    const swarm = await world.lab.swarm();
    await send('settings.set', { downBytesPerS: null, upBytesPerS: LIMIT_BYTES_PER_S });
    const leecher = await swarm.leech({ torrent: both, trackers: [tracker.wsUrl] });
    const received = async () => (await leecher.stats()).receivedBytes;
    expectLimitHolds(await rateOf(received, MIB / 2, 2.5 * MIB));
    await send('settings.set', { upBytesPerS: null });
    await leecher.untilDone({ timeoutMs: 20_000 });
    expect(await leecher.payloadSha256()).toBe(sha256Hex(both.payload));
    await leecher.leave();
  });

  test('let transfers run in turn, and all of them stop and go on when the user says so', async () => {
    const { lab, browser } = world;
    await send('settings.set', { maxRunning: 1, downBytesPerS: null });
    const torrents: MadeTorrent[] = [];
    // One host each: transfers of one host would wait for each other there, too.
    const origins: OriginServer[] = [];
    for (let nth = 0; nth < 3; nth++) {
      const torrent = world.newTorrent(2 * MIB, { pieceLengthBytes: 16 * KIB });
      const origin = await lab.anotherOrigin();
      torrents.push(torrent);
      origins.push(origin);
      origin.serve(PATH, torrent.payload);
      origin.serve(`${PATH}.torrent`, torrent.torrentBytes);
      origin.behave(PATH, { rateBytesPerS: 10 * KIB }); // of one stream; there are several
      const url = `${origin.url}${PATH}`;
      await send('transfer.add', { text: torrent.magnet({ exactSources: [`${url}.torrent`], webSeeds: [url] }) });
    }
    const [first, second, third] = torrents as [MadeTorrent, MadeTorrent, MadeTorrent];
    const requestsFor = (torrent: MadeTorrent) =>
      origins[torrents.indexOf(torrent)]?.requests.filter(({ path }) => path === PATH) ?? [];
    const allRequests = () => origins.flatMap(({ requests }) => requests);
    const standings = async () => {
      const { transfers } = await snapshot();
      return torrents.map(({ infoHash }) => {
        const view = transfers.find(({ id }) => id === infoHash);
        return `${view?.state.phase} ${view?.isWaiting ? 'waits' : 'runs'} ${view?.queuePlace}`;
      });
    };
    const asked = () => torrents.map((torrent) => requestsFor(torrent).length > 0);
    const isFetched = async (torrent: MadeTorrent) => ((await viewOf(torrent))?.verified.originBytes ?? 0) > 0;

    await waitUntil(() => isFetched(first), { timeoutMs: 20_000, what: 'the first to be fetched' });
    expect(await standings()).toEqual(['downloading runs 1', 'fetching-metadata waits 2', 'fetching-metadata waits 3']);
    expect(asked()).toEqual([true, false, false]);

    await send('queue.start-now', { id: idOf(third) });
    await waitUntil(() => isFetched(third), { timeoutMs: 20_000, what: 'the third to be fetched' });
    expect((await viewOf(second))?.isWaiting).toBe(true);
    expect((await world.list.row(second.infoHash))?.status).toBe('Waiting for its turn');
    expect(asked()).toEqual([true, false, true]);

    await send('settings.set', { isAllPaused: true });
    const isSilent = () => allRequests().every(({ endedAt }) => endedAt !== null);
    await waitUntil(isSilent, { what: 'every request to end' });
    expect((await standings()).map((text) => text.split(' ')[1])).toEqual(['waits', 'waits', 'waits']);
    for (const origin of origins) {
      origin.forgetRequests();
      origin.behave(PATH, null);
    }
    await browser.restart();
    world = { ...world, list: await TransferList.open(browser) };
    const after = await snapshot();
    expect(after.settings.isAllPaused).toBe(true);
    expect(after.engine.limitInForce.down).toEqual({ bytesPerS: 0, because: 'all-paused' });
    expect((await standings()).map((text) => text.split(' ')[1])).toEqual(['waits', 'waits', 'waits']);
    expect(allRequests()).toEqual([]);

    await send('settings.set', { isAllPaused: false });
    for (const torrent of torrents) {
      expect(await world.list.untilDone(torrent.infoHash)).toMatchObject({ state: 'done', percent: 100 });
      expect(savedFiles(browser.downloadsDir)).toMatchObject({ [torrent.name]: sha256Hex(torrent.payload) });
    }
    const firstAsked = (torrent: MadeTorrent) => requestsFor(torrent)[0]?.at ?? Number.NaN;
    const lastEnded = (torrent: MadeTorrent) => Math.max(...requestsFor(torrent).map(({ endedAt }) => endedAt ?? 0));
    // The second waited for the first, which the third, started by hand, did not.
    expect(firstAsked(second)).toBeGreaterThanOrEqual(lastEnded(first));
  });
});
