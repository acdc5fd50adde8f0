import { expect, test } from 'vitest';
import { siteNotes } from '../../src/publishing/site-notes.ts';

test.each<[string, readonly string[], readonly RegExp[]]>([
  ['https://cdn.example/', ['wss://t.example'], []],
  ['https://cdn.example/', ['udp://t.example:1', 'wss://t.example'], []],
  ['https://cdn.example/', [], [/Without a tracker/]],
  ['https://cdn.example/', ['udp://t.example:1'], [/wss:\/\/ trackers only/]],
  ['https://cdn.example/', ['ws://t.example'], [/tracker is not encrypted/]],
  ['http://cdn.example/', ['ws://t.example'], [/base address is not encrypted/]],
  ['http://localhost:8080/', ['ws://127.0.0.1:8000'], []],
  ['http://127.0.0.1/', ['ws://127.0.0.1:8000'], []],
  ['http://cdn.example/', [], [/Without a tracker/, /base address/]],
])('%s with %j', (baseUrl, trackers, expected) => {
  expect(siteNotes({ baseUrl, trackers })).toEqual(expected.map((note) => expect.stringMatching(note)));
});
