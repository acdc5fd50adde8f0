import { afterEach, describe, expect, test, vi } from 'vitest';
import type { TransferId } from '../../../src/model/ids.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/model/settings.ts';
import { NO_LIMITS } from '../../../src/model/transfer-limits.ts';
import { EngineWorld } from '../../support/simulation/engine-world.ts';
import { type SmallTorrent, smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack, WORLD_BEGINS_MS } from '../../support/simulation/virtual-clock.ts';

const MIB = 1_048_576;
const TRACKER = 'wss://tracker.test/announce';
const made = (seed: number, mib: number, origin = false) =>
  smallTorrent({
    seed,
    name: `file-${seed}`,
    content: mib * MIB,
    announce: [TRACKER],
    ...(origin ? { urlList: ['http://origin.test/'] } : {}),
  });
const [one, two, both] = await Promise.all([made(1, 12), made(2, 12), made(3, 12, true)]);
const small = await made(4, 1);

vi.setConfig({ testTimeout: 60_000 }); // many virtual minutes
afterEach(giveTimersBack);

const idOf = ({ info }: SmallTorrent) => info.infoHash as string as TransferId;

async function started(settings: Partial<Settings>): Promise<EngineWorld> {
  const world = new EngineWorld();
  await world.do(world.engine.start());
  await world.do(world.engine.setSettings({ askFirst: false, ...settings }));
  return world;
}

async function add(world: EngineWorld, torrent: SmallTorrent): Promise<TransferId> {
  return (await world.do(world.engine.addTorrent(torrent.made.torrentBytes))).id;
}

const receivedOf = (world: EngineWorld, id: TransferId) => {
  const { download } = world.engine.transfer(id)?.run?.live ?? {};
  return (download?.peerRate.totalBytes ?? 0) + (download?.originRate.totalBytes ?? 0);
};

/** Bytes that each of them takes within so many seconds. */
async function taken(world: EngineWorld, ids: readonly TransferId[], seconds: number): Promise<number[]> {
  const before = ids.map((id) => receivedOf(world, id));
  await world.clock.pass(seconds * 1_000);
  return ids.map((id, index) => receivedOf(world, id) - (before[index] ?? 0));
}

const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);
const near = (value: number, expected: number, share: number) =>
  expect(Math.abs(value / expected - 1), `${Math.round(value)} for ${expected}`).toBeLessThanOrEqual(share);

describe('a download limit of all', () => {
  test('holds over peers and origins of several transfers, and each has its part', async () => {
    const world = await started({ downBytesPerS: 400_000 });
    for (const torrent of [one, two]) world.peer(torrent, 'seed', { rateBytesPerS: 2e6 });
    const ids = [await add(world, one), await add(world, two)];
    await world.clock.pass(4_000);
    const parts = await taken(world, ids, 10);
    near(sum(parts), 4_000_000, 0.05);
    near(parts[0] ?? 0, 2_000_000, 0.1);
  });

  test('holds from the first second on', async () => {
    const world = await started({ downBytesPerS: 200_000 });
    world.peer(one, 'seed', { rateBytesPerS: 8e6 });
    const id = await add(world, one);
    await world.clock.pass(3_000);
    expect(receivedOf(world, id)).toBeLessThan(200_000 * 3.6);
  });

  test('of an origin and a peer is used whole, whichever of them is slow', async () => {
    const world = await started({ downBytesPerS: 400_000 });
    world.store.serve(both);
    world.peer(both, 'slow', { rateBytesPerS: 50_000 });
    const id = await add(world, both);
    await world.clock.pass(5_000);
    near(sum(await taken(world, [id], 10)), 4_000_000, 0.06);
  });

  test('what a slow transfer does not need goes to the other', async () => {
    const world = await started({ downBytesPerS: 400_000 });
    world.peer(one, 'slow', { rateBytesPerS: 40_000 });
    world.peer(two, 'fast', { rateBytesPerS: 2e6 });
    const ids = [await add(world, one), await add(world, two)];
    await world.clock.pass(6_000);
    const parts = await taken(world, ids, 10);
    near(sum(parts), 4_000_000, 0.07);
    near(parts[0] ?? 0, 400_000, 0.15);
  });

  test('and one of a transfer hold together, also when they change', async () => {
    const world = await started({ downBytesPerS: 400_000 });
    for (const torrent of [one, two]) world.peer(torrent, 'seed', { rateBytesPerS: 2e6 });
    const ids = [await add(world, one), await add(world, two)];
    await world.do(world.engine.remember(ids[0] as TransferId, { limits: { ...NO_LIMITS, downBytesPerS: 50_000 } }));
    await world.clock.pass(4_000);
    const parts = await taken(world, ids, 8);
    near(parts[0] ?? 0, 400_000, 0.08);
    near(parts[1] ?? 0, 2_800_000, 0.08);
    await world.do(world.engine.setSettings({ downBytesPerS: null }));
    const [own = 0] = await taken(world, ids, 2);
    near(own, 100_000, 0.4);
  });

  test('lasts over a restart, and costs next to nothing twice', async () => {
    const world = await started({ downBytesPerS: 300_000 });
    world.store.serve(both);
    world.peer(both, 'seed', { rateBytesPerS: 1e6 });
    const id = await add(world, both);
    await world.clock.pass(10_000);
    await world.restart();
    await world.clock.pass(4_000);
    near(sum(await taken(world, [id], 10)), 3_000_000, 0.06);
    const view = await world.until(id, 'done');
    expect(view.ledger.wastedBytes.duplicate).toBeLessThan(0.01 * 12 * MIB);
    expect(view.problems).toEqual([]);
  });

  test('of the schedule holds in its hours alone', async () => {
    const { weekday } = { weekday: new Date(WORLD_BEGINS_MS).getUTCDay() };
    const hours = { isOn: true, days: [weekday], fromMinute: 0, toMinute: 1, upBytesPerS: null };
    const world = await started({ schedule: { ...hours, downBytesPerS: 100_000 }, downBytesPerS: 300_000 });
    world.peer(one, 'seed', { rateBytesPerS: 2e6 });
    const id = await add(world, one);
    await world.clock.pass(5_000);
    near(sum(await taken(world, [id], 10)), 1_000_000, 0.06);
    expect(world.engine.limits.engineFacts).toMatchObject({
      limitInForce: { down: { bytesPerS: 100_000, because: 'schedule' } },
      scheduleChangesAtMs: WORLD_BEGINS_MS + 60_000,
    });
    await world.clock.pass(48_000);
    near(sum(await taken(world, [id], 10)), 3_000_000, 0.06);
  });

  test('while a page loads is a part of what was taken, for a while', async () => {
    const world = await started({ quietWhileBrowsing: true });
    world.peer(one, 'seed', { rateBytesPerS: 800_000 });
    const id = await add(world, one);
    await world.clock.pass(4_000);
    world.engine.limits.pageLoads();
    await world.clock.pass(1_500); // what was asked for before still comes
    near(sum(await taken(world, [id], 7)) / 7, 200_000, 0.3);
    await world.clock.pass(3_000);
    expect(world.engine.limits.limitInForce.down).toBeNull();
  });
});

describe('a metered connection', () => {
  test('stops everything if that is wished, and all goes on after it', async () => {
    const world = await started({ pauseOnMetered: true });
    world.peer(one, 'seed', { rateBytesPerS: 500_000 });
    const id = await add(world, one);
    await world.clock.pass(2_000);
    world.isMetered = true;
    await world.clock.pass(2_000);
    expect(world.view(id)).toMatchObject({ isWaiting: true, peersConnected: 0 });
    // It must stay awake to notice when that is over.
    expect(world.engine.activity().busy).toBe(true);
    expect(world.engine.limits.engineFacts.canTellMetered).toBe(true);
    world.isMetered = false;
    await world.until(id, 'done');
  });
});

describe('an upload limit', () => {
  /** A seed of ours, and what it hands out in so many seconds to peers that ask for blocks without end. */
  async function served(settings: Partial<Settings>, peers: number, seconds: number, own: number | null = null) {
    const world = await started({ sharing: 'share', ...settings });
    world.peer(small, 'seed', {});
    const id = await add(world, small);
    await world.until(id, 'done');
    if (own !== null) await world.do(world.engine.remember(id, { limits: { ...NO_LIMITS, upBytesPerS: own } }));
    await world.clock.pass(1_000);
    const events = world.swarm.current(small.info.infoHash)?.events;
    const given = new Map<number, number>();
    const ask = async (peer: number): Promise<void> => {
      await events?.read(0 as never, 0, 16_384, `peer ${peer}` as never);
      given.set(peer, (given.get(peer) ?? 0) + 16_384);
      events?.uploaded(16_384);
      return ask(peer);
    };
    for (let peer = 0; peer < peers; peer++) void ask(peer).catch(() => undefined);
    await world.clock.pass(seconds * 1_000);
    return { world, id, given, bytes: sum([...given.values()]) };
  }

  test.each([100_000, 500_000])('of %i bytes a second holds, and peers have equal parts', async (limit) => {
    const { bytes, given } = await served({ upBytesPerS: limit }, 4, 10);
    near(bytes, 10 * limit, 0.05);
    for (const part of given.values()) near(part, (10 * limit) / 4, 0.1);
  });

  test('of one transfer holds', async () => {
    const { bytes } = await served({}, 2, 10, 200_000);
    near(bytes, 2_000_000, 0.05);
  });

  test('of a day ends uploading, is kept over a restart, and is forgotten on the next day', async () => {
    const goals = { ...DEFAULT_SETTINGS.goals, dailyUploadBytes: 1_000_000 };
    const { world, id } = await served({ upBytesPerS: 500_000, goals }, 2, 20);
    const { uploadedTodayBytes } = world.engine.limits.engineFacts;
    expect(uploadedTodayBytes).toBeGreaterThanOrEqual(1_000_000);
    expect(uploadedTodayBytes).toBeLessThan(1_000_000 + 600_000);
    expect(world.view(id)).toMatchObject({ isSeeding: false, seedingEnd: 'daily-upload' });
    expect(world.swarm.current(small.info.infoHash)?.isSharing).toBe(false);
    await world.restart();
    await world.clock.pass(2_000);
    expect(world.view(id)).toMatchObject({ isSeeding: false, seedingEnd: 'daily-upload', isStored: true });
    world.calendarAheadMs = 24 * 3_600_000;
    await world.clock.pass(2_000);
    expect(world.engine.limits.engineFacts.uploadedTodayBytes).toBe(0);
    expect(world.view(id)).toMatchObject({ isSeeding: true, seedingEnd: null });
  }, 30_000);
});

describe('seeding', () => {
  async function seeding(settings: Partial<Settings>) {
    const world = await started({ sharing: 'share', ...settings });
    world.peer(small, 'seed', {});
    const id = await add(world, small);
    await world.until(id, 'done');
    await world.clock.pass(1_500);
    return { world, id };
  }
  const goals = DEFAULT_SETTINGS.goals;

  test('ends when so much was uploaded, and the copy goes', async () => {
    const { world, id } = await seeding({ goals: { ...goals, ratio: 2 } });
    expect(world.view(id)).toMatchObject({ isSeeding: true, seedingEnd: null });
    world.swarm.current(small.info.infoHash)?.events.uploaded(2 * MIB);
    await world.clock.pass(2_000);
    expect(world.view(id)).toMatchObject({ isSeeding: false, seedingEnd: 'ratio', isStored: false });
  });

  test('goes on until its own ratio, whatever that of all is; with a copy that stays it begins again', async () => {
    const { world, id } = await seeding({ goals: { ...goals, ratio: 1 }, keepCopy: 'always' });
    await world.do(world.engine.remember(id, { limits: { ...NO_LIMITS, ratio: 3 } }));
    world.swarm.current(small.info.infoHash)?.events.uploaded(2 * MIB);
    await world.clock.pass(2_000);
    expect(world.view(id).isSeeding).toBe(true);
    await world.do(world.engine.remember(id, { limits: NO_LIMITS }));
    await world.clock.pass(2_000);
    expect(world.view(id)).toMatchObject({ isSeeding: false, seedingEnd: 'ratio', isStored: true });
    await world.do(world.engine.setSettings({ goals }));
    await world.clock.pass(2_000);
    expect(world.view(id)).toMatchObject({ isSeeding: true, seedingEnd: null });
  });

  test('ends after so many hours of it, restarts included', async () => {
    const { world, id } = await seeding({ goals: { ...goals, hours: 1 } });
    await world.clock.pass(40 * 60_000);
    await world.restart();
    await world.clock.pass(15 * 60_000);
    expect(world.view(id).isSeeding).toBe(true);
    await world.clock.pass(7 * 60_000);
    expect(world.view(id)).toMatchObject({ isSeeding: false, seedingEnd: 'hours' });
  }, 30_000);

  test.each<[Settings['keepCopy'], Settings['sharing'], boolean, boolean]>([
    ['while-sharing', 'share', true, true],
    ['while-sharing', 'download-only', false, false],
    ['never', 'share', false, false],
    ['always', 'share', true, true],
    ['always', 'download-only', false, true],
  ])('with the copy kept %s and sharing at %s', async (keepCopy, sharing, isSeeding, isStored) => {
    const { world, id } = await seeding({ keepCopy, sharing });
    expect(world.view(id)).toMatchObject({ isSeeding, isStored });
    await world.restart();
    await world.clock.pass(1_500);
    expect(world.view(id)).toMatchObject({ isSeeding, isStored });
  });
});

describe('what is added', () => {
  test('begins with the policy of the settings, and public torrents with more trackers', async () => {
    const extra = 'wss://extra.test/announce';
    const world = await started({ policy: 'peers-off', extraTrackers: [extra], addsTrackers: true });
    const hidden = await smallTorrent({ seed: 8, name: 'hidden', content: MIB, announce: [TRACKER], isPrivate: true });
    const trackersOf = (id: TransferId) => world.engine.transfer(id)?.record.trackers;
    const id = await add(world, small);
    expect(world.view(id).policy).toBe('peers-off');
    expect(trackersOf(id)).toEqual([TRACKER, extra]);
    expect(trackersOf(await add(world, hidden))).toEqual([TRACKER]);
  });

  test('as a magnet gets them when it is known to be public, or names none', async () => {
    const extra = 'wss://extra.test/announce';
    const world = await started({ extraTrackers: [extra], addsTrackers: true });
    const { id } = await world.do(world.engine.addLink(small.made.magnet()));
    await world.clock.pass(500);
    expect(world.swarm.current(small.info.infoHash)?.request.trackers).toEqual([TRACKER]);
    world.peer(small, 'seed', { rateBytesPerS: 100_000 });
    world.swarm.knows(small.info.infoHash, small.info.infoBytes);
    await world.clock.pass(2_000);
    expect(world.swarm.current(small.info.infoHash)?.request.trackers).toEqual([TRACKER, extra]);
    await world.until(id, 'done');
    const bare = await world.do(world.engine.addLink(one.info.infoHash));
    expect(world.engine.transfer(bare.id)?.record.trackers).toEqual([extra]);
  });

  test('of a site that is left alone is nothing', async () => {
    const world = await started({ siteRules: [{ host: 'shop.test', rule: 'ignore' }] });
    expect(world.engine.isIgnored('https://www.shop.test/deals')).toBe(true);
    expect(world.engine.isIgnored('https://other.test/')).toBe(false);
    expect(world.engine.isIgnored(null)).toBe(false);
  });
});

test('what swarms are told of the settings is told at the start, and when they change', async () => {
  const world = await started({ maxPeers: 7, uploadSlots: 2 });
  expect(world.swarm.settings).toMatchObject({ maxPeers: 7, uploadSlots: 2 });
  await world.restart();
  expect(world.swarm.settings).toMatchObject({ maxPeers: 7, uploadSlots: 2 });
  expect(idOf(one)).not.toBe(idOf(two));
});
