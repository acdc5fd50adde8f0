import { describe, expect, test } from 'vitest';
import type { TrackerStatus } from '../../../src/engine/swarm/swarm.ts';
import {
  browserTrackers,
  type OriginStatus,
  problemsOf,
  type SourceStatus,
} from '../../../src/engine/transfer/problems.ts';
import type { Problem } from '../../../src/model/failure.ts';

const GOOD_ORIGIN: OriginStatus = { host: 'cdn', isUsable: true, isDropped: false, lies: 0, last: null };
const FAILED: Extract<Problem, { code: 'origin-failed' }> = {
  code: 'origin-failed',
  host: 'cdn',
  fault: 'busy',
  status: 503,
  retryInS: 30,
};
const tracker = (url: string, state: TrackerStatus['state']): TrackerStatus => ({
  url,
  state,
  seeds: null,
  answeredAtMs: null,
  error: null,
  peers: null,
});
const [good, bad, busy] = [
  tracker('wss://good.test/a', 'working'),
  tracker('wss://bad.test/a', 'failing'),
  tracker('wss://new.test/a', 'connecting'),
];

/** A transfer that looks for a minute, with nothing found. */
const LOOKING: SourceStatus = {
  policy: 'fastest',
  hasMetadata: true,
  trackerUrls: ['wss://good.test/a'],
  trackers: [],
  torrentUrls: 0,
  origins: [],
  peers: 0,
  lyingPeers: new Map(),
  isMoving: false,
  runningForS: 60,
};
const codes = (status: Partial<SourceStatus>) => problemsOf({ ...LOOKING, ...status }).map(({ code }) => code);

describe('each problem appears exactly when it should', () => {
  test.each<[string, Partial<SourceStatus>, Problem['code'][]]>([
    ['no tracker and no origin', { trackerUrls: [] }, ['no-sources']],
    ['no tracker, but an origin', { trackerUrls: [], origins: [GOOD_ORIGIN] }, []],
    ['no tracker, but the address of a .torrent', { trackerUrls: [], torrentUrls: 1 }, []],
    ['peers off and no origin', { policy: 'peers-off' }, ['policy-rules-out']],
    ['peers off, but an origin', { policy: 'peers-off', origins: [GOOD_ORIGIN] }, []],
    ['peers off before the metadata is known', { policy: 'peers-off', hasMetadata: false }, []],
    [
      'origins off and no tracker for browsers',
      { policy: 'origins-off', trackerUrls: ['udp://a:1'], origins: [GOOD_ORIGIN] },
      ['policy-rules-out'],
    ],
    ['origins off and no source at all', { policy: 'origins-off', trackerUrls: [] }, ['no-sources']],
    ['origins off, but a tracker', { policy: 'origins-off', origins: [GOOD_ORIGIN] }, []],
    ['only UDP trackers', { trackerUrls: ['udp://a:1', 'UDP://b:1'] }, ['no-browser-source']],
    ['only HTTP trackers', { trackerUrls: ['http://a/', 'https://b/'] }, ['no-browser-source']],
    ['only UDP trackers, but an origin', { trackerUrls: ['udp://a:1'], origins: [GOOD_ORIGIN] }, []],
    ['UDP trackers and one for browsers', { trackerUrls: ['udp://a:1', 'ws://b'] }, []],
    ['trackers that have not answered yet', { trackers: [busy] }, []],
    ['all trackers failing', { trackers: [bad] }, ['trackers-unreachable']],
    ['some trackers failing, the others empty', { trackers: [bad, good] }, ['trackers-unreachable', 'no-peers']],
    ['all trackers failing at the start too', { trackers: [bad], runningForS: 0 }, ['trackers-unreachable']],
    ['trackers failing, but peers are here and send', { trackers: [bad], peers: 2, isMoving: true }, []],
    ['trackers failing, but an origin sends', { trackers: [bad], origins: [GOOD_ORIGIN], isMoving: true }, []],
    ['trackers failing, the origin silent', { trackers: [bad], origins: [GOOD_ORIGIN] }, ['trackers-unreachable']],
    ['a tracker works and nobody is there', { trackers: [good] }, ['no-peers']],
    ['a tracker works and nobody is there yet', { trackers: [good], runningForS: 3 }, []],
    ['a tracker works, nobody is there, an origin sends', { trackers: [good], isMoving: true }, []],
    ['peers are here and send', { trackers: [good], peers: 3, isMoving: true }, []],
    ['peers are here and none sends', { trackers: [good], peers: 3 }, ['peers-silent']],
    ['peers are here and none sends yet', { trackers: [good], peers: 3, runningForS: 7 }, []],
    ['a peer lied', { trackers: [good], peers: 1, isMoving: true, lyingPeers: new Map([['p', 2]]) }, ['peer-lied']],
    ['an origin failed', { origins: [{ ...GOOD_ORIGIN, last: FAILED, isUsable: false }] }, ['origin-failed']],
    ['an origin lied', { origins: [{ ...GOOD_ORIGIN, lies: 1 }] }, ['origin-lied']],
    [
      'an origin was dropped and failed before',
      { origins: [{ ...GOOD_ORIGIN, lies: 2, isDropped: true, isUsable: false, last: FAILED }] },
      ['origin-lied'],
    ],
  ])('%s', (_name, status, expected) => {
    expect(codes(status)).toEqual(expected);
  });
});

test('problems carry what their explanation needs', () => {
  const trackerUrls = ['udp://a:1', 'http://b/', 'https://c/'];
  expect(problemsOf({ ...LOOKING, trackerUrls })).toEqual([
    { code: 'no-browser-source', udpTrackers: 1, httpTrackers: 2 },
  ]);
  expect(problemsOf({ ...LOOKING, trackers: [bad, good] })).toEqual([
    { code: 'trackers-unreachable', hosts: ['bad.test'], all: false },
    { code: 'no-peers', hosts: ['good.test'] },
  ]);
  expect(problemsOf({ ...LOOKING, trackers: [bad] })[0]).toMatchObject({ all: true });
  const origins = [{ ...GOOD_ORIGIN, lies: 2, isDropped: true }];
  expect(problemsOf({ ...LOOKING, origins, lyingPeers: new Map([['p', 3]]) })).toEqual([
    { code: 'peer-lied', peer: 'p', pieces: 3 },
    { code: 'origin-lied', host: 'cdn', pieces: 2, dropped: true },
  ]);
});

test('only WebSocket trackers are for browsers', () => {
  expect(browserTrackers(['udp://a', 'ws://b', 'WSS://c', 'http://d'])).toEqual(['ws://b', 'WSS://c']);
});
