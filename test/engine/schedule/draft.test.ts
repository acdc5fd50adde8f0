import { expect, test } from 'vitest';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import { MIB, viewOf } from './plan-world.ts';
import { smallPeer, smallView } from './small-view.ts';

/** Seconds until each run ends. */
const secondsOf = (world: Parameters<typeof viewOf>[0]): number[] => {
  const draft = new Draft(viewOf(world));
  return draft.runs.map((run) => draft.runS(run));
};
const run = (piece: number, endPiece: number, rate: number, origin = 'cdn') => ({ origin, piece, endPiece, rate });

test('a run that is alone goes on at its rate', () => {
  const world = { pieces: 'rrrr', runs: [run(0, 4, MIB)], origins: { cdn: { rate: MIB } } };
  expect(secondsOf(world)).toEqual([4]);
});

test('runs of one origin get its whole rate in turn, as the others end', () => {
  const runs = [run(0, 1, MIB), run(1, 4, MIB), run(4, 10, MIB)];
  const world = { pieces: 'r'.repeat(10), runs, origins: { cdn: { rate: 3 * MIB } } };
  // 1 s for all three, then two of them at one and a half times their rate, then the last one alone.
  expect(secondsOf(world)).toEqual([1, (1 + 3 + 3) / 3, 10 / 3]);
});

test('a run of another origin leaves nothing to them', () => {
  const runs = [run(0, 1, MIB), run(1, 4, MIB, 'mirror')];
  const world = { pieces: 'rrrr', runs, origins: { cdn: { rate: MIB }, mirror: { rate: MIB } } };
  expect(secondsOf(world)).toEqual([1, 3]);
});

test('an origin that has shown no rate, or rests, promises nothing', () => {
  const runs = [run(0, 1, MIB), run(1, 4, MIB, 'resting')];
  expect(secondsOf({ pieces: 'rrrr', runs, origins: { cdn: {} } })).toEqual([1, 3]);
});

test.each([
  ['is not believed at once while there is time', 10, 1_000_000],
  ['is believed near a deadline', 2, 100_000],
])('a peer that seems to have become slower %s', (_, inS, expected) => {
  const ann = smallPeer('ann', { slowedBytesPerS: 100_000 });
  const draft = new Draft(smallView(4, { peers: [ann], demand: { type: 'deadline', inS } }));
  expect(draft.peers[0]?.rateBytesPerS).toBe(expected);
});
