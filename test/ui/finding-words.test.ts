import { describe, expect, test } from 'vitest';
import type { OriginFault } from '../../src/model/failure.ts';
import type { PieceIndex } from '../../src/model/ids.ts';
import type { Finding, LogEntry } from '../../src/model/transfer-details.ts';
import { FINDING_WORDS, findingWords } from '../../src/ui/words/finding-words.ts';
import { logWords } from '../../src/ui/words/log-words.ts';

const host = 'cdn.test';
const faults: readonly OriginFault[] = [
  'not-found',
  'forbidden',
  'busy',
  'server-error',
  'unreachable',
  'stalled',
  'ignores-ranges',
  'wrong-range',
  'wrong-length',
  'encoded',
  'web-page',
];
const limits = ['download', 'transfer', 'schedule', 'quiet', 'metered'] as const;
const FINDINGS: readonly Finding[] = [
  ...(['origin', 'peers', 'limit', 'unknown'] as const).map((boundBy) => ({ code: 'all-well', boundBy }) as const),
  ...(['done', 'paused-by-user', 'all-paused', 'waits-for-choice', 'checking', 'saving', 'looking'] as const).map(
    (code) => ({ code }),
  ),
  { code: 'queued', ahead: 0, most: 1 },
  { code: 'queued', ahead: 12, most: 8 },
  { code: 'failed', failureCode: 'disk-full' },
  { code: 'failed', failureCode: 'store-failed' },
  { code: 'seeds-without-webrtc', seeds: 12 },
  { code: 'seeds-unreachable', seeds: 1 },
  { code: 'trackers-dead', dead: 3, of: 4 },
  { code: 'trackers-dead', dead: 1, of: 1 },
  { code: 'no-browser-trackers', udp: 2, http: 1 },
  { code: 'no-browser-trackers', udp: 2, http: 0 },
  ...(['no-sources', 'nobody-there', 'metadata-missing', 'offline', 'download-only'] as const).map((code) => ({
    code,
  })),
  { code: 'peers-choke', peers: 1 },
  { code: 'peers-silent', peers: 4 },
  { code: 'peers-lack-pieces', pieces: 3 },
  { code: 'webrtc-blocked', why: 'missing' },
  { code: 'webrtc-blocked', why: 'no-way-out' },
  { code: 'disk-nearly-full', freeBytes: 1_000_000, neededBytes: 2_000_000_000 },
  ...limits.map((limit) => ({ code: 'limit-reached', limit, bytesPerS: 500_000 }) as const),
  { code: 'limit-reached', limit: 'schedule', bytesPerS: 0 },
  { code: 'policy-waits', policy: 'balanced' },
  { code: 'policy-waits', policy: 'spare-origin' },
  { code: 'policy-rules-out', off: 'peers' },
  { code: 'policy-rules-out', off: 'origins' },
  { code: 'origin-ignores-ranges', host },
  ...faults.map((fault) => ({ code: 'origin-fault', host, fault, status: 503, retryInS: 60 }) as const),
  { code: 'origin-fault', host, fault: 'unreachable', status: null, retryInS: null },
  { code: 'origin-slow', host, bytesPerS: 12_000 },
  { code: 'origin-dropped', host },
  { code: 'files-changed', affected: 3, of: 40, host },
  { code: 'files-changed', affected: 1, of: 40, host: null },
];
/** A text that is missing shows its key; a number that is missing shows its name in braces. */
const isSentence = (text: string) => /^\S.* .*[.]$/u.test(text) && !/[{}]|\b[a-z]{2,}[A-Z]\w*\b/u.test(text);

describe('what was found', () => {
  test.each(FINDINGS.map((finding) => [JSON.stringify(finding), finding] as const))('%s', (_json, finding) => {
    const { title, next } = findingWords(finding);
    expect([title, next].filter((text) => !isSentence(text))).toEqual([]);
  });

  test('all codes are tried', () => {
    expect([...new Set(FINDINGS.map(({ code }) => code))].sort()).toEqual(Object.keys(FINDING_WORDS).sort());
  });

  test('says the numbers', () => {
    expect(findingWords({ code: 'seeds-without-webrtc', seeds: 12 }).title).toMatch(/^12 seeds have it, but none/);
    expect(findingWords({ code: 'trackers-dead', dead: 3, of: 4 }).title).toBe('3 of 4 trackers do not answer.');
    expect(findingWords({ code: 'files-changed', affected: 3, of: 40, host }).title).toMatch(
      /^3 of 40 files have.*cdn\.test/,
    );
    expect(findingWords({ code: 'no-browser-trackers', udp: 2, http: 1 }).title).toMatch(/2 UDP and 1 HTTP/);
    expect(findingWords({ code: 'queued', ahead: 1, most: 8 }).title).toMatch(/1 transfer goes first/);
  });
});

const peer = { peer: 'ab12cd34-1', name: 'WebTorrent 3.0 ab12cd34' };
test.each<[Record<string, unknown> & { what: LogEntry['what'] }, string]>([
  [{ what: 'added' }, 'Added'],
  [{ what: 'verified' }, 'Every piece is here and checked'],
  [{ what: 'failed', code: 'disk-full' }, 'Stopped: the disk is full'],
  [{ what: 'origin-fault', host, fault: 'busy', status: 503 }, 'cdn.test is busy (503)'],
  [{ what: 'origin-fault', host, fault: 'unreachable', status: null }, 'cdn.test cannot be reached'],
  [{ what: 'origin-dropped', host }, 'cdn.test is not asked any more: it sent damaged pieces'],
  [{ what: 'origin-lied', host }, 'cdn.test sent a damaged piece'],
  [{ what: 'peer-joined', ...peer }, 'WebTorrent 3.0 ab12cd34 came'],
  [{ what: 'peer-left', ...peer }, 'WebTorrent 3.0 ab12cd34 left'],
  [{ what: 'peer-lied', ...peer, name: 'a\u202eb' }, 'a\ufffdb sent a damaged piece'],
  [{ what: 'piece-failed', piece: 7 as PieceIndex }, 'Piece 7 was damaged and is fetched again'],
  [{ what: 'tracker-failing', host }, 'The tracker cdn.test does not answer'],
  [{ what: 'tracker-working', host }, 'The tracker cdn.test answers'],
  [{ what: 'files-lost', files: 3 }, '3 files cannot be had whole'],
])('the log says of %j: %s', (entry, line) => {
  expect(logWords({ atMs: 0, ...entry } as unknown as LogEntry)).toBe(line);
});
