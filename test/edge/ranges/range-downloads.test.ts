import { expect, test } from 'vitest';
import { createRangeDownloads, type SentBytes } from '../../../src/edge/ranges/range-downloads.ts';

const NOON = Date.UTC(2026, 10, 22, 12);
const MIDNIGHT = Date.UTC(2026, 10, 23);
const HOUR_MS = 3_600_000;
const FILM = 'f'.repeat(40);
const SONG = '5'.repeat(40);
const SIZE = 1000;
const ANN = '192.0.2.1';
const BEN = '192.0.2.2';

/** A world in which time passes when it is told to. */
function world({ startMs = NOON, bounds = undefined as Parameters<typeof createRangeDownloads>[2] } = {}) {
  let atMs = startMs;
  let salts = 0;
  const ranges = createRangeDownloads(
    () => atMs,
    (bytes) => {
      salts += 1;
      return new Uint8Array(bytes).fill(salts);
    },
    bounds,
  );
  const sent = (startByte: number, endByte: number, more: Partial<SentBytes> = {}) =>
    ranges.sent({
      ...{
        atMs,
        addressKey: ANN,
        infoHash: FILM,
        sizeBytes: SIZE,
        startByte,
        bytes: endByte - startByte,
        lineId: null,
      },
      ...more,
    });
  return {
    ...ranges,
    sent,
    pass: (ms: number) => {
      atMs += ms;
    },
    /** How many downloads count by now. */
    count: () => {
      atMs += 30_000;
      return ranges.due().length;
    },
  };
}

test('ranges that together are the whole file are one download, counted once and without bytes of its own', () => {
  const { sent, due, pass } = world();
  sent(0, 400);
  pass(HOUR_MS);
  sent(700, 1000);
  expect(due(true)).toEqual([]);
  sent(300, 750);
  expect(due()).toEqual([]);
  pass(30_000);
  const event = { type: 'origin', atMs: NOON + HOUR_MS, infoHash: FILM, bytes: 0, whole: true, lineId: null };
  expect(due()).toEqual([event]);
  expect(due(true)).toEqual([]);
});

test.each([
  [
    'the same half twice',
    [
      [0, 500],
      [0, 500],
    ],
    {},
    0,
  ],
  [
    'all but a byte',
    [
      [0, 500],
      [501, 1000],
    ],
    {},
    0,
  ],
  ['all in one', [[0, 1000]], {}, 1],
  ['more than the file has', [[0, 1200]], {}, 1],
  [
    'the whole twice',
    [
      [0, 1000],
      [0, 600],
      [600, 1000],
    ],
    {},
    2,
  ],
  ['nothing', [[0, 0]], {}, 0],
  [
    'a second part of another file',
    [
      [0, 500],
      [500, 1000],
    ],
    { infoHash: SONG },
    0,
  ],
  [
    'a second part to another address',
    [
      [0, 500],
      [500, 1000],
    ],
    { addressKey: BEN },
    0,
  ],
] as const)('%s', (_, parts, lastOne, downloads) => {
  const { sent, count } = world();
  for (const [index, [start, end]] of parts.entries()) sent(start, end, index === parts.length - 1 ? lastOne : {});
  expect(count()).toBe(downloads);
});

test.each([
  ['before its first range', 0],
  ['in the middle', 1],
  ['after its last', 2],
])('who is in the swarm is counted there: the tracker hears of it %s', (_, when) => {
  const { sent, countedElsewhere, count, pass } = world();
  const parts: readonly (readonly [number, number])[] = [
    [0, 500],
    [500, 1000],
  ];
  for (const at of [0, 1, 2]) {
    if (at === when) countedElsewhere(ANN, FILM);
    const part = parts[at];
    if (part !== undefined) sent(...part);
    pass(5000);
  }
  expect(count()).toBe(0);
  sent(0, 1000, { addressKey: BEN });
  sent(0, 1000, { infoHash: SONG });
  expect(count()).toBe(2);
});

test('who is in the swarm on one day may take ranges on the next', () => {
  const { sent, countedElsewhere, count, pass } = world();
  countedElsewhere(ANN, FILM);
  sent(0, 1000);
  expect(count()).toBe(0);
  pass(24 * HOUR_MS);
  sent(0, 1000);
  expect(count()).toBe(1);
});

test('a download over midnight that the tracker hears of afterwards is not counted by its ranges', () => {
  const { sent, countedElsewhere, count, pass } = world({ startMs: MIDNIGHT - 5000 });
  sent(0, 1000);
  pass(10_000);
  countedElsewhere(ANN, FILM);
  expect(count()).toBe(0);
});

test('parts of different days are not put together', () => {
  const { sent, count, pass } = world({ startMs: MIDNIGHT - 5000 });
  sent(0, 500);
  pass(10_000);
  sent(500, 1000);
  expect(count()).toBe(0);
});

test('lines of a log that comes late count by their own time, those from before the start do not', () => {
  const { sent, due, pass } = world();
  pass(20 * HOUR_MS);
  sent(0, 1000, { atMs: NOON, lineId: 'a.0' });
  sent(0, 1000, { atMs: NOON - 1000, lineId: 'b.0' });
  pass(72 * HOUR_MS);
  sent(0, 1000, { atMs: NOON + 1000, lineId: 'c.0' });
  expect(due(true).map((event) => 'lineId' in event && [event.atMs, event.lineId])).toEqual([[NOON, 'a.0 whole']]);
});

test('strangers cannot make it grow', () => {
  const { sent, count, countedElsewhere } = world({ bounds: { followed: 2, islandsEach: 3, elsewhere: 2 } });
  for (const addressKey of [ANN, BEN, '192.0.2.3']) sent(0, 500, { addressKey });
  sent(500, 1000); // of ANN nothing is known any more
  sent(500, 1000, { addressKey: '192.0.2.3' });
  expect(count()).toBe(1);
  for (let start = 0; start < SIZE; start += 2) sent(start, start + 1, { addressKey: BEN });
  for (let start = 1; start < SIZE; start += 2) sent(start, start + 1, { addressKey: BEN });
  expect(count()).toBe(0);
  // When it cannot remember who is in the swarm, it counts no ranges at all.
  for (const addressKey of ['a', 'b', 'c']) countedElsewhere(addressKey, FILM);
  sent(0, 1000, { addressKey: '198.51.100.7' });
  expect(count()).toBe(0);
});
