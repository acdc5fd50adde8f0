import { describe, expect, test } from 'vitest';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import { nextStretch, type Stretch } from '../../../src/engine/schedule/free-stretch.ts';
import type { OriginView } from '../../../src/engine/schedule/plan-view.ts';
import { MIB, viewOf, type World } from './plan-world.ts';

const BLOCK = 16_384;

/** What the first origin of a world streams next, in pieces. */
function stretchIn(world: World, wantedBytes: number, isSpared = false): string | null {
  const view = viewOf({ origins: { cdn: {} }, ...world });
  const draft = new Draft(view);
  const stretch: Stretch | null = nextStretch(draft, view.origins[0] as OriginView, wantedBytes, isSpared);
  const { map } = view;
  const place = (byte: number) => (byte >= map.lengthBytes ? map.pieceCount : byte / map.pieceLengthBytes);
  return stretch === null ? null : `${place(stretch.startByte)} to ${place(stretch.endByte)}`;
}

describe('where an origin streams next', () => {
  test.each<[string, World, number, string | null]>([
    ['from the front', { pieces: 'h......' }, 3 * MIB, '1 to 4'],
    ['whole pieces, to the nearest number', { pieces: '......' }, 2.6 * MIB, '0 to 3'],
    ['one piece at least', { pieces: '......' }, 1, '0 to 1'],
    ['up to what somebody else brings', { pieces: '..h..' }, 9 * MIB, '0 to 2'],
    [
      'to the end of a torrent whose last piece is short',
      { pieces: '...', lengthBytes: 2 * MIB + 5 },
      9 * MIB,
      '0 to 3',
    ],
    ['nowhere when nothing is free', { pieces: 'hhh' }, MIB, null],
    ['around what it is barred from', { pieces: '.....', origins: { cdn: { barred: [0, 3] } } }, 9 * MIB, '1 to 3'],
    ['nowhere when it is barred from all that is free', { pieces: 'h.', origins: { cdn: { barred: [1] } } }, MIB, null],
    ['first what no peer has', { pieces: '......', peers: { a: { has: [0, 1, 5] } } }, 9 * MIB, '2 to 5'],
    [
      'and on with what peers have only while the stretch is too short for a request',
      { pieces: '......', pieceLengthBytes: 4 * BLOCK, peers: { a: { has: [0, 1, 3, 4, 5] } } },
      9 * MIB,
      '2 to 6',
    ],
    ['from the front when peers have everything', { pieces: '....', peers: { a: {} } }, 2 * MIB, '0 to 2'],
    [
      'from the front when there are no peers, whoever had what',
      { pieces: '....', holders: [1, 0, 0, 0] },
      MIB,
      '0 to 1',
    ],
    ['not where a neighbour fetches', { pieces: '....', claimed: [0, 1] }, MIB, '2 to 3'],
    ['there too when nothing else is free', { pieces: '..hh', claimed: [0, 1] }, 9 * MIB, '0 to 2'],
    [
      'what peers have before what neighbours fetch',
      { pieces: '...', claimed: [0], peers: { a: { has: [1, 2] } } },
      MIB,
      '1 to 2',
    ],
    [
      'from where a player is',
      { pieces: '......', playback: { positionByte: 3.5 * MIB, bytesPerS: 1 } },
      2 * MIB,
      '3 to 5',
    ],
    [
      'from where a player is, whatever peers have',
      { pieces: '......', peers: { a: { has: [3] } }, playback: { positionByte: 3 * MIB, bytesPerS: 1 } },
      MIB,
      '3 to 4',
    ],
    [
      'from the front again when all behind the player is here',
      { pieces: '..hhhh', playback: { positionByte: 3 * MIB, bytesPerS: 1 } },
      9 * MIB,
      '0 to 2',
    ],
  ])('%s', (_name, world, wantedBytes, expected) => {
    expect(stretchIn(world, wantedBytes)).toBe(expected);
  });
});

describe('while a rate is kept, an origin streams', () => {
  const pieceLengthBytes = 32 * BLOCK;
  const demand = { type: 'rate', bytesPerS: MIB, elapsedS: 0, gotBytes: 0 } as const;
  const half = '+'.repeat(16) + '.'.repeat(16);
  const most = '+'.repeat(28) + '.'.repeat(4);
  const begun = (piece: number, blocks: string): World => ({ pieces: '..o.', open: [{ piece, blocks }] });
  test.each<[string, World, string]>([
    ['the rest of a piece that was begun', { ...begun(2, half), peers: { a: {} } }, '2.5 to 3'],
    ['the rest of one that no peer has first', { ...begun(2, most), peers: { a: { has: [0, 1] } } }, '2.875 to 3'],
    ['what no peer has before the rest of others', { ...begun(2, half), peers: { a: { has: [0, 1, 2] } } }, '3 to 3.5'],
    ['and no single blocks that peers left', { ...begun(2, most), peers: { a: {} } }, '0 to 0.5'],
    ['but those too when nothing else is left', { pieces: 'hho', open: [{ piece: 2, blocks: most }] }, '2.875 to 3'],
  ])('%s', (_name, world, expected) => {
    expect(stretchIn({ ...world, pieceLengthBytes, demand, policy: 'spare-origin' }, MIB / 4, true)).toBe(expected);
  });
});

describe('blocks of begun pieces that nobody brings', () => {
  const small = { pieceLengthBytes: 4 * BLOCK };
  test.each<[string, World, number, string | null]>([
    ['are found where they are', { ...small, pieces: 'ho', open: [{ piece: 1, blocks: '+..a' }] }, MIB, '1.25 to 1.75'],
    [
      'as many as are wanted',
      { ...small, pieces: 'o', open: [{ piece: 0, blocks: '+...' }] },
      2 * BLOCK,
      '0.25 to 0.75',
    ],
    ['one at least', { ...small, pieces: 'o', open: [{ piece: 0, blocks: '+...' }] }, 1, '0.25 to 0.5'],
    [
      'to the end of a short last piece',
      { ...small, pieces: 'ho', lengthBytes: 5 * BLOCK + 7, open: [{ piece: 1, blocks: '+.' }] },
      MIB,
      '1.25 to 2',
    ],
    ['are none when all are asked for', { ...small, pieces: 'o', open: [{ piece: 0, blocks: '++aa' }] }, MIB, null],
    [
      "are not another's when one source alone may bring them",
      { ...small, pieces: 'o', open: [{ piece: 0, blocks: 'a...', soleSource: 'a' }] },
      MIB,
      null,
    ],
    [
      'nor of a piece from which the origin is barred',
      {
        ...small,
        pieces: 'oo',
        open: [
          { piece: 0, blocks: '+...' },
          { piece: 1, blocks: '+.++' },
        ],
        origins: { cdn: { barred: [0] } },
      },
      MIB,
      '1.25 to 1.5',
    ],
  ])('%s', (_name, world, wantedBytes, expected) => {
    expect(stretchIn(world, wantedBytes)).toBe(expected);
  });
});
