import { afterEach, describe, expect, test } from 'vitest';
import type { TransferId } from '../../../src/model/ids.ts';
import { PIECE_LOOKS } from '../../../src/model/player.ts';
import { DETAIL_PARTS, type DetailPart, type TransferDetails } from '../../../src/model/transfer-details.ts';
import { EngineWorld } from '../../support/simulation/engine-world.ts';
import { type SmallTorrent, smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

const MIB = 1_048_576;
const KIB = 1_024;
const TRACKER = 'wss://tracker.test/announce';
const HTTP_TRACKER = 'https://counts.test/announce';
const UDP_TRACKER = 'udp://old.test:80';
const mixed = await smallTorrent({
  content: 4 * MIB,
  announce: [TRACKER, HTTP_TRACKER, UDP_TRACKER],
  urlList: ['http://origin.test/'],
});

afterEach(giveTimersBack);

const idOf = ({ info }: SmallTorrent) => info.infoHash as string as TransferId;
const detailsOf = async (world: EngineWorld, ...parts: DetailPart[]): Promise<TransferDetails> => {
  const details = await world.do(world.engine.details.of(idOf(mixed), parts));
  if (details === null) throw new Error('there is no such transfer');
  return details;
};
const looks = ({ pieces }: TransferDetails) => (pieces?.runs ?? []).map(([look, count]) => [PIECE_LOOKS[look], count]);
const scrapes = (world: EngineWorld) => world.store.web.server('counts.test').requests;

/** A download from a peer and an origin, both slow enough to be looked at. */
async function running({ peerRate = 100 * KIB, originRate = 200 * KIB } = {}): Promise<EngineWorld> {
  const world = new EngineWorld();
  world.store.serve(mixed, 'origin.test');
  world.store.web.server('origin.test').rateBytesPerS = originRate;
  world.peer(mixed, 'ann-0001-1', { rateBytesPerS: peerRate });
  await world.do(world.engine.addTorrent(mixed.made.torrentBytes));
  await world.clock.pass(6_000);
  return world;
}

describe('a running transfer', () => {
  test('names its sources: who they are, what they bring and owe', async () => {
    const world = await running();
    const { sources } = await detailsOf(world, 'sources');
    expect(sources?.peers).toEqual([
      expect.objectContaining({ id: 'ann-0001-1', client: 'Simulated 1.0', has: 1, isChokingUs: false, lies: 0 }),
    ]);
    expect(sources?.peers[0]?.owedBlocks).toBeGreaterThan(0);
    expect(sources?.peers[0]?.downBytes).toBeGreaterThan(100 * KIB);
    expect(sources?.peers[0]?.roundTripMs).toBeGreaterThan(0);
    expect(sources?.origins).toMatchObject([
      { host: 'origin.test', health: { state: 'usable', ignoresRanges: false }, lastFault: null, changedFiles: 0 },
    ]);
    expect(sources?.origins[0]?.health?.rateBytesPerS).toBeGreaterThan(100 * KIB);
    expect(sources?.trackers).toMatchObject([
      { url: TRACKER, kind: 'websocket', state: 'working', seeds: 1, peers: 1 },
      { url: HTTP_TRACKER, kind: 'http', state: 'not-in-browsers' },
      { url: UDP_TRACKER, kind: 'udp', state: 'not-in-browsers', seeds: null },
    ]);
  });

  test('tells of every piece whether it is here, by whom, or asked for', async () => {
    const world = await running();
    const details = await detailsOf(world, 'pieces');
    expect(details.pieces).toMatchObject({ count: mixed.info.pieceCount, rarestCopies: 1 });
    const runs = looks(details);
    expect(runs.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(mixed.info.pieceCount);
    expect(runs.map(([look]) => look)).toEqual(expect.arrayContaining(['origin', 'peer', 'asked']));
  });

  test('has its speeds of each second, which add up to what came', async () => {
    const world = await running();
    const { speeds } = await detailsOf(world, 'speeds');
    const { fromPeers, fromOrigins, uploaded } = speeds?.recent ?? { fromPeers: [], fromOrigins: [], uploaded: [] };
    expect(fromPeers.length).toBeGreaterThanOrEqual(5);
    expect(uploaded).toEqual(fromPeers.map(() => 0));
    const came = [...fromPeers, ...fromOrigins].reduce((sum, bytes) => sum + bytes);
    expect(came).toBeGreaterThan(MIB);
    expect(came).toBeLessThan(2.2 * MIB);
  });

  test('gives only what was asked for', async () => {
    const world = await running();
    expect(Object.keys(await detailsOf(world, 'ledger', 'log'))).toEqual(['log', 'ledger']);
    expect(await detailsOf(world)).toEqual({});
    expect(await world.do(world.engine.details.of('0'.repeat(40) as TransferId, [...DETAIL_PARTS]))).toBe(null);
  });
});

describe('what happened', () => {
  test('is told from the beginning to the end', async () => {
    const world = await running();
    await world.until(idOf(mixed), 'done');
    const { log = [], ledger } = await detailsOf(world, 'log', 'ledger');
    expect(log.map(({ what }) => what)).toEqual([
      'added',
      'metadata',
      'checked',
      'started',
      'peer-joined',
      'tracker-working',
      'verified',
      'saved',
      'peer-left',
    ]);
    expect(log.map(({ atMs }) => atMs)).toEqual(log.map(({ atMs }) => atMs).sort((a, b) => a - b));
    expect(log.find(({ what }) => what === 'peer-joined')).toMatchObject({
      peer: 'ann-0001-1',
      name: 'Simulated 1.0 ann-0001',
    });
    expect(ledger).toMatchObject({ hosts: [{ host: 'origin.test' }], peers: [{ name: 'Simulated 1.0 ann-0001' }] });
    expect((ledger?.hosts[0]?.bytes ?? 0) + (ledger?.peers[0]?.bytes ?? 0)).toBe(4 * MIB);
  });

  test('a pause and what follows are told, and a pause ends the speeds', async () => {
    const world = await running();
    await world.do(world.engine.pause(idOf(mixed)));
    const { log = [], speeds, sources, pieces } = await detailsOf(world, ...DETAIL_PARTS);
    expect(log.at(-2)).toMatchObject({ what: 'paused' });
    expect(log.at(-1)).toMatchObject({ what: 'peer-left' });
    expect(speeds?.recent.fromPeers).toEqual([]);
    expect(sources).toMatchObject({ peers: [], origins: [{ host: 'origin.test', health: null }] });
    expect(sources?.trackers[0]).toMatchObject({ state: 'off', seeds: null });
    expect(pieces?.runs.reduce((sum, [, count]) => sum + count, 0)).toBe(mixed.info.pieceCount);
    expect(looks({ pieces: pieces ?? null }).map(([look]) => look)).toContain('origin');
    expect(looks({ pieces: pieces ?? null }).map(([look]) => look)).not.toContain('asked');
    expect(pieces?.rarestCopies).toBe(null);
    await world.do(world.engine.resume(idOf(mixed)));
    await world.clock.pass(1_000);
    const after = (await detailsOf(world, 'log')).log ?? [];
    expect(after.slice(log.length).map(({ what }) => what)).toEqual(['resumed', 'checked', 'started', 'peer-joined']);
  });

  test('a peer that lies, and an origin that fails, are named', async () => {
    const world = new EngineWorld();
    world.store.serve(mixed, 'origin.test');
    world.store.web.server('origin.test').answer = () => ({ status: 503 });
    world.peer(mixed, 'liar-001-1', { rateBytesPerS: 50 * KIB, liesAbout: (piece) => piece === 3 });
    world.peer(mixed, 'good-001-1', { rateBytesPerS: 50 * KIB });
    await world.do(world.engine.addTorrent(mixed.made.torrentBytes));
    await world.until(idOf(mixed), 'done');
    const { log = [] } = await detailsOf(world, 'log');
    expect(log).toContainEqual(expect.objectContaining({ what: 'piece-failed', piece: 3 }));
    expect(log).toContainEqual(expect.objectContaining({ what: 'peer-lied', peer: 'liar-001-1' }));
    expect(log).toContainEqual(
      expect.objectContaining({ what: 'origin-fault', host: 'origin.test', fault: 'busy', status: 503 }),
    );
  });

  test('nothing goes on ticking when nothing runs', async () => {
    const world = await running();
    await world.do(world.engine.pause(idOf(mixed)));
    await world.clock.pass(5_000);
    expect(world.clock.timersLeft).toBe(0);
  });
});

describe('HTTP trackers', () => {
  const answer = new Uint8Array(
    Buffer.from(
      `d5:filesd20:${Buffer.from(mixed.info.infoHash, 'hex').toString('latin1')}d8:completei12eeee`,
      'latin1',
    ),
  );
  const counting = async () => {
    const world = await running({ peerRate: 10 * KIB, originRate: KIB });
    const server = world.store.web.server('counts.test');
    server.answer = ({ url }) => {
      server.files.set(pathOf(url), answer);
      return {};
    };
    return world;
  };
  /** The memory web reads the hash as text, where it is none. */
  const pathOf = (url: string) => `${new URL(url).pathname}${new URL(url).search}`;

  test('are asked for their counts while somebody looks, once in 15 minutes', async () => {
    const world = await counting();
    await world.clock.pass(60_000);
    expect(scrapes(world)).toEqual([]);
    await detailsOf(world, 'pieces', 'speeds');
    await world.clock.pass(1_000);
    expect(scrapes(world)).toEqual([]);
    await detailsOf(world, 'sources');
    await world.clock.pass(1_000);
    const { sources } = await detailsOf(world, 'sources');
    expect(sources?.trackers[1]).toMatchObject({ state: 'counts-only', seeds: 12, peers: 0, lastError: null });
    for (let minute = 1; minute < 15; minute++) {
      await world.clock.pass(59_000);
      await detailsOf(world, 'sources');
    }
    expect(scrapes(world)).toHaveLength(1);
    await world.clock.pass(180_000);
    await detailsOf(world, 'sources');
    await world.clock.pass(1_000);
    expect(scrapes(world)).toHaveLength(2);
    expect(scrapes(world)[0]?.url).toMatch(/^https:\/\/counts\.test\/scrape\?info_hash=(%[0-9a-f]{2}){20}$/);
  });

  test('that do not answer are said to be out of reach', async () => {
    const world = await running();
    await detailsOf(world, 'sources');
    await world.clock.pass(20_000);
    expect((await detailsOf(world, 'sources')).sources?.trackers[1]).toMatchObject({
      state: 'not-in-browsers',
      lastError: { code: 'unreachable' },
    });
  });
});
