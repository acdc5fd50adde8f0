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
  ['http://192.168.1.2/', ['ws://192.168.1.3:8000'], []],
  ['http://cdn.example/', [], [/Without a tracker/, /base address/]],
])('%s with %j', (baseUrl, trackers, expected) => {
  expect(siteNotes({ baseUrl, trackers, reportUrl: null })).toEqual(
    expected.map((note) => expect.stringMatching(note)),
  );
});

test.each<[string, readonly RegExp[]]>([
  ['https://edge.example/', []],
  ['http://127.0.0.1:8000/', []],
  ['http://edge.example/', [/Nobody reports to an address that is not encrypted/]],
])('reports to %s', (reportUrl, expected) => {
  const notes = siteNotes({ baseUrl: 'https://cdn.example/', trackers: ['wss://t.example'], reportUrl });
  expect(notes).toEqual(expected.map((note) => expect.stringMatching(note)));
});
