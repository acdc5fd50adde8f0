import { expect, test } from 'vitest';
import type { InfoHash } from '../../src/model/ids.ts';
import { readTrackerUrl, type Shards, shardedTracker } from '../../src/publishing/tracker-shard.ts';

const HASH = `3f${'0'.repeat(38)}` as InfoHash;

test.each<[string, Shards, string]>([
  ['wss://t.example', '256', 'wss://t.example/s/3f'],
  ['wss://t.example/', '16', 'wss://t.example/s/3'],
  ['ws://t.example:8000/s/', '256', 'ws://t.example:8000/s/3f'],
  ['wss://t.example/room/s/', '16', 'wss://t.example/room/s/3'],
  ['wss://t.example/?key=1', '256', 'wss://t.example/s/3f?key=1'],
  // A path is somebody's own, and other kinds of tracker know no such paths.
  ['wss://t.example/announce', '256', 'wss://t.example/announce'],
  ['https://t.example', '256', 'https://t.example'],
  ['udp://t.example:6969', '256', 'udp://t.example:6969'],
  ['wss://t.example', 'none', 'wss://t.example'],
  ['wss://t.example/s/', 'none', 'wss://t.example/s/'],
])('%s with %s shards is %s', (tracker, shards, expected) => {
  expect(shardedTracker(tracker, HASH, shards)).toBe(expected);
});

test.each(['t.example', 'ftp://t.example', 'wss://', 'javascript:alert(1)'])('%s is no tracker', (text) => {
  expect(() => readTrackerUrl(text)).toThrow('is not a tracker');
});

test('a tracker stays as it is given', () => {
  expect(readTrackerUrl(' wss://T.example ')).toBe('wss://T.example');
});
