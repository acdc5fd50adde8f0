import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import type { Facts, LimitFacts, OriginFacts, TrackerFacts } from '../../../src/engine/diagnosis/facts.ts';
import type { Finding } from '../../../src/model/transfer-details.ts';
import { FINDING_WORDS } from '../../../src/ui/words/finding-words.ts';

const origin = (more: Partial<OriginFacts> = {}): OriginFacts => ({
  host: 'cdn.test',
  state: 'usable',
  ignoresRanges: false,
  runningRequests: 1,
  rateBytesPerS: 1_000_000,
  lastFault: null,
  restsForS: 0,
  changedFiles: 0,
  ...more,
});
const socket = (more: Partial<TrackerFacts> = {}): TrackerFacts => ({
  kind: 'websocket',
  state: 'working',
  seeds: 0,
  peers: 0,
  ...more,
});
const http = (seeds: number | null): TrackerFacts => ({
  kind: 'http',
  state: seeds === null ? 'not-in-browsers' : 'counts-only',
  seeds,
  peers: 0,
});
const limit = (which: LimitFacts['limit'], bytesPerS: number, usedBytesPerS: number): LimitFacts => ({
  limit: which,
  bytesPerS,
  usedBytesPerS,
});
const udp: TrackerFacts = { kind: 'udp', state: 'not-in-browsers', seeds: null, peers: null };
const giving = { isChokingUs: false, isInteresting: true };
const choking = { isChokingUs: true, isInteresting: true };
const useless = { isChokingUs: true, isInteresting: false };

/** A download that has run for a minute, shares, and gets half of its bytes from each kind of source. */
const facts = (more: Partial<Facts> = {}): Facts => ({
  state: { phase: 'downloading' },
  hasMetadata: true,
  runningForS: 60,
  peerBytesPerS: 500_000,
  originBytesPerS: 500_000,
  queue: { isWaiting: false, ahead: 0, most: 8, isAllPaused: false },
  browser: { isOnline: true, webRtc: 'works' },
  sharing: 'share',
  policy: 'fastest',
  limit: null,
  space: null,
  peers: [giving],
  origins: [origin()],
  trackers: [socket({ seeds: 1, peers: 1 })],
  torrentUrls: 0,
  piecesNobodyHas: 0,
  files: 1,
  ...more,
});
/** One that has nobody and gets nothing. */
const lonely = (more: Partial<Facts> = {}): Facts =>
  facts({ peerBytesPerS: 0, originBytesPerS: 0, peers: [], origins: [], trackers: [socket()], ...more });
const isNotOnline = { isOnline: false, webRtc: 'works' } as const;
const says = (found: readonly Finding[]) =>
  found.map((finding) => {
    const { code, ...numbers } = finding;
    return [code, ...Object.values(numbers).map(String)].join(' ');
  });

type Row = readonly [what: string, facts: Facts, found: readonly string[]];
const TABLES: Readonly<Record<string, readonly Row[]>> = {
  'what it is doing': [
    ['done', facts({ state: { phase: 'done' }, peers: [], origins: [] }), ['done']],
    [
      'paused, whatever else is wrong',
      lonely({ state: { phase: 'paused', resumeTo: { phase: 'downloading' } }, browser: isNotOnline }),
      ['paused-by-user'],
    ],
    [
      'failed',
      lonely({ state: { phase: 'failed', resumeTo: { phase: 'saving' }, failure: { code: 'save-cancelled' } } }),
      ['failed save-cancelled'],
    ],
    ['waiting for the user to choose', lonely({ state: { phase: 'choosing' } }), ['waits-for-choice']],
    ['looking through the store', facts({ state: { phase: 'checking' } }), ['checking']],
    ['copying to Downloads', facts({ state: { phase: 'saving' } }), ['saving']],
    [
      'waiting for others',
      lonely({ queue: { isWaiting: true, ahead: 3, most: 2, isAllPaused: false } }),
      ['queued 3 2'],
    ],
    [
      'waiting for others, before it is checked',
      lonely({ state: { phase: 'checking' }, queue: { isWaiting: true, ahead: 0, most: 1, isAllPaused: false } }),
      ['queued 0 1'],
    ],
    [
      'stopped with all others',
      lonely({ queue: { isWaiting: true, ahead: 0, most: 8, isAllPaused: true } }),
      ['all-paused'],
    ],
    [
      'a seed does not wait',
      facts({ state: { phase: 'done' }, queue: { isWaiting: true, ahead: 1, most: 1, isAllPaused: true } }),
      ['done'],
    ],
  ],
  'nothing wrong': [
    ['both kinds of source bring it', facts(), ['all-well unknown']],
    ['an origin brings most of it', facts({ peerBytesPerS: 200_000, originBytesPerS: 800_000 }), ['all-well origin']],
    [
      'an origin brings not quite most of it',
      facts({ peerBytesPerS: 201_000, originBytesPerS: 799_000 }),
      ['all-well unknown'],
    ],
    ['peers bring most of it', facts({ peerBytesPerS: 800_000, originBytesPerS: 200_000 }), ['all-well peers']],
    ['it comes near a limit', facts({ limit: limit('download', 1_250_000, 1_000_000) }), ['all-well limit']],
    ['it is far from a limit', facts({ limit: limit('download', 1_260_000, 1_000_000) }), ['all-well unknown']],
    ['it has just begun, and nothing is here yet', lonely({ runningForS: 7.9 }), ['looking']],
    ['it moves as little as counts', lonely({ originBytesPerS: 1_000 }), ['all-well origin']],
    [
      'it moves less than counts',
      lonely({ originBytesPerS: 999, trackers: [socket({ state: 'connecting' })] }),
      ['looking'],
    ],
  ],
  'this computer': [
    [
      'offline, and everything else that follows from it',
      lonely({ browser: isNotOnline, trackers: [socket({ state: 'failing' })] }),
      ['offline'],
    ],
    [
      'offline, says the browser, but bytes come from the local network',
      facts({ browser: isNotOnline }),
      ['all-well unknown'],
    ],
    ['less space than needed', facts({ space: { freeBytes: 99, neededBytes: 100 } }), ['disk-nearly-full 99 100']],
    ['just enough space', facts({ space: { freeBytes: 100, neededBytes: 100 } }), ['all-well unknown']],
    [
      'a limit is reached',
      facts({ limit: limit('transfer', 1_050_000, 1_000_000) }),
      ['limit-reached transfer 1050000'],
    ],
    ['a limit is nearly reached', facts({ limit: limit('transfer', 1_060_000, 1_000_000) }), ['all-well limit']],
    [
      'nothing may come, and so it is nobody’s turn',
      lonely({
        limit: limit('metered', 0, 0),
        queue: { isWaiting: true, ahead: 0, most: 8, isAllPaused: false },
      }),
      ['limit-reached metered 0'],
    ],
    ['nothing may come', lonely({ limit: limit('metered', 0, 0) }), ['limit-reached metered 0']],
    ['no WebRTC', lonely({ browser: { isOnline: true, webRtc: 'missing' } }), ['webrtc-blocked missing']],
    [
      'WebRTC that finds no way out',
      lonely({ browser: { isOnline: true, webRtc: 'no-way-out' } }),
      ['webrtc-blocked no-way-out'],
    ],
    [
      'no WebRTC, and no peers wanted',
      facts({ browser: { isOnline: true, webRtc: 'missing' }, policy: 'peers-off', peers: [], peerBytesPerS: 0 }),
      ['all-well origin'],
    ],
    [
      'no WebRTC, and peers wanted for the metadata',
      lonely({
        browser: { isOnline: true, webRtc: 'missing' },
        policy: 'peers-off',
        hasMetadata: false,
        state: { phase: 'fetching-metadata' },
      }),
      ['webrtc-blocked missing', 'metadata-missing'],
    ],
    [
      'no WebRTC, and no tracker to meet peers at',
      facts({ browser: { isOnline: true, webRtc: 'missing' }, trackers: [], peers: [] }),
      ['all-well unknown'],
    ],
  ],
  'nobody to ask': [
    ['no address at all', lonely({ trackers: [] }), ['no-sources']],
    [
      'only trackers that browsers cannot speak to',
      lonely({ trackers: [udp, udp, http(null)] }),
      ['no-browser-trackers 2 1'],
    ],
    ['such trackers, and one of them counts seeds', lonely({ trackers: [udp, http(12)] }), ['seeds-without-webrtc 12']],
    ['such trackers, and an origin', facts({ trackers: [udp], peers: [] }), ['all-well unknown']],
    [
      'an address of the .torrent is a source until it was found',
      lonely({
        trackers: [],
        torrentUrls: 1,
        hasMetadata: false,
        state: { phase: 'fetching-metadata' },
        runningForS: 8,
      }),
      ['metadata-missing'],
    ],
    ['and none afterwards', lonely({ trackers: [], torrentUrls: 1 }), ['no-sources']],
    ['peers are off, and there is no origin', lonely({ policy: 'peers-off' }), ['policy-rules-out peers']],
    [
      'origins are off, and there is no way to peers',
      lonely({ policy: 'origins-off', trackers: [udp], origins: [origin({ runningRequests: 0 })] }),
      ['policy-rules-out origins'],
    ],
    [
      'origins are off, and a tracker is there',
      lonely({ policy: 'origins-off', origins: [origin({ runningRequests: 0 })] }),
      ['nobody-there'],
    ],
    [
      'peers are off, and the metadata is still asked of them',
      lonely({ policy: 'peers-off', hasMetadata: false, state: { phase: 'fetching-metadata' } }),
      ['nobody-there', 'metadata-missing'],
    ],
  ],
  'nobody there': [
    ['a tracker knows nobody', lonely({ runningForS: 8 }), ['nobody-there']],
    [
      'a tracker has not answered yet',
      lonely({ trackers: [socket({ state: 'connecting', seeds: null })] }),
      ['looking'],
    ],
    [
      '12 seeds are counted, and the trackers of browsers know none',
      lonely({ trackers: [socket(), http(12)], runningForS: 8 }),
      ['seeds-without-webrtc 12'],
    ],
    [
      'several trackers count the same seeds',
      lonely({ trackers: [socket(), http(12), http(9)] }),
      ['seeds-without-webrtc 12'],
    ],
    [
      'a tracker of browsers counts seeds, which may still be on their way',
      lonely({ trackers: [socket({ seeds: 5 })], runningForS: 29.9 }),
      ['looking'],
    ],
    [
      'and are not after half a minute',
      lonely({ trackers: [socket({ seeds: 5 })], runningForS: 30 }),
      ['seeds-unreachable 5'],
    ],
    [
      'seeds are counted, and the origin is quick enough',
      facts({ peers: [], peerBytesPerS: 0, trackers: [socket(), http(12)] }),
      ['all-well origin'],
    ],
    [
      'some trackers are dead',
      lonely({ trackers: [...Array(3).fill(socket({ state: 'failing' })), socket({ state: 'connecting' })] }),
      ['trackers-dead 3 4'],
    ],
    [
      'all trackers are dead, at once',
      lonely({ trackers: [socket({ state: 'failing' })], runningForS: 1 }),
      ['trackers-dead 1 1'],
    ],
    [
      'those that are not used do not count',
      lonely({ trackers: [socket({ state: 'failing' }), socket({ state: 'spare' }), udp] }),
      ['trackers-dead 1 1'],
    ],
    [
      'one is dead and the other knows nobody',
      lonely({ trackers: [socket({ state: 'failing', seeds: 9 }), socket()] }),
      ['nobody-there', 'trackers-dead 1 2'],
    ],
    [
      'one is dead, and somebody is here',
      facts({ trackers: [socket({ state: 'failing' }), socket()] }),
      ['all-well unknown'],
    ],
    [
      'all are dead, and the origin goes on',
      facts({ peers: [], peerBytesPerS: 0, trackers: [socket({ state: 'failing' })] }),
      ['all-well origin'],
    ],
  ],
  'peers that do not give': [
    ['all of them choke', lonely({ peers: [choking, choking, useless] }), ['peers-choke 2']],
    ['all but one choke', lonely({ peers: [choking, giving] }), ['peers-silent 2']],
    [
      'they choke, and what was asked before still comes',
      facts({ peers: [choking], origins: [], originBytesPerS: 0, peerBytesPerS: 2_000 }),
      ['all-well peers'],
    ],
    ['none has what is missing', lonely({ peers: [useless], piecesNobodyHas: 9 }), ['peers-lack-pieces 9']],
    ['some lack pieces, and an origin is there', facts({ piecesNobodyHas: 9 }), ['all-well unknown']],
    [
      'some lack pieces, and the origin is off',
      facts({ piecesNobodyHas: 9, policy: 'origins-off', originBytesPerS: 0 }),
      ['peers-lack-pieces 9'],
    ],
    [
      'some lack pieces, and the only origin was dropped',
      facts({ piecesNobodyHas: 9, origins: [origin({ state: 'dropped' })] }),
      ['peers-lack-pieces 9', 'origin-dropped cdn.test'],
    ],
    ['all is said before they had time', lonely({ peers: [choking], runningForS: 7.9 }), ['looking']],
    [
      'it does not share, and half of them hold back',
      facts({ sharing: 'download-only', peers: [giving, choking] }),
      ['download-only'],
    ],
    [
      'it was never asked to share, and they hold back',
      lonely({ sharing: 'not-asked', peers: [choking] }),
      ['peers-choke 1', 'download-only'],
    ],
    [
      'it does not share, and most of them give',
      facts({ sharing: 'download-only', peers: [giving, giving, choking] }),
      ['all-well unknown'],
    ],
    [
      'it does not share, and has no peers',
      facts({ sharing: 'download-only', peers: [], peerBytesPerS: 0 }),
      ['all-well origin'],
    ],
    [
      'they are there, and the metadata is not',
      lonely({ peers: [useless], hasMetadata: false, state: { phase: 'fetching-metadata' }, runningForS: 8 }),
      ['metadata-missing'],
    ],
    [
      'they are there, and the metadata may still come',
      lonely({ peers: [useless], hasMetadata: false, state: { phase: 'fetching-metadata' }, runningForS: 7.9 }),
      ['looking'],
    ],
  ],
  origins: [
    ['one ignores ranges', facts({ origins: [origin({ ignoresRanges: true })] }), ['origin-ignores-ranges cdn.test']],
    [
      'one has a fault, and rests',
      facts({ origins: [origin({ state: 'resting', restsForS: 60, lastFault: { fault: 'busy', status: 503 } })] }),
      ['origin-fault cdn.test busy 503 60'],
    ],
    [
      'one has a fault, and is tried again now',
      facts({ origins: [origin({ lastFault: { fault: 'unreachable', status: null } })] }),
      ['origin-fault cdn.test unreachable null null'],
    ],
    [
      'one ignores ranges, and rests after it',
      facts({ origins: [origin({ ignoresRanges: true, state: 'resting', restsForS: 46 })] }),
      ['origin-ignores-ranges cdn.test'],
    ],
    [
      'one rests because its host is busy elsewhere',
      facts({ origins: [origin({ state: 'resting', restsForS: 5 })] }),
      ['origin-fault cdn.test busy null 5'],
    ],
    [
      'one sent wrong bytes twice',
      facts({ origins: [origin({ state: 'dropped', ignoresRanges: true })] }),
      ['origin-dropped cdn.test'],
    ],
    [
      'one is slow',
      facts({ origins: [origin({ rateBytesPerS: 99_999 })], runningForS: 10 }),
      ['origin-slow cdn.test 99999'],
    ],
    ['one is not slow', facts({ origins: [origin({ rateBytesPerS: 100_000 })] }), ['all-well unknown']],
    [
      'one is slow, and has only begun',
      facts({ origins: [origin({ rateBytesPerS: 10 })], runningForS: 9.9 }),
      ['all-well unknown'],
    ],
    [
      'one was asked and sends nothing',
      lonely({ origins: [origin({ rateBytesPerS: null })], trackers: [] }),
      ['origin-slow cdn.test 0'],
    ],
    [
      'one is slow because of a limit',
      facts({
        origins: [origin({ rateBytesPerS: 90_000 })],
        originBytesPerS: 90_000,
        peerBytesPerS: 0,
        limit: limit('download', 90_000, 90_000),
      }),
      ['limit-reached download 90000'],
    ],
    ['one is not asked', facts({ origins: [origin({ rateBytesPerS: 10, runningRequests: 0 })] }), ['all-well unknown']],
    [
      'they are off, whatever they do',
      facts({ policy: 'origins-off', origins: [origin({ state: 'dropped' })] }),
      ['all-well unknown'],
    ],
    [
      'files have changed since the torrent was made',
      facts({ files: 40, origins: [origin({ changedFiles: 3, lastFault: { fault: 'wrong-length', status: 206 } })] }),
      ['files-changed 3 40 cdn.test'],
    ],
    [
      'files have changed at several',
      facts({ files: 40, origins: [origin({ changedFiles: 3 }), origin({ changedFiles: 2 })] }),
      ['files-changed 3 40 null'],
    ],
    [
      'a file has changed, and the origin is busy too',
      facts({ files: 40, origins: [origin({ changedFiles: 1, lastFault: { fault: 'busy', status: 429 } })] }),
      ['files-changed 1 40 cdn.test', 'origin-fault cdn.test busy 429 null'],
    ],
    [
      'the policy waits for peers',
      lonely({ policy: 'spare-origin', peers: [giving], origins: [origin({ runningRequests: 0 })] }),
      ['peers-silent 1', 'policy-waits spare-origin'],
    ],
    [
      'the policy waits, and peers are quick enough',
      facts({ policy: 'balanced', origins: [origin({ runningRequests: 0 })], originBytesPerS: 0 }),
      ['policy-waits balanced'],
    ],
    ['the policy has begun to ask', facts({ policy: 'spare-origin' }), ['all-well unknown']],
    [
      'the policy has no origin to wait for',
      facts({ policy: 'spare-origin', origins: [origin({ state: 'dropped' })] }),
      ['origin-dropped cdn.test'],
    ],
  ],
  'much at once': [
    [
      'the five worst are said, the worst first',
      lonely({
        space: { freeBytes: 1, neededBytes: 2 },
        sharing: 'download-only',
        policy: 'balanced',
        files: 9,
        peers: [choking],
        origins: [
          origin({ changedFiles: 2, runningRequests: 0 }),
          origin({ host: 'b.test', ignoresRanges: true, runningRequests: 0 }),
          origin({ host: 'c.test', lastFault: { fault: 'stalled', status: 206 }, runningRequests: 0 }),
        ],
      }),
      [
        'disk-nearly-full 1 2',
        'files-changed 2 9 cdn.test',
        'peers-choke 1',
        'origin-fault c.test stalled 206 null',
        'origin-ignores-ranges b.test',
      ],
    ],
  ],
};

describe.each(Object.entries(TABLES))('%s', (_name, rows) => {
  test.each(rows)('%s', (_what, given, found) => {
    expect(says(diagnose(given))).toEqual(found);
  });
});

test('every code has a row that finds it', () => {
  const found = Object.values(TABLES).flatMap((rows) => rows.flatMap(([, , sentences]) => sentences));
  const codes = new Set(found.map((sentence) => sentence.split(' ')[0]));
  expect([...codes].sort()).toEqual(Object.keys(FINDING_WORDS).sort());
});
