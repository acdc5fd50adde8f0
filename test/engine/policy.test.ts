import { afterEach, describe, expect, test } from 'vitest';
import { readFlightLog } from '../../src/engine/transfer/read-flight-log.ts';
import type { StoredRecord } from '../../src/engine/transfer/stored-record.ts';
import type { TransferRecord } from '../../src/engine/transfer/transfer-record.ts';
import type { TransferId } from '../../src/model/ids.ts';
import { PATIENCE_CHOICES, type PatienceChoice, POLICIES } from '../../src/model/policy.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import { type SmallTorrent, smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

const MIB = 1_048_576;
const TORRENT_URL = 'http://site.test/get/file.torrent';
const torrent = await smallTorrent({
  content: 2 * MIB + 99,
  announce: ['wss://tracker.test/announce'],
  urlList: ['http://origin.test/'],
});
const { infoHash, lengthBytes, pieceCount } = torrent.info;

afterEach(giveTimersBack);

const idOf = ({ info }: SmallTorrent) => info.infoHash as string as TransferId;

/** A torrent that comes slowly from one peer, and from an origin when that has a rate. */
async function slowly({ originBytesPerS = 100_000 } = {}) {
  const world = new EngineWorld();
  world.swarm.knows(infoHash, torrent.info.infoBytes);
  const peer = world.peer(torrent, 'abcdefghijkl-1', { rateBytesPerS: 100_000 });
  world.store.serve(torrent, 'origin.test');
  Object.assign(world.store.web.server('origin.test'), { rateBytesPerS: originBytesPerS });
  const { id } = await world.do(world.engine.addTorrent(torrent.made.torrentBytes));
  await world.until(id, 'downloading');
  return { world, id, peer };
}

describe('a patience', () => {
  test('is half a megabyte a second until the user says otherwise', async () => {
    const { world, id } = await slowly();
    expect(world.view(id).patience).toBe('least-500-kb');
  });

  test.each(PATIENCE_CHOICES)('%s is shown at once and kept over a restart', async (patience) => {
    const { world, id } = await slowly();
    await world.do(world.engine.setPatience(id, patience));
    expect(world.view(id).patience).toBe(patience);
    await world.restart();
    expect(world.view(id).patience).toBe(patience);
  });

  test('of an address that is being fetched goes over to its transfer', async () => {
    const world = new EngineWorld();
    world.serveTorrent(TORRENT_URL, torrent);
    const { id } = await world.do(world.engine.addLink(TORRENT_URL));
    await world.do(world.engine.setPatience(id, '8-hours'));
    const isThere = () => world.engine.views().some((view) => view.id === idOf(torrent));
    expect(await world.clock.runUntil(isThere, 10_000)).toBe(true);
    expect(world.view(idOf(torrent)).patience).toBe('8-hours');
  });

  test('of eight hours leaves to the peer what one of half a megabyte a second asks the origin for', async () => {
    const asked = async (patience: PatienceChoice) => {
      const { world, id } = await slowly();
      await world.do(world.engine.setPatience(id, patience));
      await world.do(world.engine.setPolicy(id, 'spare-origin'));
      await world.clock.pass(2_000); // what was begun before
      const before = world.store.web.server('origin.test').sentBytes;
      await world.clock.pass(3_000);
      return world.store.web.server('origin.test').sentBytes - before;
    };
    expect(await asked('8-hours')).toBeLessThan(0.2 * (await asked('least-500-kb')));
  });

  test('to a deadline counts from when its policy was chosen', async () => {
    const { world, id } = await slowly();
    await world.do(world.engine.setPatience(id, '15-minutes'));
    await world.clock.pass(5_000);
    await world.do(world.engine.setPolicy(id, 'spare-origin'));
    const sinceMs = world.clock.nowMs();
    expect((await world.records.all())[0]?.patience).toEqual({ choice: '15-minutes', sinceMs });
    expect(world.engine.flightLog(id)).toContain(`"type":"deadline","atMs":${sinceMs + 900_000}`);
  });
});

describe('a policy', () => {
  test('is "fastest" until the user says otherwise', async () => {
    const { world, id } = await slowly();
    expect(world.view(id).policy).toBe('fastest');
  });

  test.each(POLICIES)('%s is shown at once and kept over a restart', async (policy) => {
    const { world, id } = await slowly();
    await world.do(world.engine.setPolicy(id, policy));
    expect(world.view(id).policy).toBe(policy);
    await world.restart();
    expect(world.view(id).policy).toBe(policy);
  });

  test.each(['balanced', 'spare-origin', 'origins-off'] as const)('%s does not restart what runs', async (policy) => {
    const { world, id } = await slowly();
    const session = world.swarm.current(infoHash);
    await world.do(world.engine.setPolicy(id, policy));
    await world.clock.pass(1_000);
    expect(world.swarm.current(infoHash)).toBe(session);
    expect(world.view(id).state.phase).toBe('downloading');
  });

  test('of one that waits for its metadata is kept when that comes', async () => {
    const world = new EngineWorld();
    const { id } = await world.do(world.engine.addLink(torrent.made.magnet({ webSeeds: ['http://origin.test/'] })));
    await world.do(world.engine.setPolicy(id, 'spare-origin'));
    world.swarm.knows(infoHash, torrent.info.infoBytes);
    await world.until(id, 'downloading');
    expect(world.view(id).policy).toBe('spare-origin');
  });

  test('of an address that is being fetched goes over to its transfer, also after a restart', async () => {
    const world = new EngineWorld();
    const { id } = await world.do(world.engine.addLink(TORRENT_URL));
    await world.do(world.engine.setPolicy(id, 'origins-off'));
    expect(world.view(id).policy).toBe('origins-off');
    world.serveTorrent(TORRENT_URL, torrent);
    await world.restart();
    await world.until(idOf(torrent), 'downloading');
    expect(world.view(idOf(torrent)).policy).toBe('origins-off');
  });

  test('of nobody changes nothing', async () => {
    const { world, id } = await slowly();
    await world.do(world.engine.setPolicy('0'.repeat(40) as TransferId, 'peers-off'));
    expect(world.view(id).policy).toBe('fastest');
  });

  test('and a ledger are what they were by default for a record of before', async () => {
    const { world, id } = await slowly();
    const [record] = await world.records.all();
    const { policy, patience, ledger, ...old }: StoredRecord = record as TransferRecord;
    expect([policy, patience, ledger]).not.toContain(undefined);
    await world.records.put(old as TransferRecord);
    await world.restart();
    expect(world.view(id)).toMatchObject({
      policy: 'fastest',
      patience: 'least-500-kb',
      ledger: { peers: 0, hosts: [] },
    });
    await world.until(id, 'done');
  });
});

describe('"peers off"', () => {
  test('leaves the swarm, and goes on from the origin alone', async () => {
    const { world, id, peer } = await slowly();
    await world.clock.pass(2_000);
    await world.do(world.engine.setPolicy(id, 'peers-off'));
    expect(world.swarm.current(infoHash)).toBeNull();
    expect(world.view(id).peersConnected).toBe(0);
    const sent = peer.sentBytes;
    const view = await world.until(id, 'done');
    expect(peer.sentBytes).toBeLessThanOrEqual(sent + 16_384); // what was on the wire
    expect(view.verified.peerBytes + view.verified.originBytes).toBe(lengthBytes);
    expect(view.problems).toEqual([]);
  });

  test('lifted again goes back, and tells the swarm everything that has come meanwhile', async () => {
    const { world, id, peer } = await slowly();
    await world.do(world.engine.setPolicy(id, 'peers-off'));
    await world.clock.pass(5_000);
    const { originBytes } = world.view(id).verified;
    expect(originBytes).toBeGreaterThan(300_000);
    await world.do(world.engine.setPolicy(id, 'fastest'));
    expect(world.view(id).peersConnected).toBe(1);
    const marks = world.swarm.current(infoHash)?.marks ?? new Uint8Array();
    expect(marks.filter((mark) => mark > 0).length * torrent.info.pieceLengthBytes).toBeGreaterThanOrEqual(originBytes);
    await world.until(id, 'done');
    expect(peer.sentBytes).toBeGreaterThan(0);
  });

  test('and on again many times in a row ends in the last wish', async () => {
    const { world, id } = await slowly();
    for (let turn = 0; turn < 5; turn++) {
      void world.engine.setPolicy(id, 'peers-off');
      void world.engine.setPolicy(id, 'balanced');
    }
    await world.clock.pass(1_000);
    expect(world.swarm.current(infoHash)).not.toBeNull();
    await world.do(world.engine.setPolicy(id, 'peers-off'));
    expect(world.swarm.current(infoHash)).toBeNull();
  });

  test('meets peers only for the metadata, when nobody else has it', async () => {
    const world = new EngineWorld();
    world.swarm.knows(infoHash, torrent.info.infoBytes);
    world.store.serve(torrent, 'origin.test');
    const link = torrent.made.magnet({ webSeeds: ['http://origin.test/'] });
    const adding = world.engine.addLink(link);
    void world.engine.setPolicy(idOf(torrent), 'peers-off');
    await world.do(adding);
    await world.do(world.engine.setPolicy(idOf(torrent), 'peers-off'));
    const view = await world.until(idOf(torrent), 'done');
    expect(view.verified).toEqual({ peerBytes: 0, originBytes: lengthBytes, hereBytes: 0 });
    expect(world.swarm.current(infoHash)).toBeNull();
  });

  test('never joins after a restart, the metadata being known', async () => {
    const { world, id } = await slowly();
    await world.do(world.engine.setPolicy(id, 'peers-off'));
    await world.restart();
    const joined = world.swarm.sessions.length;
    await world.until(id, 'done');
    expect(world.swarm.sessions).toHaveLength(joined);
  });

  test('says so when there is no origin to ask', async () => {
    const world = new EngineWorld();
    const alone = await smallTorrent({ content: MIB, announce: ['wss://tracker.test/announce'] });
    world.peer(alone, 'seed', { rateBytesPerS: 100_000 });
    const { id } = await world.do(world.engine.addTorrent(alone.made.torrentBytes));
    await world.until(id, 'downloading');
    await world.do(world.engine.setPolicy(id, 'peers-off'));
    expect(world.view(id).problems).toEqual([{ code: 'policy-rules-out', off: 'peers' }]);
    await world.do(world.engine.setPolicy(id, 'fastest'));
    await world.until(id, 'done');
  });

  test('while sharing leaves the swarm but keeps the copy, so that it can go back', async () => {
    const { world, id } = await slowly({ originBytesPerS: MIB });
    await world.do(world.engine.setSettings({ sharing: 'share' }));
    await world.until(id, 'done');
    await world.clock.pass(1_000);
    expect(world.view(id).isSeeding).toBe(true);
    await world.do(world.engine.setPolicy(id, 'peers-off'));
    expect(world.view(id).isSeeding).toBe(false);
    await world.do(world.engine.setPolicy(id, 'balanced'));
    await world.clock.pass(1_000);
    expect(world.view(id).isSeeding).toBe(true);
    expect(world.swarm.current(infoHash)?.marks.filter((mark) => mark > 0)).toHaveLength(pieceCount);
    expect(world.swarm.current(infoHash)?.isSharing).toBe(true);
  });
});

describe('the ledger of a transfer', () => {
  test('names who brought what, and is kept when it is done and over a restart', async () => {
    const { world, id } = await slowly();
    const done = await world.until(id, 'done');
    const { offload, hosts, peers } = done.ledger;
    expect(peers).toBe(1);
    expect(offload).toBeCloseTo(done.verified.peerBytes / lengthBytes, 10);
    expect(offload).toBeGreaterThan(0.1);
    expect(hosts).toHaveLength(1);
    expect(hosts[0]?.host).toBe('origin.test');
    // By kind of source the journal has shares of 1/253 a piece; by name bytes are exact.
    expect(Math.abs((hosts[0]?.bytes ?? 0) - done.verified.originBytes)).toBeLessThan(lengthBytes / 253);
    const [record] = await world.records.all();
    expect(record?.ledger?.peers.named).toEqual([
      { name: 'Simulated 1.0 abcdefgh', bytes: lengthBytes - (hosts[0]?.bytes ?? 0) },
    ]);
    await world.restart();
    expect(world.view(id).ledger).toEqual(done.ledger);
  });

  test('goes on where it was after a pause, and counts what the pause threw away', async () => {
    const { world, id } = await slowly();
    await world.clock.pass(4_000);
    await world.do(world.engine.pause(id));
    const paused = world.view(id).ledger;
    expect(paused.hosts[0]?.bytes).toBeGreaterThan(0);
    expect(paused.wastedBytes['thrown-away']).toBeGreaterThan(0);
    await world.restart();
    expect(world.view(id).ledger).toEqual(paused);
    await world.do(world.engine.resume(id));
    const { ledger } = await world.until(id, 'done');
    expect(ledger.hosts[0]?.bytes).toBeGreaterThan(paused.hosts[0]?.bytes ?? 0);
    expect(ledger.peers).toBe(1);
  });

  test('loses the names of a few seconds at most when the process dies', async () => {
    const { world, id } = await slowly();
    await world.clock.pass(9_000);
    await world.restart();
    const [record] = await world.records.all();
    const named = record?.ledger?.hosts.named[0]?.bytes ?? 0;
    expect(named).toBeGreaterThan(100_000);
    expect(world.view(id).verified.originBytes - named).toBeLessThan(700_000);
  });

  test('counts a piece that failed its hash', async () => {
    const world = new EngineWorld();
    world.swarm.knows(infoHash, torrent.info.infoBytes);
    world.peer(torrent, 'liar', { rateBytesPerS: MIB, liesAbout: (piece) => piece === 3 });
    world.peer(torrent, 'honest', { rateBytesPerS: MIB });
    const { id } = await world.do(world.engine.addLink(torrent.made.magnet()));
    const { ledger } = await world.until(id, 'done');
    expect(ledger.wastedBytes['failed-hash']).toBeGreaterThanOrEqual(torrent.info.pieceLengthBytes);
  });
});

describe('the flight log of a transfer', () => {
  test('begins with what the download began with, and is there when it is done', async () => {
    const { world, id } = await slowly();
    await world.do(world.engine.setPolicy(id, 'balanced'));
    await world.until(id, 'done');
    const { header, entries } = readFlightLog(world.engine.flightLog(id) ?? '');
    expect(entries).toContainEqual({ atMs: expect.any(Number), heard: { type: 'policy', policy: 'balanced' } });
    const { pieceLengthBytes } = torrent.info;
    expect(header).toMatchObject({ pieceLengthBytes, lengthBytes, pieceCount, policy: 'fastest' });
    expect(header.origins).toEqual(['http://origin.test/']);
  });

  test('is not there for what has fetched nothing, and goes when the transfer goes', async () => {
    const { world, id } = await slowly();
    expect(world.engine.flightLog('0'.repeat(40) as TransferId)).toBeNull();
    expect(world.engine.flightLog(id)).not.toBeNull();
    await world.do(world.engine.remove(id, true));
    expect(world.engine.flightLog(id)).toBeNull();
  });
});
