import { afterEach, describe, expect, test } from 'vitest';
import { PlayerDesk } from '../../../src/engine/playback/player-desk.ts';
import { readFlightLog } from '../../../src/engine/transfer/read-flight-log.ts';
import type { FileIndex, TransferId } from '../../../src/model/ids.ts';
import type { PlayerId } from '../../../src/model/player.ts';
import { EngineWorld } from '../../support/simulation/engine-world.ts';
import { differences, replayFlight } from '../../support/simulation/replay-flight.ts';
import { type SmallTorrent, smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

const MIB = 1_048_576;
const PIECE = 32_768;
const film = await smallTorrent({ content: 4 * MIB, urlList: ['http://origin.test/'] });
const folder = await smallTorrent({
  seed: 2,
  name: 'folder',
  content: { 'a.mkv': MIB, 'b.mkv': MIB, 'b.srt': 40_000 },
  urlList: ['http://origin.test/'],
});
const ANN = 'aaaaaaaa' as PlayerId;
const BOB = 'bbbbbbbb' as PlayerId;
const FIRST = 0 as FileIndex;
const SECOND = 1 as FileIndex;

afterEach(giveTimersBack);

/** An engine with one transfer from an origin of so many bytes a second, and the desk of its players. */
async function playing(torrent: SmallTorrent = film, rateBytesPerS = MIB / 2) {
  const world = new EngineWorld();
  world.store.serve(torrent, 'origin.test');
  world.store.web.server('origin.test').rateBytesPerS = rateBytesPerS;
  const { id } = await world.do(world.engine.addTorrent(torrent.made.torrentBytes));
  const desk = new PlayerDesk({ clock: world.clock, transfer: (it) => world.engine.transfer(it) });
  const open = (player = ANN, file: FileIndex = FIRST) => world.do(desk.open(player, id, file));
  /** Waits for bytes as a page does, again and again, and says how many seconds that took. */
  const secondsUntil = async (startByte: number, player = ANN, file: FileIndex = FIRST) => {
    const beganMs = world.clock.nowMs();
    for (;;) {
      const here = await world.do(desk.await(player, file, startByte, startByte + 1_000));
      if (here.state === 'here') return (world.clock.nowMs() - beganMs) / 1_000;
      if (here.state !== 'waiting') throw new Error(here.state);
    }
  };
  const isStored = () => world.store.disk.directory(torrent.info.infoHash).then((it) => it.sizes());
  return { world, id, desk, open, secondsUntil, isStored };
}

describe('opening', () => {
  test('says where the file lies', async () => {
    const { open } = await playing(folder);
    expect(await open(ANN, SECOND)).toEqual({
      state: 'playable',
      infoHash: folder.info.infoHash,
      storeFile: 'file-1',
      lengthBytes: MIB,
      pieceLengthBytes: PIECE,
      leadBytes: MIB % PIECE,
    });
  });

  test('has a transfer that is paused go on, and a file that was to be left out brought', async () => {
    const { world, id, desk, open, secondsUntil } = await playing(folder);
    await world.do(world.engine.setFiles(id, [{ files: [SECOND], priority: 'skip' }]));
    await world.do(world.engine.pause(id));
    expect((await open(ANN, SECOND)).state).toBe('playable');
    expect(await secondsUntil(0, ANN, SECOND)).toBeLessThan(3);
    expect((await world.do(world.engine.files(id)))?.[1]?.priority).toBe('normal');
    expect(desk.tell({ player: ANN, aheadS: 0, bytesPerS: null, isPaused: false, waitsForS: null }).isKnown).toBe(true);
  });

  test('does not let a file wait for those that were to come first', async () => {
    const { world, id, open, secondsUntil } = await playing(folder, MIB / 8);
    await world.do(world.engine.setFiles(id, [{ files: [FIRST], priority: 'first' }]));
    await open(ANN, SECOND);
    expect(await secondsUntil(0, ANN, SECOND)).toBeLessThan(4);
  });

  test('of what is not there, or not known yet, says so', async () => {
    const { world, desk, open } = await playing();
    expect(await open(ANN, 7 as FileIndex)).toEqual({ state: 'gone', failure: null });
    const nothing = 'f'.repeat(40) as TransferId;
    expect(await world.do(desk.open(ANN, nothing, FIRST))).toEqual({ state: 'gone', failure: null });
    const { id } = await world.do(world.engine.addLink(`magnet:?xt=urn:btih:${'1'.repeat(40)}`));
    expect(await world.do(desk.open(ANN, id, FIRST))).toEqual({ state: 'unknown' });
  });

  test('of a file that was saved and is in the store no longer, names the download', async () => {
    const { world, id, open } = await playing(film, 50 * MIB);
    await world.until(id, 'done');
    await world.clock.pass(1_000);
    expect(await open()).toEqual({ state: 'saved', downloadId: expect.any(Number) });
  });
});

test('whoever plays does not wait for the queue', async () => {
  const { world } = await playing(film, MIB / 16);
  await world.do(world.engine.setSettings({ maxRunning: 1 }));
  const { id } = await world.do(world.engine.addTorrent(folder.made.torrentBytes));
  world.store.serve(folder, 'origin.test');
  await world.clock.pass(3_000);
  expect(world.engine.transfer(id)?.run).toBeNull();
  const desk = new PlayerDesk({ clock: world.clock, transfer: (it) => world.engine.transfer(it) });
  expect((await world.do(desk.open(ANN, id, FIRST))).state).toBe('playable');
  await world.clock.pass(3_000);
  expect(world.engine.transfer(id)?.run).not.toBeNull();
});

describe('waiting', () => {
  test('is answered with how far all is here', async () => {
    const { world, desk, open, secondsUntil } = await playing();
    await open();
    await secondsUntil(0);
    const here = await world.do(desk.await(ANN, FIRST, 100, 4 * MIB));
    expect(here).toMatchObject({ state: 'here' });
    expect((here as { endByte: number }).endByte % PIECE).toBe(0);
    expect(await world.do(desk.await(ANN, FIRST, 10, 20))).toEqual({ state: 'here', endByte: 20 });
  });

  test('has what is waited for brought before all else, also after a jump', async () => {
    const { open, secondsUntil } = await playing(); // all of it takes eight seconds
    await open();
    expect(await secondsUntil(0)).toBeLessThan(1);
    expect(await secondsUntil(3 * MIB)).toBeLessThan(1.5);
    expect(await secondsUntil(2 * MIB)).toBeLessThan(1.5);
  });

  test('is not drawn back by a wish that a jump has left behind', async () => {
    const { world, desk, open, secondsUntil } = await playing(film, MIB / 2);
    await open();
    await secondsUntil(0);
    const left = desk.await(ANN, FIRST, 3 * MIB, 3 * MIB + 1); // nobody takes this back
    const { requests } = world.store.web.server('origin.test');
    const before = requests.length;
    const beganMs = world.clock.nowMs();
    for (let at = MIB; at < 2 * MIB; at += PIECE) {
      await secondsUntil(at);
      await world.clock.pass(20); // until it asks for more
    }
    expect(world.clock.nowMs() - beganMs).toBeLessThan(3_500); // two seconds, and what it takes to ask
    const beyond = requests.slice(before).filter(({ startByte }) => (startByte ?? 0) >= 2.5 * MIB);
    expect(beyond).toEqual([]);
    expect(await world.do(left)).toMatchObject({ state: 'here' }); // it counts when nothing else is wished for
  });

  test('is told to ask again after some seconds when nothing comes', async () => {
    const { world, desk, open } = await playing(film, 1_000);
    await open();
    const beganMs = world.clock.nowMs();
    expect(await world.do(desk.await(ANN, FIRST, 0, 1))).toEqual({ state: 'waiting' });
    expect(world.clock.nowMs() - beganMs).toBe(8_000);
  });

  test('ends when the transfer is paused, fails or is removed', async () => {
    const { world, id, desk, open } = await playing(film, 1_000);
    await open();
    const paused = desk.await(ANN, FIRST, 0, 1);
    await world.do(world.engine.pause(id));
    expect(await world.do(paused)).toEqual({ state: 'stopped', failure: null });
    await open();
    const removed = desk.await(ANN, FIRST, 0, 1);
    await world.do(world.engine.remove(id, true));
    expect(await world.do(removed)).toEqual({ state: 'stopped', failure: null });
  });

  test('of a page that the engine does not know is answered so', async () => {
    const { world, desk, open } = await playing();
    await open();
    expect(await world.do(desk.await(BOB, FIRST, 0, 1))).toEqual({ state: 'unknown' });
    expect(desk.tell({ player: BOB, aheadS: 0, bytesPerS: null, isPaused: false, waitsForS: null }).isKnown).toBe(
      false,
    );
  });

  test('can be for a file beside the one that is played', async () => {
    const { open, secondsUntil } = await playing(folder, MIB / 4);
    await open(ANN, FIRST);
    expect(await secondsUntil(0, ANN, 2 as FileIndex)).toBeLessThan(3);
  });
});

describe('the copy in the store', () => {
  test('stays while anybody plays, though nobody shares, and goes with the last player', async () => {
    const { world, id, desk, open, isStored } = await playing(film, 4 * MIB);
    await open(ANN);
    await open(BOB);
    await world.until(id, 'done');
    await world.clock.pass(60_000);
    expect(world.engine.activity()).toEqual({ running: 0, busy: true });
    expect(await world.do(desk.await(ANN, FIRST, 3 * MIB, 3 * MIB + 5))).toEqual({
      state: 'here',
      endByte: 3 * MIB + 5,
    });
    desk.close(ANN);
    await world.clock.pass(1_000);
    expect((await isStored()).get('file-0')).toBe(4 * MIB);
    expect((await open(ANN)).state).toBe('playable');
    desk.close(ANN);
    desk.close(BOB);
    await world.clock.pass(1_000);
    expect((await isStored()).size).toBe(0);
    expect(world.engine.activity()).toEqual({ running: 0, busy: false });
    expect(world.engine.transfer(id)?.record.isStored).toBe(false);
  });

  test('stays while a page turns from one file to the next', async () => {
    const { world, id, open, desk, isStored } = await playing(folder, 50 * MIB);
    await open();
    await world.until(id, 'done');
    expect(await open(ANN, SECOND)).toMatchObject({ state: 'playable', storeFile: 'file-1' });
    await world.clock.pass(5_000);
    expect(await world.do(desk.await(ANN, SECOND, 0, 1_000))).toMatchObject({ state: 'here' });
    expect((await isStored()).get('file-1')).toBe(MIB);
  });

  test('stays when the user stops to share while somebody plays', async () => {
    const shared = await smallTorrent({
      content: MIB,
      announce: ['wss://tracker.test/'],
      urlList: ['http://origin.test/'],
    });
    const { world, id, desk, open } = await playing(shared, 4 * MIB);
    await world.do(world.engine.setSettings({ sharing: 'share' }));
    await open();
    await world.until(id, 'done');
    await world.do(world.engine.setSettings({ sharing: 'download-only' }));
    await world.clock.pass(1_000);
    expect(await world.do(desk.await(ANN, FIRST, 0, 9))).toEqual({ state: 'here', endByte: 9 });
    desk.close(ANN);
    await world.clock.pass(1_000);
    expect(world.engine.transfer(id)?.record.isStored).toBe(false);
  });
});

describe('what a player is told', () => {
  test('is who brought which pieces, and how fast more comes', async () => {
    const { desk, open, secondsUntil } = await playing();
    await open();
    await secondsUntil(0);
    const told = desk.tell({ player: ANN, aheadS: 0, bytesPerS: 300_000, isPaused: false, waitsForS: null });
    expect(told.pieces.reduce((sum, [, count]) => sum + count, 0)).toBe(film.info.pieceCount);
    expect(told.pieces[0]?.[0]).toBe(4);
    expect(told.pieces.some(([look]) => look === 1)).toBe(true);
    expect(told.originBytesPerS).toBeGreaterThan(100_000);
    expect(told).toMatchObject({ isKnown: true, peerBytesPerS: 0, peersConnected: 0 });
  });
});

test('a flight with a player in it decides the same again when its log is played back', async () => {
  const { world, id, desk, open, secondsUntil } = await playing();
  world.peer(film, 'ann', { rateBytesPerS: MIB / 4 });
  await open();
  for (const at of [0, 3 * MIB, MIB, 2 * MIB]) {
    await secondsUntil(at);
    desk.tell({ player: ANN, aheadS: 1.5, bytesPerS: 200_000, isPaused: false, waitsForS: null });
    await world.clock.pass(300);
  }
  desk.close(ANN);
  await world.until(id, 'done');
  const log = readFlightLog(world.engine.flightLog(id) ?? '');
  const places = log.entries.flatMap((entry) =>
    'heard' in entry && entry.heard.type === 'playback' ? [entry.heard] : [],
  );
  expect(places.length).toBeGreaterThan(8);
  expect(places.at(-1)?.playback).toBeNull();
  expect(differences(replayFlight(log))).toEqual([]);
});
