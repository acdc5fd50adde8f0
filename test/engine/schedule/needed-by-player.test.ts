import { expect, test } from 'vitest';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import { mayComeTwice } from '../../../src/engine/schedule/needed-by-player.ts';
import { BLOCK, PIECE, smallView } from './small-view.ts';

/** One piece lasts a second; the third is due in one and a half. */
const PLAYBACK = { positionByte: 0, bytesPerS: PIECE };

test.each([
  ['what a player comes to in a moment, with the last that is allowed', 0, 1, PLAYBACK, true],
  ['nothing when none is allowed', 0, 0.5, PLAYBACK, false],
  ['not what it comes to later: that would take the last', 2, 6, PLAYBACK, false],
  ['what it comes to later while there is enough', 2, 7, PLAYBACK, true],
  ['anything while nobody plays', 2, 1, null, true],
])('may come twice: %s', (_what, piece, allowedBlocks, playback, may) => {
  const draft = new Draft(smallView(10, { playback, wasteAllowanceBytes: allowedBlocks * BLOCK }));
  expect(mayComeTwice(draft, piece)).toBe(may);
});
