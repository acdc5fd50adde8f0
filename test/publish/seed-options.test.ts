import { expect, test } from 'vitest';
import { UsageError } from '../../src/publish/command.ts';
import { readSeedOptions } from '../../src/publish/seed-options.ts';

test.each([
  [['media'], { paths: ['media'], trackers: [], upBytesPerS: null }],
  [['a.torrent', 'b', '--up', '2M'], { paths: ['a.torrent', 'b'], trackers: [], upBytesPerS: 2_000_000 }],
  [['b', '--up', '1.5m'], { paths: ['b'], trackers: [], upBytesPerS: 1_500_000 }],
  [['b', '--up', '500k'], { paths: ['b'], trackers: [], upBytesPerS: 500_000 }],
  [['b', '--up', '4096'], { paths: ['b'], trackers: [], upBytesPerS: 4096 }],
  [
    ['b', '--tracker', 'wss://t.example/', '--tracker', 'ws://u.example', '--tracker', 'wss://t.example/'],
    { paths: ['b'], trackers: ['wss://t.example/', 'ws://u.example'], upBytesPerS: null },
  ],
  [['--help'], null],
])('%j is understood', (words, expected) => {
  expect(readSeedOptions(words)).toEqual(expected);
});

test.each([
  [[], /What shall be seeded/],
  [['b', '--up', 'fast'], /--up takes bytes a second/],
  [['b', '--up', '4'], /from 4k on/],
  [['b', '--up', '-1'], /--up/],
  [['b', '--tracker', 'udp://t.example:80'], /Browsers do not reach/],
  [['b', '--tracker', 'hello'], /is not a tracker/],
  [['b', '--down', '7'], /--down/],
])('%j is not', (words, reason) => {
  expect(() => readSeedOptions(words)).toThrow(UsageError);
  expect(() => readSeedOptions(words)).toThrow(reason);
});
