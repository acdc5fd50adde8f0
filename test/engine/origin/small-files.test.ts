import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RequestSlots } from '../../../src/engine/origin/request-slots.ts';
import { OriginError, type SpanRequest, streamSpan } from '../../../src/engine/origin/stream-span.ts';
import type { FileIndex, OriginUrl } from '../../../src/model/ids.ts';
import { MemoryWeb, type WebServer } from '../../support/simulation/memory-web.ts';
import { type SmallTorrent, smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack, VirtualClock } from '../../support/simulation/virtual-clock.ts';

// Torrents of many small files: each is a request of its own, and mostly waits for the answer to begin.

const FILES = 120;
const folderOf = (fileBytes: number, files = FILES) =>
  smallTorrent({
    name: 'item',
    content: Object.fromEntries(Array.from({ length: files }, (_, index) => [`${index}.jpg`, fileBytes])),
  });
const small = await folderOf(4_096);
const middling = await folderOf(300_000, 30);

let clock: VirtualClock;
let web: MemoryWeb;
let slots: RequestSlots;
beforeEach(() => {
  clock = new VirtualClock();
  clock.takeTimers();
  web = new MemoryWeb(clock);
  slots = new RequestSlots(() => clock.nowMs());
});
afterEach(giveTimersBack);

function serve(torrent: SmallTorrent, traits: Partial<WebServer> = {}, host = 'o.test'): WebServer {
  const server = Object.assign(web.server(host), traits);
  for (const file of torrent.info.files) server.files.set(`/item/${file.path.join('/')}`, torrent.file(file.index));
  return server;
}

type Came = { readonly bytes: Uint8Array; readonly error: unknown };

async function stream(torrent: SmallTorrent, changes: Partial<SpanRequest> = {}): Promise<Came> {
  const parts: Uint8Array[] = [];
  const span = streamSpan({
    info: torrent.info,
    origin: 'http://o.test/' as OriginUrl,
    startByte: 0,
    endByte: torrent.info.lengthBytes,
    acceptWhole: false,
    slots,
    signal: new AbortController().signal,
    fetch: web.fetch,
    nowMs: () => clock.nowMs(),
    finalUrls: new Map<FileIndex, string>(),
    ...changes,
  });
  try {
    for await (const part of span) parts.push('bytes' in part ? part.bytes.slice() : new Uint8Array(part.zeros));
  } catch (error) {
    return { bytes: Buffer.concat(parts), error };
  }
  return { bytes: Buffer.concat(parts), error: null };
}

const isPrefix = ({ bytes }: Came, { payload }: SmallTorrent) =>
  Buffer.compare(bytes, payload.subarray(0, bytes.length)) === 0;

/** Seconds that a task takes. */
async function secondsOf<T>(task: Promise<T>): Promise<{ readonly s: number; readonly result: T }> {
  const before = clock.nowMs();
  const result = await clock.untilSettled(task);
  return { s: (clock.nowMs() - before) / 1_000, result };
}

describe('many small files', () => {
  test.each([0.05, 0.3, 2])('take the time of six requests at a time when an answer takes %f s', async (firstByteS) => {
    const server = serve(small, { latencyMs: firstByteS * 1_000 });
    const { s, result } = await secondsOf(stream(small));
    expect(result.error).toBeNull();
    expect(result.bytes.length).toBe(small.payload.length);
    expect(isPrefix(result, small)).toBe(true);
    expect(server.mostOpen).toBe(6);
    expect(server.requests).toHaveLength(FILES);
    expect(s).toBeLessThan((FILES / 6 + 2) * firstByteS * 1.1);
  });

  test('lose little when some answers take much longer than others', async () => {
    const server = serve(small, { latencyMs: 100 });
    const slow = new Set([10, 40, 70, 100]);
    const own = web.fetch;
    const fetch: typeof own = async (input, init) => {
      const isSlow = slow.has(Number(/(\d+)\.jpg/.exec(String(input))?.[1]));
      if (isSlow) await new Promise<void>((resolve) => clock.after(900, resolve));
      return own(input, init);
    };
    const { s, result } = await secondsOf(stream(small, { fetch }));
    expect(isPrefix(result, small) && result.error === null).toBe(true);
    expect(server.mostOpen).toBe(6);
    // While one waits, five others go on: those that come after it are read before their turn.
    expect(s).toBeLessThan((FILES / 6 + 2) * 0.1 + (4 * 0.9) / 5 + 0.5);
  });

  test('of a middling size are asked for further ahead when one request more does not cover the wait', async () => {
    const server = serve(middling, { latencyMs: 2_000, rateBytesPerS: 5_000_000 });
    const { s, result } = await secondsOf(stream(middling));
    expect(isPrefix(result, middling) && result.error === null).toBe(true);
    expect(server.mostOpen).toBe(6);
    expect(s).toBeLessThan((30 / 6 + 2) * 2.4);
  });

  test('of several spans at one host have six requests between them, and each goes on', async () => {
    const server = serve(small, { latencyMs: 300 });
    const third = small.info.lengthBytes / 3;
    const spans = [0, 1, 2].map((part) => stream(small, { startByte: part * third, endByte: (part + 1) * third }));
    const { s, result } = await secondsOf(Promise.all(spans));
    expect(Buffer.compare(Buffer.concat(result.map(({ bytes }) => bytes)), small.payload)).toBe(0);
    expect(server.mostOpen).toBe(6);
    expect(s).toBeLessThan((FILES / 6 + 3) * 0.3 * 1.1);
  });

  test('that redirect to another host count there', async () => {
    serve(small, { answer: ({ url }) => ({ redirectTo: url.replace('o.test', 'cdn.test') }) });
    const cdn = serve(small, { latencyMs: 300 }, 'cdn.test');
    const direct = stream(small, { origin: 'http://cdn.test/' as OriginUrl });
    const { result } = await secondsOf(Promise.all([stream(small), direct]));
    expect(result.map(({ error }) => error)).toEqual([null, null]);
    expect(cdn.mostOpen).toBeLessThanOrEqual(7); // that of the first answer was not known to go there
  });
});

describe('a server that admits few', () => {
  test.each([1, 2, 3, 4])('%i at a time is soon asked for no more than that', async (admitted) => {
    const server = serve(small, { latencyMs: 100 });
    let refused = 0;
    server.answer = () => {
      if (server.open <= admitted) return null;
      refused += 1;
      return { status: 503 };
    };
    const { result } = await secondsOf(stream(small));
    expect(isPrefix(result, small) && result.error === null).toBe(true);
    expect(result.bytes.length).toBe(small.payload.length);
    expect(refused).toBeLessThanOrEqual(6);
  });

  test('and asks for a rest gets nothing ahead of its turn until that is over', async () => {
    const server = serve(small, { latencyMs: 100 });
    let refusedAtMs = 0;
    const early: number[] = [];
    server.answer = ({ atMs }) => {
      if (refusedAtMs > 0 && atMs > refusedAtMs + 100 && atMs < refusedAtMs + 4_000) early.push(server.open);
      if (server.open <= 1 || refusedAtMs > 0) return null;
      refusedAtMs = atMs;
      return { status: 429, headers: { 'retry-after': '4' } };
    };
    await secondsOf(stream(small));
    expect(early.length).toBeGreaterThan(10);
    expect(Math.max(...early)).toBe(1);
  });
});

describe('what goes wrong ahead', () => {
  test('is met at its turn, after all that comes before it, and nothing more is asked for', async () => {
    const server = serve(small, { latencyMs: 200 });
    server.files.delete('/item/50.jpg');
    const { result } = await secondsOf(stream(small));
    expect(result.error instanceof OriginError && result.error.fault).toBe('not-found');
    expect(result.bytes.length).toBe(50 * 4_096);
    expect(isPrefix(result, small)).toBe(true);
    expect(server.requests.length).toBeLessThanOrEqual(57);
    await clock.pass(30_000);
    expect([server.open, clock.timersLeft]).toEqual([0, 0]);
  });

  test('leaves its places to others', async () => {
    const server = serve(small, { latencyMs: 200 });
    server.files.delete('/item/50.jpg');
    await secondsOf(stream(small));
    const from = 51 * 4_096;
    const { s, result } = await secondsOf(stream(small, { startByte: from }));
    expect([result.error, result.bytes.length]).toEqual([null, small.payload.length - from]);
    expect(s).toBeLessThan(((FILES - 51) / 6 + 2) * 0.2 * 1.1);
  });

  test('a body that breaks off is asked for again from there by nobody else: what came is kept', async () => {
    const server = serve(small, { latencyMs: 200 });
    server.answer = ({ url }) => (url.endsWith('/20.jpg') ? { breaksAfterBytes: 1_000 } : null);
    const { result } = await secondsOf(stream(small));
    expect(result.error instanceof OriginError && result.error.fault).toBe('unreachable');
    expect(result.bytes.length).toBe(20 * 4_096 + 1_000);
    expect(isPrefix(result, small)).toBe(true);
  });
});

/** Counts how often somebody asks for room. */
class CountedSlots extends RequestSlots {
  asks = 0;
  override ahead(...args: Parameters<RequestSlots['ahead']>): ReturnType<RequestSlots['ahead']> {
    this.asks += 1;
    return super.ahead(...args);
  }
}

test('thousands of files cost no more each than a hundred do', async () => {
  const many = await folderOf(64, 4_000);
  const counted = new CountedSlots(() => clock.nowMs());
  const fetch: typeof globalThis.fetch = async () =>
    new Response(new Uint8Array(64), { status: 206, headers: { 'content-range': 'bytes 0-63/64' } });
  const { result } = await secondsOf(stream(many, { fetch, slots: counted }));
  expect([result.error, result.bytes.length]).toEqual([null, 64 * 4_000]);
  expect(counted.asks).toBeLessThan(4_000 * 8);
});

test('what lies beyond an end that has come nearer is not asked for', async () => {
  const server = serve(small, { latencyMs: 200 });
  const abort = new AbortController();
  clock.after(700, () => abort.abort());
  await secondsOf(stream(small, { endsAt: () => 8 * 4_096, signal: abort.signal }));
  expect(Math.max(...server.requests.map(({ url }) => Number(/(\d+)\.jpg/.exec(url)?.[1])))).toBeLessThanOrEqual(8);
});

test('a server that answers one request at a time gets one at a time', async () => {
  const server = serve(small, { latencyMs: 10 });
  const { result } = await secondsOf(stream(small, { oneAtATime: true }));
  expect([result.error, server.mostOpen]).toEqual([null, 1]);
});
