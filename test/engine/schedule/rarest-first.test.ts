import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rarestFirst } from '../../../src/engine/schedule/rarest-first.ts';

const STATE_OF_LETTER: Readonly<Record<string, number>> = { '.': 0, r: 1, o: 2, h: 3 };
const statesOf = (letters: string) => Uint8Array.from(letters, (letter) => STATE_OF_LETTER[letter] ?? 0);
const orderOf = (letters: string, holders: readonly number[], seed = 0) => [
  ...rarestFirst(statesOf(letters), Uint16Array.from(holders), seed),
];

describe('the order in which peers bring pieces', () => {
  test.each<[string, string, number[], number, number[]]>([
    ['the fewer have it the sooner', '....', [3, 1, 4, 2], 0, [1, 3, 0, 2]],
    ['what nobody has comes first: a peer may get it any moment', '...', [1, 0, 2], 0, [1, 0, 2]],
    ['only free pieces are in it', '.roh.', [2, 1, 1, 1, 1], 0, [4, 0]],
    ['among equals it goes backwards', '....', [1, 1, 1, 1], 0, [3, 2, 1, 0]],
    ['from a place that the seed says', '....', [1, 1, 1, 1], 2, [1, 0, 3, 2]],
    ['more than 255 holders are equally many', '...', [300, 65_535, 255], 0, [2, 1, 0]],
    ['but 254 are fewer', '...', [300, 254, 65_535], 0, [1, 2, 0]],
    ['it is empty when nothing is free', 'hor', [1, 1, 1], 5, []],
    ['it is empty when there are no pieces', '', [], 5, []],
  ])('%s', (_name, letters, holders, seed, expected) => {
    expect(orderOf(letters, holders, seed)).toEqual(expected);
  });

  test('is every free piece once, sorted by holders, for any world', () => {
    const world = fc.array(fc.tuple(fc.constantFrom('.', '.', 'r', 'o', 'h'), fc.nat(400)), { maxLength: 60 });
    fc.assert(
      fc.property(world, fc.nat(), (pieces, seed) => {
        const letters = pieces.map(([letter]) => letter).join('');
        const holders = pieces.map(([, count]) => count);
        const order = orderOf(letters, holders, seed);
        const free = [...letters].flatMap((letter, piece) => (letter === '.' ? [piece] : []));
        expect(order.toSorted((a, b) => a - b)).toEqual(free);
        const counts = order.map((piece) => Math.min(holders[piece] ?? 0, 255));
        expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('changes nothing', () => {
    const [states, holders] = [statesOf('..h.'), Uint16Array.of(3, 1, 1, 2)];
    rarestFirst(states, holders, 3);
    expect([[...states], [...holders]]).toEqual([
      [0, 0, 3, 0],
      [3, 1, 1, 2],
    ]);
  });
});
