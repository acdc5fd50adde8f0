import { afterEach, expect, test } from 'vitest';
import type { TransferId } from '../../../src/model/ids.ts';
import { EngineWorld } from '../../support/simulation/engine-world.ts';
import { type SmallTorrent, smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

const MIB = 1_048_576;
const TRACKER = 'wss://tracker.test/announce';
const torrents = await Promise.all(
  [1, 2, 3, 4].map((seed) => smallTorrent({ seed, name: `file-${seed}`, content: 2 * MIB, announce: [TRACKER] })),
);

afterEach(giveTimersBack);

const idOf = ({ info }: SmallTorrent) => info.infoHash as string as TransferId;
const ids = torrents.map(idOf);

/** A world in which all torrents have a seed, and so many fetch at a time. */
async function queued(maxRunning: number, options: { readonly lacksSeed?: number } = {}): Promise<EngineWorld> {
  const world = new EngineWorld();
  await world.do(world.engine.start());
  await world.do(world.engine.setSettings({ maxRunning, askFirst: false }));
  for (const [index, torrent] of torrents.entries()) {
    if (index !== options.lacksSeed) world.peer(torrent, 'seed', { rateBytesPerS: MIB / 2 });
  }
  for (const torrent of torrents) {
    await world.do(world.engine.addTorrent(torrent.made.torrentBytes));
    await world.clock.pass(5);
  }
  return world;
}

/** What each transfer does, in the order in which they were added. */
const standing = (world: EngineWorld) =>
  ids.map((id) => {
    const { state, isWaiting, queuePlace } = world.view(id);
    return `${isWaiting ? 'waits' : state.phase} ${queuePlace ?? '-'}`;
  });

const inSwarm = (world: EngineWorld) => ids.map((id) => world.swarm.current(id) !== null);

test('so many fetch at a time, in the order in which they were added; the others keep no swarm', async () => {
  const world = await queued(1);
  await world.clock.pass(500);
  expect(standing(world)).toEqual(['downloading 1', 'waits 2', 'waits 3', 'waits 4']);
  expect(inSwarm(world)).toEqual([true, false, false, false]);
  expect(world.view(ids[1] as TransferId)).toMatchObject({ state: { phase: 'fetching-metadata' }, isStored: false });
  const ended: string[] = [];
  for (let turn = 0; turn < 4; turn++) {
    await world.clock.runUntil(
      () => world.engine.views().filter((it) => it.state.phase === 'done').length > turn,
      60_000,
    );
    ended.push(...ids.filter((id) => world.view(id).state.phase === 'done' && !ended.includes(id)));
    expect(world.engine.views().filter((it) => it.state.phase === 'downloading').length).toBeLessThanOrEqual(1);
  }
  expect(ended).toEqual(ids);
});

test('a pause makes room, and the one that goes on takes its place again', async () => {
  const world = await queued(1);
  await world.clock.pass(500);
  await world.do(world.engine.pause(ids[0] as TransferId));
  await world.clock.pass(500);
  expect(standing(world)).toEqual(['paused 1', 'downloading 2', 'waits 3', 'waits 4']);
  await world.do(world.engine.resume(ids[0] as TransferId));
  await world.clock.pass(500);
  expect(standing(world)).toEqual(['downloading 1', 'waits 2', 'waits 3', 'waits 4']);
});

test('the queue is put in order, and what runs follows it', async () => {
  const world = await queued(1);
  await world.clock.pass(300);
  await world.do(world.engine.limits.queue.move([ids[3] as TransferId, ids[2] as TransferId], ids[0] as TransferId));
  await world.clock.pass(300);
  expect(standing(world)).toEqual(['waits 3', 'waits 4', 'waits 2', 'downloading 1']);
  await world.until(ids[3] as TransferId, 'done');
  await world.clock.pass(300);
  expect(standing(world)).toEqual(['waits 2', 'waits 3', 'downloading 1', 'done -']);
});

test('one runs at once although others are before it; a pause takes that back', async () => {
  const world = await queued(1);
  await world.clock.pass(300);
  const last = ids[3] as TransferId;
  await world.do(world.engine.limits.queue.startNow(world.engine.transfer(last) ?? fail()));
  await world.clock.pass(300);
  expect(standing(world)).toEqual(['downloading 1', 'waits 2', 'waits 3', 'downloading 4']);
  await world.do(world.engine.pause(last));
  await world.do(world.engine.resume(last));
  await world.clock.pass(300);
  expect(standing(world)).toEqual(['downloading 1', 'waits 2', 'waits 3', 'waits 4']);
});

test('more or fewer run at once when the number changes', async () => {
  const world = await queued(1);
  await world.do(world.engine.setSettings({ maxRunning: 3 }));
  await world.clock.pass(300);
  expect(standing(world)).toEqual(['downloading 1', 'downloading 2', 'downloading 3', 'waits 4']);
  await world.do(world.engine.setSettings({ maxRunning: 2 }));
  await world.clock.pass(300);
  expect(standing(world)).toEqual(['downloading 1', 'downloading 2', 'waits 3', 'waits 4']);
  expect(inSwarm(world)).toEqual([true, true, false, false]);
});

test('one that nobody has does not keep the others from running', async () => {
  const world = await queued(1, { lacksSeed: 0 });
  await world.clock.pass(50_000);
  expect(standing(world)[1]).toBe('waits 2');
  await world.clock.pass(15_000);
  expect(standing(world).slice(0, 2)).toEqual(['downloading 1', 'downloading 2']);
  await world.until(ids[3] as TransferId, 'done');
  expect(world.view(ids[0] as TransferId).isWaiting).toBe(false);
});

test('queue, order and force are the same after a restart', async () => {
  const world = await queued(1);
  await world.do(world.engine.limits.queue.move([ids[2] as TransferId], ids[0] as TransferId));
  await world.do(world.engine.limits.queue.startNow(world.engine.transfer(ids[3] as TransferId) ?? fail()));
  await world.clock.pass(300);
  const before = standing(world);
  expect(before).toEqual(['waits 2', 'waits 3', 'downloading 1', 'downloading 4']);
  await world.restart();
  await world.clock.pass(500);
  expect(standing(world)).toEqual(before);
});

test('with everything paused nothing runs or seeds, each state stays, and all goes on when it is lifted', async () => {
  const world = await queued(1);
  await world.do(world.engine.setSettings({ sharing: 'share' }));
  await world.until(ids[0] as TransferId, 'done');
  await world.clock.pass(500);
  expect(world.view(ids[0] as TransferId).isSeeding).toBe(true);
  await world.do(world.engine.pause(ids[3] as TransferId));
  await world.do(world.engine.setSettings({ isAllPaused: true }));
  await world.clock.pass(500);
  expect(inSwarm(world)).toEqual([false, false, false, false]);
  expect(world.engine.activity()).toEqual({ running: 0, busy: false });
  const verified = world.view(ids[1] as TransferId).verified;
  await world.restart();
  await world.clock.pass(30_000);
  expect(standing(world)).toEqual(['done -', 'waits 1', 'waits 2', 'paused 3']);
  expect(world.view(ids[1] as TransferId).verified).toEqual(verified);
  expect(world.view(ids[0] as TransferId)).toMatchObject({ isSeeding: false, isStored: true });
  await world.do(world.engine.setSettings({ isAllPaused: false }));
  await world.until(ids[2] as TransferId, 'done');
  expect(world.view(ids[0] as TransferId).isSeeding).toBe(true);
  expect(standing(world)[3]).toBe('paused 1');
});

test('what is staged waits for nobody', async () => {
  const world = await queued(1);
  const staged = await smallTorrent({ seed: 9, name: 'staged', content: MIB, announce: [TRACKER] });
  await world.do(world.engine.setSettings({ askFirst: true }));
  const { id } = await world.do(world.engine.addTorrent(staged.made.torrentBytes));
  await world.clock.pass(500);
  expect(world.view(id)).toMatchObject({ state: { phase: 'choosing' }, isWaiting: false, queuePlace: null });
  await world.do(world.engine.accept(id, false));
  await world.clock.pass(500);
  expect(world.view(id)).toMatchObject({ isWaiting: true, queuePlace: 5 });
});

function fail(): never {
  throw new Error('it is not in the list');
}
