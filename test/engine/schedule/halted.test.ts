import { describe, expect, test } from 'vitest';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import { giveBackHalted, hasHalted } from '../../../src/engine/schedule/halted.ts';
import type { OriginView } from '../../../src/engine/schedule/plan-view.ts';
import { lineOf, type OriginInput, viewOf, type World } from './plan-world.ts';

const BLOCK = 16_384;

describe('an origin has halted', () => {
  test.each<[string, OriginInput, boolean]>([
    ['not while it sends', { rate: 1_000, silentS: 0.3 }, false],
    ['after a second and a half when it has sent before', { rate: 1_000, silentS: 1.6 }, true],
    ['however long its first byte takes', { rate: 1_000, firstByteMs: 4_000, silentS: 1.6 }, true],
    ['not before five seconds when it has never answered', { silentS: 4.9 }, false],
    ['when it has never answered in five seconds', { silentS: 5.1 }, true],
    ['not within three times what its first byte took', { firstByteMs: 1_000, silentS: 2.9 }, false],
    ['when that is over', { firstByteMs: 1_000, silentS: 3.1 }, true],
    ['not within a second and a half, however fast its first byte was', { firstByteMs: 10, silentS: 1.4 }, false],
  ])('%s', (_name, origin, expected) => {
    expect(hasHalted(viewOf({ pieces: '.', origins: { cdn: origin } }).origins[0] as OriginView)).toBe(expected);
  });
});

describe('a stream that has come to a halt gives back what it was to bring', () => {
  const small = { pieceLengthBytes: 4 * BLOCK };
  const silent = { origin: 'slow', piece: 0, endPiece: 2, streamedBytes: BLOCK + 5, silentS: 2 };
  const slow = { slow: {}, cdn: {} };

  test.each<[string, World, string[]]>([
    ['after the block that it is in', { ...small, pieces: '??', origins: slow, runs: [silent] }, ['0.2']],
    ['not while it sends', { ...small, pieces: '??', origins: slow, runs: [{ ...silent, silentS: 1.4 }] }, []],
    [
      'not while its first byte is waited for',
      { ...small, pieces: '??', origins: slow, runs: [{ ...silent, streamedBytes: 0, rate: null, silentS: 4.9 }] },
      [],
    ],
    [
      'all but its first block when that never came',
      { ...small, pieces: '??', origins: slow, runs: [{ ...silent, streamedBytes: 0, rate: null, silentS: 5.1 }] },
      ['0.1'],
    ],
    [
      'after the piece that it is in when that is suspect',
      { ...small, pieces: '??', suspect: [0], origins: slow, runs: [silent] },
      ['1'],
    ],
    [
      'nothing when it is in its last block',
      { ...small, pieces: '??', origins: slow, runs: [{ ...silent, endPiece: 0.5 }] },
      [],
    ],
    ['nothing when nobody else is there', { ...small, pieces: '??', origins: { slow: {} }, runs: [silent] }, []],
    [
      'nothing when the only other origin has halted too',
      { ...small, pieces: '??', origins: { slow: {}, cdn: { rate: 1, silentS: 9 } }, runs: [silent] },
      [],
    ],
    [
      'when a peer that has brought something is there',
      { ...small, pieces: '??', origins: { slow: {} }, peers: { a: {} }, runs: [silent] },
      ['0.2'],
    ],
    [
      'not for a peer that has brought nothing yet',
      { ...small, pieces: '??', origins: { slow: {} }, peers: { a: { rate: null } }, runs: [silent] },
      [],
    ],
    [
      'not for a peer when peers are off',
      { ...small, pieces: '??', policy: 'peers-off', origins: { slow: {} }, peers: { a: {} }, runs: [silent] },
      [],
    ],
  ])('%s', (_name, world, expected) => {
    const draft = new Draft(viewOf(world));
    giveBackHalted(draft);
    expect(draft.decisions.map((decision) => lineOf(decision, draft.map))).toEqual(
      expected.map((at) => `run 1 ends at ${at} halted`),
    );
  });
});
