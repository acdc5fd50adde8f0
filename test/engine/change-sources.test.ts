import { afterEach, describe, expect, test } from 'vitest';
import { addTypedSources, removeSource } from '../../src/engine/transfer/change-sources.ts';
import { readFlightLog } from '../../src/engine/transfer/read-flight-log.ts';
import type { TransferId } from '../../src/model/ids.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import { differences, replayFlight } from '../support/simulation/replay-flight.ts';
import { type SmallTorrent, smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

afterEach(giveTimersBack);

const TRACKER = 'wss://tracker.test/announce';
const torrent = await smallTorrent({ content: 2_000_000, announce: [TRACKER] });
const id = torrent.info.infoHash as string as TransferId;

const transferOf = (world: EngineWorld, of = id) => {
  const transfer = world.engine.transfer(of);
  if (transfer === undefined) throw new Error('it is not there');
  return transfer;
};
const add = (world: EngineWorld, typed: { trackers?: string[]; origins?: string[] }, of = id) =>
  world.do(addTypedSources(transferOf(world, of), { trackers: [], origins: [], ...typed }));

/** A download that has some bytes of a slow peer. */
async function running(of: SmallTorrent = torrent, world = new EngineWorld()): Promise<EngineWorld> {
  world.peer(of, 'slow', { rateBytesPerS: 100_000 });
  const { id: added } = await world.do(world.engine.addTorrent(of.made.torrentBytes));
  await world.clock.runUntil(() => world.view(added).verified.peerBytes > 100_000, 60_000);
  return world;
}

describe('what runs', () => {
  test('asks an origin from the moment it is added, and loses neither peer nor byte', async () => {
    const world = await running();
    const origin = world.store.serve(torrent, 'late.test');
    const [run, peers] = [transferOf(world).run, world.view(id).peersConnected];
    expect(await add(world, { origins: [`${origin}file.bin`] })).toBe(true);
    expect(transferOf(world).run).toBe(run);
    expect(world.view(id).peersConnected).toBe(peers);
    const view = await world.until(id, 'done');
    expect(view.verified.originBytes).toBeGreaterThan(1_000_000);
    expect(view.ledger.wastedBytes['thrown-away']).toBe(0);
    expect(world.swarm.sessions).toHaveLength(1);
  });

  test('has it in its flight log, which can be played back', async () => {
    const world = await running();
    const origin = world.store.serve(torrent, 'late.test');
    await add(world, { origins: [`${origin}file.bin?secret=1`] });
    await world.clock.pass(2_000);
    const text = world.engine.flightLog(id) ?? '';
    expect(text).not.toContain('secret');
    const log = readFlightLog(text);
    expect(log.entries.some((entry) => 'heard' in entry && entry.heard.type === 'origins-added')).toBe(true);
    expect(differences(replayFlight(log))).toEqual([]);
  });

  test('joins a tracker that is added, beside the one that it had', async () => {
    const world = await running();
    const run = transferOf(world).run;
    const other = 'wss://other.test/announce';
    expect(await add(world, { trackers: [other] })).toBe(true);
    await world.clock.pass(1_000);
    expect(transferOf(world).run).toBe(run);
    expect(world.swarm.current(id)?.request.trackers).toEqual([TRACKER, other]);
    await world.until(id, 'done');
  });

  test('is asked no more of an origin that is removed', async () => {
    const world = await running();
    const origin = world.store.serve(torrent, 'late.test');
    world.store.web.server('late.test').rateBytesPerS = 50_000;
    await add(world, { origins: [`${origin}file.bin`] });
    await world.clock.pass(2_000);
    const { requests } = world.store.web.server('late.test');
    expect(requests.length).toBeGreaterThan(0);
    await world.do(removeSource(transferOf(world), `${origin}file.bin`));
    const asked = requests.length;
    await world.until(id, 'done');
    expect(requests).toHaveLength(asked);
    expect(transferOf(world).record.origins).toEqual([]);
  });

  test('leaves its swarm with its last tracker', async () => {
    const world = await running();
    await world.do(removeSource(transferOf(world), TRACKER));
    await world.clock.pass(1_000);
    expect(world.swarm.current(id)).toBeNull();
    expect(world.view(id).problems.map(({ code }) => code)).toContain('no-sources');
  });
});

describe('nothing is taken', () => {
  test('for a private torrent', async () => {
    const secret = await smallTorrent({ seed: 9, content: 500_000, announce: [TRACKER], isPrivate: true });
    const world = await running(secret);
    const own = secret.info.infoHash as string as TransferId;
    expect(await add(world, { origins: ['https://cdn.test/f'], trackers: ['wss://x.test/'] }, own)).toBe(false);
    expect(transferOf(world, own).record).toMatchObject({ trackers: [TRACKER], origins: [] });
  });

  test('that it has already', async () => {
    const world = await running();
    expect(await add(world, { trackers: [TRACKER] })).toBe(false);
  });

  test('that is no address of a source, and never more than a torrent may have', async () => {
    const world = await running();
    expect(await add(world, { trackers: ['ftp://x.test/'], origins: ['wss://x.test/', 'nonsense'] })).toBe(false);
    const many = Array.from({ length: 100 }, (_, n) => `https://cdn${n}.test/f`);
    expect(await add(world, { origins: many })).toBe(true);
    expect(transferOf(world).record.origins).toHaveLength(64);
  });

  test('in the local network, for what came from a public page', async () => {
    const world = new EngineWorld();
    const page = { isLocal: false, site: 'site.test' };
    await world.do(world.engine.addLink(torrent.made.magnet(), page));
    expect(await add(world, { origins: ['http://192.168.1.5/f'] })).toBe(false);
    expect(world.view(id).problems).toContainEqual({ code: 'local-addresses-left-out', hosts: ['192.168.1.5'] });
  });
});

test('one that still looks for its metadata looks in the new place, too', async () => {
  const world = new EngineWorld();
  await world.do(world.engine.addLink(torrent.info.infoHash));
  world.swarm.knows(torrent.info.infoHash, torrent.info.infoBytes);
  world.peer(torrent, 'seed', { rateBytesPerS: 1_000_000 });
  expect(await add(world, { trackers: [TRACKER] })).toBe(true);
  await world.until(id, 'done');
});
