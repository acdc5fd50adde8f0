import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InfoHash } from '../../../src/model/ids.ts';
import { openNodeSocket } from '../../../src/publish/node-socket.ts';
import { introducePeers } from '../../../src/publishing/verify/introduce-peers.ts';
import { type TorrentSource, verify } from '../../../src/publishing/verify/verify.ts';
import { type VerifyFinding, verifyLevelOf } from '../../../src/publishing/verify/verify-finding.ts';
import { verifyWordsOf } from '../../../src/publishing/verify/verify-words.ts';
import { makeTorrent, type TorrentInput } from '../../support/make-torrent.ts';
import { openServer } from '../../support/open-server.ts';
import { rememberSockets } from '../../support/open-sockets.ts';
import { type OriginServer, startOriginServer } from '../../support/origin-server.ts';
import { pseudoRandomBytes } from '../../support/payload.ts';
import { seededChance } from '../../support/simulation/seeded-chance.ts';
import { startTracker, type Tracker } from '../../support/tracker.ts';

const KIB = 1_024;
const FILE = pseudoRandomBytes(3, 20 * 64 * KIB + 17);

let origin: OriginServer;
let tracker: Tracker;
beforeAll(async () => {
  [origin, tracker] = await Promise.all([startOriginServer(), startTracker()]);
});
afterAll(() => Promise.all([origin.close(), tracker.close()]));

/** Serves a file with its .torrent, and verifies it. */
async function run(more: Partial<TorrentInput> = {}, { served = FILE, torrent = null as TorrentSource | null } = {}) {
  const url = `${origin.url}/ep 42.mp4`.replace(' ', '%20');
  const made = makeTorrent({ name: 'ep 42.mp4', content: FILE, pieceLengthBytes: 64 * KIB, urlList: [url], ...more });
  origin.serve('/ep 42.mp4', served);
  origin.serve('/ep 42.mp4.torrent', made.torrentBytes);
  const findings: VerifyFinding[] = [];
  await verify({
    url,
    facts: {
      finalUrl: url,
      lengthBytes: served.length,
      contentType: null,
      torrentUrl: null,
      answersRanges: true,
      version: null,
      serverName: null,
    },
    torrent,
    ports: { fetch: globalThis.fetch, nowMs: () => performance.now() },
    openSocket: openNodeSocket,
    random: seededChance(1),
    randomBytes,
    onFinding: (finding) => findings.push(finding),
    signal: new AbortController().signal,
    trackerTimeoutMs: 5_000,
  });
  for (const finding of findings) {
    const { says, why } = verifyWordsOf(finding);
    expect(`${says} ${why ?? ''}`).toMatch(/^\S.*\. /s);
    expect(`${says} ${why ?? ''}`).not.toMatch(/undefined|null|NaN|\[object/);
  }
  return { findings, made, codes: findings.map(({ code }) => code) };
}

describe('a file and its .torrent', () => {
  test('fit, and peers are introduced', async () => {
    const { findings, codes, made } = await run({ announce: [tracker.wsUrl, tracker.httpUrl, 'udp://t.example:1'] });
    expect(codes).toEqual([
      'torrent-read',
      'pieces-match',
      'tracker-introduces',
      'tracker-answers',
      'tracker-not-checked',
    ]);
    expect(findings.filter((finding) => verifyLevelOf(finding) === 'problem')).toEqual([]);
    expect(tracker.peerCount(made.infoHash)).toBe(0);
  });

  test('fetches five pieces, the first and the last among them', async () => {
    origin.forgetRequests();
    const { findings } = await run();
    expect(findings).toContainEqual({ code: 'pieces-match', pieces: 5, bytes: 4 * 64 * KIB + 17 });
    const ranges = origin.requests.flatMap(({ range }) => range ?? []);
    expect(ranges).toHaveLength(5);
    expect(ranges).toEqual(expect.arrayContaining(['bytes=0-65535', 'bytes=1310720-1310736']));
  });

  test.each<[string, () => Promise<{ codes: VerifyFinding['code'][] }>, VerifyFinding['code']]>([
    ['the file was changed', () => run({}, { served: FILE.map((byte) => byte ^ 1) }), 'piece-differs'],
    ['the file was replaced by a shorter one', () => run({}, { served: FILE.subarray(1) }), 'no-such-file'],
    ['the .torrent names no such source', () => run({ urlList: [] }), 'not-a-web-seed'],
    ['there is no tracker for browsers', () => run({ announce: ['udp://t.example:1'] }), 'no-browser-tracker'],
    [
      'the .torrent is not there',
      () => run({}, { torrent: { type: 'url', url: `${origin.url}/none` } }),
      'torrent-missing',
    ],
    [
      'the .torrent is none',
      () => run({}, { torrent: { type: 'bytes', name: 'x.torrent', bytes: FILE } }),
      'torrent-unreadable',
    ],
    ['nobody is at the tracker', () => run({ announce: ['ws://127.0.0.1:9'] }), 'tracker-unreachable'],
    ['the tracker is a web server', () => run({ announce: [origin.url] }), 'tracker-unreachable'],
  ])('are told when %s', async (_name, verified, code) => {
    expect((await verified()).codes).toContain(code);
  });

  test('a file of a folder is found by its name', async () => {
    const other = pseudoRandomBytes(4, FILE.length);
    const content = [
      { path: ['other.mp4'], bytes: other },
      { path: ['ep 42.mp4'], bytes: FILE },
    ];
    expect((await run({ name: 'folder', content })).codes).toContain('pieces-match');
  });
});

describe('a tracker', () => {
  const introduce = (url: string, timeoutMs = 5_000) =>
    introducePeers({
      tracker: url,
      infoHash: 'ab'.repeat(20) as InfoHash,
      openSocket: openNodeSocket,
      nowMs: () => performance.now(),
      randomBytes,
      timeoutMs,
      signal: new AbortController().signal,
    });

  test('that knows only its own torrents is tried with the real one', async () => {
    const { default: TrackerServer } = await import('bittorrent-tracker/server');
    const asked: string[] = [];
    const strict = new TrackerServer({
      udp: false,
      http: false,
      ws: true,
      stats: false,
      filter: (infoHash: string, _params: unknown, allow: (error: Error | null) => void) => {
        asked.push(infoHash);
        allow(infoHash === 'ab'.repeat(20) ? null : new Error('not one of ours'));
      },
    });
    await new Promise<void>((resolve) => strict.listen(0, '127.0.0.1', resolve));
    const destroy = rememberSockets(strict.http);
    const found = await introduce(`ws://127.0.0.1:${(strict.http.address() as AddressInfo).port}`);
    destroy();
    await new Promise<void>((resolve) => strict.close(() => resolve()));
    expect(found.code).toBe('tracker-introduces');
    expect(new Set(asked).size).toBe(2);
  });

  test('that takes an announce and introduces nobody is told', async () => {
    const silent = await startDeafTracker();
    expect(await introduce(silent.url, 300)).toMatchObject({ code: 'tracker-does-not-introduce' });
    await silent.close();
  });

  test('is left when the user gives up', async () => {
    const reason = new Error('stopped');
    const options = { tracker: tracker.wsUrl, infoHash: 'ab'.repeat(20) as InfoHash, openSocket: openNodeSocket };
    const more = { nowMs: () => 0, randomBytes, timeoutMs: 5_000, signal: AbortSignal.abort(reason) };
    await expect(introducePeers({ ...options, ...more })).rejects.toBe(reason);
  });
});

/** A WebSocket server that accepts and says nothing: it answers the handshake by hand. */
async function startDeafTracker() {
  const { createHash } = await import('node:crypto');
  const server = createServer();
  server.on('upgrade', (request, socket) => {
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
  });
  const { origin, close } = await openServer(server);
  return { url: origin.replace('http', 'ws'), close };
}
