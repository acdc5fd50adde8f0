import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { makeTorrent } from '../support/make-torrent.ts';
import { openServer } from '../support/open-server.ts';
import { pseudoRandomBytes } from '../support/payload.ts';
import { openRealEngine, type RealEngine } from '../support/real-engine.ts';

// The whole engine, the real `fetch` and real servers: what the worlds in memory, whose servers are ours, could not show.

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
type Closing = () => Promise<void>;

const closings: Closing[] = [];

/** Starts a server on this machine and returns its address. */
async function serve(handler: Handler): Promise<string> {
  const { origin, close } = await openServer(createServer(handler));
  closings.push(close);
  return `${origin}/`;
}

afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

function openWorld(): RealEngine {
  const world = openRealEngine(1);
  closings.push(world.close);
  return world;
}

/** An honest answer to a range. */
function sendPart(request: IncomingMessage, response: ServerResponse, file: Uint8Array): void {
  const [, first = '0', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  const end = Math.min(Number(last) + 1, file.length);
  response.writeHead(206, { 'content-range': `bytes ${first}-${end - 1}/${file.length}` });
  response.end(file.subarray(Number(first), end));
}

test('a server that knows no ranges, found out by several requests at once, is read from the start and not left alone', async () => {
  const file = pseudoRandomBytes(1, 6_000_000);
  let asked = 0;
  const origin = await serve((_, response) => {
    asked += 1;
    response.writeHead(200, { 'content-length': String(file.length) }).end(file);
  });
  const world = openWorld();
  const torrent = makeTorrent({ name: 'file.bin', content: file, pieceLengthBytes: 65_536, urlList: [origin] });
  const { id } = await world.engine.addTorrent(torrent.torrentBytes);
  const { problems } = await world.until(id, ({ state }) => state.phase === 'done');
  expect(problems).toEqual([]);
  expect(Buffer.compare(world.saved.get('file.bin') ?? new Uint8Array(), file)).toBe(0);
  expect(asked).toBeLessThan(8);
});

test('files are asked for by their own names, whatever is in them', async () => {
  const paths = [
    'a b.txt',
    '50%.txt',
    '100%25.txt',
    '#1 hit?.mp3',
    'sub dir/ünï – 日本語 🎬.html',
    "it's (a) [b] {c}!.txt",
    'semi;colon,&=+$@.txt',
    'back\\slash "quoted" |~^`.gz',
    'cafe\u0301.txt',
    ' blanks around ',
    '..two dots',
    `${'long '.repeat(49)}name`,
  ];
  const content = paths.map((path, index) => ({ path: path.split('/'), bytes: pseudoRandomBytes(index, 9_000) }));
  const byUrl = new Map(content.map(({ bytes }, index) => [`/The 100% #1 item?/${paths[index]}`, bytes]));
  const unknown: string[] = [];
  const origin = await serve((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    const file = byUrl.get(path);
    if (file !== undefined) return sendPart(request, response, file);
    unknown.push(path);
    response.writeHead(404).end();
  });
  const world = openWorld();
  const torrent = makeTorrent({
    name: 'The 100% #1 item?',
    content,
    pieceLengthBytes: 32_768,
    urlList: [origin.slice(0, -1)],
  });
  const { id } = await world.engine.addTorrent(torrent.torrentBytes);
  await world.until(id, ({ state }) => state.phase === 'saving' || state.phase === 'done');
  expect(unknown).toEqual([]);
});

test('a server that is busy and says "at once" is not asked again and again', async () => {
  const askedAtMs: number[] = [];
  const origin = await serve((_, response) => {
    askedAtMs.push(performance.now());
    response.writeHead(503, { 'retry-after': '0' }).end();
  });
  const world = openWorld();
  const file = pseudoRandomBytes(1, 100_000);
  const torrent = makeTorrent({ name: 'file.bin', content: file, pieceLengthBytes: 32_768, urlList: [origin] });
  const { id } = await world.engine.addTorrent(torrent.torrentBytes);
  const { problems } = await world.until(id, () => askedAtMs.length > 1);
  expect(problems).toMatchObject([{ code: 'origin-failed', fault: 'busy', status: 503 }]);
  const [first = 0, second = 0] = askedAtMs;
  expect(second - first).toBeGreaterThan(900);
  await world.engine.pause(id);
});

test('a server that answers ten requests and then none for a while brings a block that thirty small files share', async () => {
  const content = Array.from({ length: 30 }, (_, index) => ({
    path: [`${index}.txt`],
    bytes: pseudoRandomBytes(index, 500),
  }));
  let sent = 0;
  let allowed = 10;
  let closedUntilMs = 0;
  const origin = await serve((request, response) => {
    const now = performance.now();
    if (allowed === 0) {
      allowed = 10;
      closedUntilMs = now + 300;
    }
    if (now < closedUntilMs) return response.writeHead(429, { 'retry-after': '1' }).end();
    allowed -= 1;
    sent += 1;
    sendPart(request, response, content[Number(/(\d+)\.txt/.exec(request.url ?? '')?.[1])]?.bytes ?? new Uint8Array());
  });
  const world = openWorld();
  const torrent = makeTorrent({ name: 'item', content, pieceLengthBytes: 16_384, urlList: [origin] });
  const { id } = await world.engine.addTorrent(torrent.torrentBytes);
  await world.until(id, ({ state }) => state.phase === 'saving' || state.phase === 'done');
  expect(sent).toBeLessThan(content.length * 1.5);
});
