import { describe, expect, test } from 'vitest';
import type { TorrentInfo } from '../../../src/engine/torrent/torrent-description.ts';
import { judgeLies } from '../../../src/engine/transfer/judge-lies.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';

const PIECE = 32_768;
/**
 * Pieces: `large` has 0 to 3 and shares 3 with `small`, which 3 alone holds; `middle` begins in 3 and ends in 8, which it
 * shares with `last`; `last` ends in 10.
 */
const { info } = await smallTorrent({
  name: 'folder',
  content: { large: 3 * PIECE + 1_000, small: 2_000, middle: 5 * PIECE, last: 2 * PIECE },
});
const single = (await smallTorrent({ content: 10 * PIECE })).info;

const judge = (
  proofs: readonly (readonly [piece: number, times: number])[],
  goodPieces = 0,
  of: TorrentInfo = info,
) => {
  const judgement = judgeLies(of, new Map(proofs.map(([piece, times]) => [piece as PieceIndex, times])), goodPieces);
  return { ...judgement, lacks: judgement.lacks.toSorted((a, b) => a - b) };
};

describe('in a single file', () => {
  test.each([
    ['one wrong piece is a lie', [[2, 1]], { lies: 1, isLiar: false }],
    [
      'two are a liar',
      [
        [2, 1],
        [7, 1],
      ],
      { lies: 2, isLiar: true },
    ],
    ['one that is wrong again is a liar', [[2, 2]], { lies: 2, isLiar: true }],
  ] as const)('%s', (_name, proofs, expected) => {
    expect(judge(proofs, 1_000, single)).toEqual({ ...expected, lacks: [] });
  });
});

describe('in a torrent of several files', () => {
  test.each([
    ['one wrong piece is a lie until it comes again', [[1, 1]], { lies: 1, isLiar: false, lacks: [] }],
    ['a piece that was wrong twice stays so', [[3, 2]], { lies: 0, isLiar: false, lacks: [3] }],
    [
      'two pieces of one file: the file has changed, what it shares is still asked for',
      [
        [1, 1],
        [2, 1],
      ],
      { lies: 0, isLiar: false, lacks: [0, 1, 2] },
    ],
    [
      'two pieces of different files are a liar',
      [
        [1, 1],
        [5, 1],
      ],
      { lies: 2, isLiar: true, lacks: [] },
    ],
    [
      'a file between two that changed is not given up',
      [
        [3, 2],
        [8, 2],
      ],
      { lies: 0, isLiar: false, lacks: [3, 8] },
    ],
    [
      'a shared piece may be of the file that changed',
      [
        [5, 1],
        [8, 1],
      ],
      { lies: 1, isLiar: false, lacks: [4, 5, 6, 7] },
    ],
    [
      'once a file has changed, wrong bytes of another are a lie',
      [
        [1, 1],
        [2, 1],
        [9, 1],
      ],
      { lies: 3, isLiar: true, lacks: [] },
    ],
  ] as const)('%s', (_name, proofs, expected) => {
    expect(judge(proofs)).toEqual(expected);
  });

  test('a second changed file is excused in an origin that brought much that is good, a third is not', () => {
    const two = [
      [1, 1],
      [5, 1],
    ] as const;
    expect(judge(two, 7).isLiar).toBe(true);
    expect(judge(two, 8)).toEqual({ lies: 2, isLiar: false, lacks: [] });
    expect(judge([...two, [9, 1]], 15).isLiar).toBe(true);
  });

  test('four small files may change in any origin, a fifth may not', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const pairs = names.flatMap(
      (name) =>
        [
          [`${name} film`, 2 * PIECE - 500],
          [`${name} notes`, 500],
        ] as const,
    );
    const records = (await smallTorrent({ name: 'folder', content: Object.fromEntries(pairs) })).info;
    const wrong = [1, 3, 5, 7, 9].map((piece) => [piece, 2] as const);
    expect(judge(wrong.slice(0, 4), 0, records)).toEqual({ lies: 0, isLiar: false, lacks: [1, 3, 5, 7] });
    expect(judge(wrong, 0, records).isLiar).toBe(true);
  });
});
