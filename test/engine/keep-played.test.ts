import { afterEach, describe, expect, test } from 'vitest';
import { PlayerDesk } from '../../src/engine/playback/player-desk.ts';
import { leavePlayed } from '../../src/engine/transfer/keep-played.ts';
import type { FileIndex } from '../../src/model/ids.ts';
import type { PlayerId } from '../../src/model/player.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import { smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

const film = await smallTorrent({ content: 1_048_576, urlList: ['http://origin.test/'] });
const ANN = 'aaaaaaaa' as PlayerId;
const FIRST = 0 as FileIndex;

afterEach(giveTimersBack);

/** A film that somebody plays from its page. */
async function played(rateBytesPerS: number, opens = true) {
  const world = new EngineWorld();
  world.store.serve(film, 'origin.test');
  world.store.web.server('origin.test').rateBytesPerS = rateBytesPerS;
  const { id } = await world.do(world.engine.addTorrent(film.made.torrentBytes));
  world.engine.transfer(id)?.book.remember({ isPlayedOnly: true });
  await world.do(world.engine.transfer(id)?.book.persist() ?? Promise.resolve());
  const leaving: Promise<void>[] = [];
  const desk = new PlayerDesk({
    clock: world.clock,
    transfer: (it) => world.engine.transfer(it),
    onUnplayed: (transfer) => void leaving.push(leavePlayed(transfer, world.engine)),
  });
  if (opens) await world.do(desk.open(ANN, id, FIRST));
  const close = () => {
    desk.close(ANN);
    return world.do(Promise.all(leaving));
  };
  return { world, id, desk, close };
}

describe('a film that is played from its page', () => {
  test('is fetched no further when its player closes, and goes on when it is played again', async () => {
    const { world, id, desk, close } = await played(50_000);
    await world.clock.runUntil(() => false, 2_000);
    await close();
    expect(world.view(id).state.phase).toBe('paused');
    await world.do(desk.open(ANN, id, FIRST));
    expect(world.view(id).state.phase).not.toBe('paused');
  });

  test('is gone with its bytes when it was whole and nobody shares it', async () => {
    const { world, id, close } = await played(10_000_000);
    await world.until(id, 'done');
    expect(world.downloads.count).toBe(0);
    await close();
    expect(world.engine.transfer(id)).toBeUndefined();
  });

  test('stays until it was played, however soon it is whole, and is gone after a restart', async () => {
    const { world, id, desk } = await played(10_000_000, false);
    await world.until(id, 'done');
    await world.clock.runUntil(() => false, 5_000);
    expect((await world.do(desk.open(ANN, id, FIRST))).state).toBe('playable');
    await world.restart();
    expect(world.engine.transfer(id)).toBeUndefined();
  });

  test('is saved when the user resumes it', async () => {
    const { world, id, close } = await played(50_000);
    await world.clock.runUntil(() => false, 2_000);
    await close();
    world.store.web.server('origin.test').rateBytesPerS = 10_000_000;
    await world.do(world.engine.resume(id));
    await world.until(id, 'done');
    expect(world.downloads.count).toBe(1);
  });

  test('rests after a restart of the browser, until it is played again', async () => {
    const { world, id } = await played(50_000);
    await world.clock.runUntil(() => false, 2_000);
    await world.restart();
    expect(world.view(id).state.phase).toBe('paused');
  });
});
