import { expect, test } from 'vitest';
import { type PlayerStand, playbackOf, playedBytesPerS } from '../../../src/engine/playback/playback-of.ts';

const MB = 1_000_000;
const stand = (other: Partial<PlayerStand> = {}): PlayerStand => ({
  fileStartByte: 10 * MB,
  fileEndByte: 110 * MB,
  waits: [],
  readerByte: 50 * MB,
  readerTurn: 0,
  quietS: 0,
  leftByte: 12 * MB,
  aheadS: 0,
  bytesPerS: MB,
  isPaused: false,
  waitsForS: null,
  ...other,
});
const wait = (megabytes: number, turn = 1, isPlayed = true) => ({ startByte: megabytes * MB, isPlayed, turn });
const jumped = { waits: [wait(20, 3)], readerByte: 90 * MB, readerTurn: 4 };

test.each([
  ['nobody', [], null],
  ['one that has read so far', [stand()], 50],
  ['one that has ten seconds of that buffered', [stand({ aheadS: 10 })], 40],
  ['one that waits', [stand({ waits: [wait(60)] })], 60],
  ['one that waits for several: the latest wish counts', [stand({ waits: [wait(60), wait(90, 2)] })], 90],
  ['whichever comes first', [stand({ waits: [wait(90, 2), wait(60)] })], 90],
  ['one that jumped and has what it wished for there: what comes after that', [stand(jumped)], 90],
  ['one that has it buffered: an earlier wish waits', [stand({ ...jumped, quietS: 9, aheadS: 5 })], 85],
  ['one that starves and wishes for nothing else: the earlier wish', [stand({ ...jumped, quietS: 2 })], 20],
  [
    'one that waits for a file beside it: no time is left for that',
    [stand({ aheadS: 9, waits: [wait(5, 1, false)] })],
    5,
  ],
  ['never before the file', [stand({ readerByte: 12 * MB, aheadS: 30 })], 10],
  ['one that has read all', [stand({ readerByte: 110 * MB, quietS: 2 })], null],
  ['one that has just read the index at the end', [stand({ readerByte: 110 * MB })], 12],
  [
    'one that has read the index at the end, before it plays',
    [stand({ readerByte: 110 * MB, bytesPerS: null, quietS: 2 })],
    12,
  ],
  ['one that has read all, and waits for what is before', [stand({ readerByte: 110 * MB, waits: [wait(20)] })], 20],
  ['one that is paused and has enough', [stand({ isPaused: true, aheadS: 12 })], null],
  ['one that is paused, has enough and reads on', [stand({ isPaused: true, aheadS: 12, waits: [wait(60)] })], null],
  ['one that is paused and has little', [stand({ isPaused: true, aheadS: 2 })], 48],
  ['two: the one with less buffered', [stand({ aheadS: 20 }), stand({ aheadS: 5, readerByte: 80 * MB })], 75],
  ['two: the one that waits', [stand({ aheadS: 2 }), stand({ aheadS: 5, waits: [wait(80)] })], 75],
] as const)('%s', (_name, stands, megabytes) => {
  const playback = playbackOf(stands);
  expect(playback && playback.positionByte / MB).toBe(megabytes);
});

test('one that stands still is told with the bytes that it wants ahead of its playhead', () => {
  expect(playbackOf([stand({ aheadS: 1, waitsForS: 2.5 })])).toEqual({
    positionByte: 49 * MB,
    bytesPerS: MB,
    waitsForBytes: 2.5 * MB,
  });
});

test.each([
  ['as its page says', stand({ bytesPerS: 123 }), 123],
  ['as a film of an hour', stand({ bytesPerS: null, fileStartByte: 0, fileEndByte: 3_600 * MB }), MB],
  ['not less than a small film', stand({ bytesPerS: null }), 300_000],
  ['not more than a large one', stand({ bytesPerS: null, fileStartByte: 0, fileEndByte: 1e12 }), 2 * MB],
])('a player takes %s', (_name, it, bytesPerS) => {
  expect(playedBytesPerS(it)).toBe(bytesPerS);
});
