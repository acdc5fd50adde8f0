import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { torrentNamedBy } from '../../../src/publishing/server-check/check-links.ts';
import { checkServer } from '../../../src/publishing/server-check/check-server.ts';
import { canBePublished, type Finding, hasProblems, levelOf } from '../../../src/publishing/server-check/finding.ts';
import { wordsOf } from '../../../src/publishing/server-check/finding-words.ts';
import { fixOf, SERVER_KINDS } from '../../../src/publishing/server-check/fixes.ts';
import { makeTorrent } from '../../support/make-torrent.ts';
import { pseudoRandomBytes } from '../../support/payload.ts';
import { type Faults, startFaultyServer } from './faulty-server.ts';

const FILE = pseudoRandomBytes(7, 300_000);
const TORRENT = makeTorrent({ name: 'ep42.mp4', content: FILE, pieceLengthBytes: 65_536 }).torrentBytes;
const SHORTER = makeTorrent({ name: 'ep42.mp4', content: FILE.subarray(9), pieceLengthBytes: 65_536 }).torrentBytes;
const LINK = '</ep42.mp4.torrent>; rel=describedby; type="application/x-bittorrent"';
const digestOf = (bytes: Uint8Array) => `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;

async function check(faults: Faults, { file = FILE, timeoutMs = 10_000 } = {}) {
  const server = await startFaultyServer(file, faults);
  try {
    const told: Finding[] = [];
    const report = await checkServer(server.url, {
      ports: { fetch: globalThis.fetch, nowMs: () => performance.now() },
      signal: new AbortController().signal,
      onFinding: (finding) => told.push(finding),
      timeoutMs,
    });
    expect(told).toEqual(report.findings);
    for (const finding of report.findings) {
      const { says, why } = wordsOf(finding);
      expect(says).toMatch(/^[A-Z0-9].*[.:]$/);
      expect(`${says} ${why ?? ''}`).not.toMatch(/undefined|null|NaN|\[object/);
      const fix = fixOf(finding, server.url);
      if (fix !== null) for (const kind of SERVER_KINDS) expect(fix[kind]).toMatch(/\S/);
    }
    return { ...report, codes: report.findings.map(({ code }) => code) };
  } finally {
    await server.close();
  }
}

const good: Faults = {
  headers: () => ({ link: LINK, 'repr-digest': digestOf(FILE) }),
  others: { '/ep42.mp4.torrent': TORRENT },
};

test('a server that does everything right is told so, line by line', async () => {
  const { findings, codes, facts } = await check(good);
  expect(codes).toEqual([
    'private-host',
    'answers',
    'not-encrypted',
    'direct',
    'type-known',
    'length-known',
    'ranges',
    'not-encoded',
    'etag-strong',
    'last-modified',
    'parallel',
    'torrent-linked',
    'digest',
    'cors-open',
  ]);
  expect(findings).toContainEqual({ code: 'digest', algorithm: 'sha-256', isChecked: true });
  expect(facts).toMatchObject({ lengthBytes: FILE.length, contentType: 'video/mp4', answersRanges: true });
  expect(facts?.torrentUrl).toMatch(/\/ep42\.mp4\.torrent$/);
});

test('a public address without encryption is told that nobody will share it', async () => {
  const server = await startFaultyServer(FILE, good);
  const { findings } = await checkServer('http://cdn.example/ep42.mp4', {
    ports: { fetch: (_, init) => fetch(server.url, init), nowMs: () => performance.now() },
    signal: new AbortController().signal,
  });
  await server.close();
  expect(findings).toContainEqual({ code: 'needs-https' });
  expect(wordsOf({ code: 'needs-https' }).why).toMatch(/without peers/);
  expect(fixOf({ code: 'needs-https' }, 'http://cdn.example:8080/x')?.nginx).toBe(
    'sudo certbot --nginx -d cdn.example',
  );
  expect([hasProblems(findings), canBePublished(findings)]).toEqual([true, true]);
});

describe('one fault at a time', () => {
  const header = (name: string, value: string | null): Faults => ({ headers: () => ({ [name]: value }) });
  test.each<[string, Faults, Finding['code'], 'can be published' | 'cannot be published']>([
    ['sends the whole file for a part', { ignoresRanges: true }, 'ignores-ranges', 'can be published'],
    [
      'sends another part',
      { sends: (start, end) => ({ start: start + 1, end }) },
      'wrong-range',
      'cannot be published',
    ],
    ['says nothing of the part', header('content-range', null), 'wrong-range', 'cannot be published'],
    ['does not know the whole', header('content-range', 'bytes 0-65535/*'), 'length-unknown', 'cannot be published'],
    ['is cut off by a proxy', { body: (right) => right.subarray(9) }, 'broke-off', 'cannot be published'],
    [
      'sends less than it promises',
      { headers: () => ({ 'content-length': null }), body: (right) => right.subarray(9) },
      'range-cut-short',
      'cannot be published',
    ],
    [
      'refuses the end',
      { refuses: { startByte: FILE.length - 65_536, status: 416 } },
      'range-refused',
      'cannot be published',
    ],
    ['wants a login', { status: 401 }, 'bad-status', 'cannot be published'],
    ['has lost the file', { status: 404 }, 'bad-status', 'cannot be published'],
    [
      'changes its size',
      { total: (number) => FILE.length + (number === 4 ? 1 : 0) },
      'length-changes',
      'cannot be published',
    ],
    [
      'makes the file anew each time',
      { body: (right, number) => right.map((byte) => byte ^ number) },
      'bytes-change',
      'cannot be published',
    ],
    [
      'compresses',
      { ignoresRanges: true, headers: () => ({ 'content-encoding': 'gzip' }), body: (right) => gzipSync(right) },
      'encoded',
      'cannot be published',
    ],
    ['has no ETag', header('etag', null), 'etag-missing', 'can be published'],
    ['has a weak ETag', header('etag', 'W/"1"'), 'etag-weak', 'can be published'],
    ['has an ETag a machine', { headers: (number) => ({ etag: `"${number}"` }) }, 'etag-changes', 'can be published'],
    ['has no date', header('last-modified', null), 'last-modified-missing', 'can be published'],
    [
      'has several dates',
      { headers: (number) => ({ 'last-modified': new Date(number * 1e9).toUTCString() }) },
      'last-modified-changes',
      'can be published',
    ],
    ['sends a login page', header('content-type', 'text/html; charset=utf-8'), 'web-page', 'cannot be published'],
    ['names no type', header('content-type', null), 'type-missing', 'can be published'],
    ['is closed to scripts', header('access-control-allow-origin', null), 'cors-closed', 'can be published'],
    ['hides headers from scripts', header('access-control-expose-headers', 'Link'), 'cors-hides', 'can be published'],
    ['names no .torrent', {}, 'torrent-not-linked', 'can be published'],
    [
      'names a .torrent of another file',
      { ...good, others: { '/ep42.mp4.torrent': SHORTER } },
      'torrent-link-broken',
      'can be published',
    ],
    [
      'names a .torrent of another site',
      header('link', LINK.replace('</', '<https://elsewhere.example/')),
      'torrent-link-broken',
      'can be published',
    ],
    [
      'names something else as .torrent',
      { ...good, others: { '/ep42.mp4.torrent': FILE } },
      'torrent-link-broken',
      'can be published',
    ],
    [
      'announces the hash of another file',
      header('repr-digest', digestOf(FILE.subarray(1))),
      'digest-wrong',
      'can be published',
    ],
    ['announces no hash at all', header('repr-digest', 'sha-256=:AAAA:'), 'digest-unreadable', 'can be published'],
    [
      'announces a weak hash alone',
      header('digest', 'MD5=HUXZLQLMuI/KZ5KDcJPcOA=='),
      'digest-missing',
      'can be published',
    ],
    [
      'refuses several at once',
      { refuses: { startByte: FILE.length / 4, status: 503 } },
      'parallel-refused',
      'can be published',
    ],
  ])('a server that %s', async (_name, faults, code, verdict) => {
    const { codes, findings } = await check(faults);
    expect(codes).toContain(code);
    expect(canBePublished(findings)).toBe(verdict === 'can be published');
  });

  test('an empty file is no file to share', async () => {
    const { codes, facts } = await check({ ignoresRanges: true }, { file: new Uint8Array(0) });
    expect(codes).toContain('empty');
    expect(facts).toBeNull();
  });

  test('silence has an end', async () => {
    const { findings } = await check({ isSilent: true }, { timeoutMs: 100 });
    expect(findings).toContainEqual({ code: 'timed-out', afterS: 0 });
  });

  test('a file of one byte is checked like any other', async () => {
    const { findings } = await check({}, { file: FILE.subarray(0, 1) });
    expect(findings.filter((finding) => levelOf(finding) === 'problem')).toEqual([]);
  });

  test('a file larger than is hashed on the spot has its hash taken on trust', async () => {
    const file = pseudoRandomBytes(1, 4_200_000);
    const { findings } = await check({ headers: () => ({ 'repr-digest': digestOf(FILE) }) }, { file });
    expect(findings).toContainEqual({ code: 'digest', algorithm: 'sha-256', isChecked: false });
  });

  test('nobody listens', async () => {
    const options = {
      ports: { fetch: globalThis.fetch, nowMs: () => performance.now() },
      signal: new AbortController().signal,
    };
    const { findings, facts } = await checkServer('http://127.0.0.1:9/file', options);
    expect(findings.map(({ code }) => code)).toEqual(['private-host', 'unreachable']);
    expect(facts).toBeNull();
  });
});

test.each([
  ['of the same server', '</x.torrent>', 'https://a.example/x.torrent'],
  ['of a local network', '<http://192.168.0.1/x.torrent>', null],
  ['that is no web address', '<ftp://a.example/x.torrent>', null],
])('a .torrent %s', (_name, target, expected) => {
  const headers = new Headers({ link: `${target}; rel=describedby; type="application/x-bittorrent"` });
  const answer = { url: 'https://a.example/x', status: 206, body: new Uint8Array(0), wasCut: false };
  expect(torrentNamedBy({ ...answer, headers, latencyMs: 1, tookMs: 1 })).toBe(expected);
});

describe('redirects', () => {
  test.each<[string, (path: string) => string | null, Finding['code']]>([
    ['one step on the same host', (path) => (path === '/ep42.mp4' ? '/real' : null), 'redirects'],
    ['another host', (path) => (path === '/ep42.mp4' ? 'OTHER' : null), 'redirects-elsewhere'],
    ['many steps', (path) => (path.length < 13 ? `${path}x` : null), 'redirects-often'],
    ['a circle', (path) => path, 'redirects-forever'],
  ])('%s', async (_name, redirectTo, code) => {
    const other = await startFaultyServer(FILE, {});
    const { findings, codes } = await check({
      redirectTo: (path) => {
        const to = redirectTo(path);
        return to === 'OTHER' ? other.url : to;
      },
    });
    await other.close();
    expect(codes).toContain(code);
    if (code === 'redirects') expect(findings).toContainEqual(expect.objectContaining({ code, hops: 1 }));
  });
});
