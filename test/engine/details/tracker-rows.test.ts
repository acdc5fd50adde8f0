import { expect, test } from 'vitest';
import { trackerRows } from '../../../src/engine/details/tracker-rows.ts';
import type { TrackerStatus } from '../../../src/engine/swarm/swarm.ts';
import type { TrackerRow } from '../../../src/model/transfer-details.ts';

const SOCKET = 'wss://socket.test/announce';
const HTTP = 'https://http.test/announce';
const UDP = 'udp://udp.test:80';
const status = (more: Partial<TrackerStatus> = {}): TrackerStatus => ({
  url: SOCKET,
  state: 'working',
  seeds: 3,
  peers: 4,
  answeredAtMs: 1_000,
  error: null,
  ...more,
});
const facts = (more: Partial<Parameters<typeof trackerRows>[0]>) => ({
  urls: [SOCKET],
  used: [status()],
  isInSwarm: true,
  scrapeOf: () => null,
  added: [],
  ...more,
});

test.each<[string, Parameters<typeof facts>[0], Partial<TrackerRow>]>([
  ['works', {}, { kind: 'websocket', state: 'working', seeds: 3, peers: 4, lastAnswerAtMs: 1_000, lastError: null }],
  ['is one more than are used', { used: [] }, { state: 'spare', seeds: null }],
  ['is of a transfer in no swarm', { used: [], isInSwarm: false }, { state: 'off' }],
  [
    'refuses',
    { used: [status({ state: 'connecting', error: { code: 'said', text: 'go away' } })] },
    { state: 'failing', lastError: { code: 'said', text: 'go away' } },
  ],
  ['speaks UDP', { urls: [UDP] }, { kind: 'udp', state: 'not-in-browsers', seeds: null, lastError: null }],
  ['speaks HTTP and was not asked', { urls: [HTTP] }, { kind: 'http', state: 'not-in-browsers', seeds: null }],
  [
    'speaks HTTP and has counted',
    { urls: [HTTP], scrapeOf: () => ({ counts: { seeds: 12, peers: 0 }, answeredAtMs: 5, error: null }) },
    { state: 'counts-only', seeds: 12, peers: 0, lastAnswerAtMs: 5 },
  ],
  [
    'speaks HTTP and is dead',
    { urls: [HTTP], scrapeOf: () => ({ counts: null, answeredAtMs: null, error: { code: 'unreachable' } }) },
    { state: 'not-in-browsers', seeds: null, lastError: { code: 'unreachable' } },
  ],
  ['is one of the user’s own', { added: [SOCKET] }, { isAdded: true }],
  ['is spoken to in no known way', { urls: ['dht://x'] }, { kind: 'other', state: 'not-in-browsers' }],
])('a tracker that %s', (_name, more, row) => {
  expect(trackerRows(facts(more))).toEqual([expect.objectContaining(row)]);
});

test('each tracker has one row, in the order of the torrent', () => {
  expect(trackerRows(facts({ urls: [UDP, SOCKET, HTTP, UDP] })).map(({ url }) => url)).toEqual([UDP, SOCKET, HTTP]);
});
