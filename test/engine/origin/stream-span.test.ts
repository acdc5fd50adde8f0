import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OriginError, streamSpan } from '../../../src/engine/origin/stream-span.ts';
import type { FileIndex, OriginUrl } from '../../../src/model/ids.ts';
import { MemoryWeb, type WebAnswer, type WebServer } from '../../support/simulation/memory-web.ts';
import { type SmallTorrent, smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack, VirtualClock } from '../../support/simulation/virtual-clock.ts';

const single = await smallTorrent({ content: 500_000 });
const multi = await smallTorrent({
  name: 'my folder',
  content: { 'a#1.bin': 150_000, 'empty.txt': 0, 'sub/b.bin': 40_000, 'c.bin': 2_000_000 },
  padsFiles: true,
});

let clock: VirtualClock;
let web: MemoryWeb;
let server: WebServer;
beforeEach(() => {
  clock = new VirtualClock();
  clock.takeTimers();
  web = new MemoryWeb(clock);
  server = web.server('o.test');
  server.files.set('/file.bin', single.payload);
  for (const file of multi.info.files) server.files.set(`/my folder/${file.path.join('/')}`, multi.file(file.index));
});
afterEach(giveTimersBack);

type Read = { readonly bytes: Uint8Array; readonly zeros: number; readonly error: unknown };
type Options = {
  readonly torrent?: SmallTorrent;
  readonly acceptWhole?: boolean;
  readonly signal?: AbortSignal;
  readonly finalUrls?: Map<FileIndex, string>;
};

/** Streams a span to its end or its error, and gives what came. Padding counts as bytes and as `zeros`. */
async function read(startByte: number, endByte: number, options: Options = {}): Promise<Read> {
  const { torrent = single, acceptWhole = false, finalUrls = new Map() } = options;
  const parts: Uint8Array[] = [];
  let zeros = 0;
  const stream = async () => {
    const span = streamSpan({
      info: torrent.info,
      origin: 'http://o.test/' as OriginUrl,
      startByte,
      endByte,
      acceptWhole,
      signal: options.signal ?? new AbortController().signal,
      fetch: web.fetch,
      nowMs: () => clock.nowMs(),
      finalUrls,
    });
    for await (const part of span) {
      parts.push('bytes' in part ? part.bytes : new Uint8Array(part.zeros));
      if ('zeros' in part) zeros += part.zeros;
    }
    return null;
  };
  const error = await clock.untilSettled(stream().catch((reason: unknown) => reason));
  return { bytes: Buffer.concat(parts), zeros, error };
}

const asks = () =>
  server.requests.map(({ url, startByte, endByte }) => `${new URL(url).pathname} ${startByte}-${endByte}`);
const faultOf = ({ error }: Read) => (error instanceof OriginError ? error.fault : error);
const isRight = ({ bytes }: Read, torrent: SmallTorrent, startByte: number, endByte: number) =>
  Buffer.compare(bytes, torrent.payload.subarray(startByte, endByte)) === 0;

describe('a span of one file', () => {
  test('is asked for as one range, without cookies, referrer or cache', async () => {
    const came = await read(1_000, 200_000);
    expect(came.error).toBeNull();
    expect(isRight(came, single, 1_000, 200_000)).toBe(true);
    expect(asks()).toEqual(['/file.bin 1000-200000']);
    expect(server.requests[0]?.init).toMatchObject({
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
    const headers = new Headers(server.requests[0]?.init.headers);
    expect([...headers]).toEqual([['range', 'bytes=1000-199999']]);
  });

  test('takes no more than was asked for when the server sends more', async () => {
    server.answer = () => ({ ignoresRange: true, status: 206, headers: { 'content-range': 'bytes 0-499999/500000' } });
    const came = await read(0, 1_000);
    expect(came.error).toBeNull();
    expect(isRight(came, single, 0, 1_000)).toBe(true);
  });

  test('that is empty asks for nothing', async () => {
    expect(await read(7, 7)).toMatchObject({ error: null, zeros: 0 });
    expect(server.requests).toEqual([]);
  });
});

describe('a span of several files', () => {
  test('is asked for file by file, padding and empty files left out', async () => {
    const end = multi.info.lengthBytes;
    const came = await read(0, end, { torrent: multi });
    expect(came.error).toBeNull();
    expect(isRight(came, multi, 0, end)).toBe(true);
    expect(asks()).toEqual([
      '/my%20folder/a%231.bin 0-150000',
      '/my%20folder/sub/b.bin 0-40000',
      '/my%20folder/c.bin 0-2000000',
    ]);
    expect(came.zeros).toBe(end - 2_190_000);
  });

  test('begins and ends within files, even within padding', async () => {
    const pad = multi.info.files.find(({ isPadding }) => isPadding);
    const startByte = (pad?.startByte ?? 0) + 10;
    const came = await read(startByte, startByte + 60_000, { torrent: multi });
    expect(isRight(came, multi, startByte, startByte + 60_000)).toBe(true);
    const inPadding = await read(startByte, startByte + 5, { torrent: multi });
    expect(inPadding).toMatchObject({ error: null, zeros: 5 });
  });

  test('asks for the next file before the current one ends', async () => {
    server.rateBytesPerS = 100_000;
    await read(0, multi.info.lengthBytes, { torrent: multi });
    const [first, second] = server.requests;
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeLessThan(1_000);
  });

  test('a connection that waits for the file before it is not taken for a dead one', async () => {
    server.rateBytesPerS = 4_000; // the request for the next file is out half a minute before it is read
    const end = multi.info.files.find(({ path }) => path.at(-1) === 'b.bin')?.startByte ?? 0;
    const came = await read(0, end + 40_000, { torrent: multi });
    expect(came.error).toBeNull();
    expect(isRight(came, multi, 0, end + 40_000)).toBe(true);
  });

  test('any span gives exactly its bytes', async () => {
    const { lengthBytes } = multi.info;
    await fc.assert(
      fc.asyncProperty(fc.nat(lengthBytes), fc.nat(lengthBytes), async (a, b) => {
        const [startByte, endByte] = [Math.min(a, b), Math.max(a, b)];
        const came = await read(startByte, endByte, { torrent: multi });
        expect(came.error).toBeNull();
        expect(isRight(came, multi, startByte, endByte)).toBe(true);
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  test('a later file that is missing fails when its turn comes, after all earlier bytes', async () => {
    server.files.delete('/my folder/c.bin');
    const came = await read(0, multi.info.lengthBytes, { torrent: multi });
    expect(faultOf(came)).toBe('not-found');
    const start = multi.info.files.find(({ path }) => path.at(-1) === 'c.bin')?.startByte ?? 0;
    expect(isRight(came, multi, 0, start)).toBe(true);
  });
});

describe('redirects', () => {
  const redirecting = () => {
    web.server('cdn.test').files.set('/x/file.bin', single.payload);
    server.answer = ({ earlier }) => ({ redirectTo: `http://cdn.test/x/file.bin?signed=${earlier}` });
    for (const key of [0, 1, 2]) web.server('cdn.test').files.set(`/x/file.bin?signed=${key}`, single.payload);
  };

  test('are remembered: the second request goes to the final address', async () => {
    redirecting();
    const finalUrls = new Map<FileIndex, string>();
    await read(0, 10, { finalUrls });
    await read(10, 20, { finalUrls });
    expect(server.requests).toHaveLength(1);
    expect(web.server('cdn.test').requests).toHaveLength(2);
  });

  test.each([403, 404, 410])('whose target has expired (%i) are resolved anew', async (status) => {
    redirecting();
    const finalUrls = new Map<FileIndex, string>();
    await read(0, 10, { finalUrls });
    web.server('cdn.test').answer = ({ url }) => (url.endsWith('signed=0') ? { status } : null);
    const came = await read(10, 20, { finalUrls });
    expect(came.error).toBeNull();
    expect(isRight(came, single, 10, 20)).toBe(true);
    expect(server.requests).toHaveLength(2);
    expect(finalUrls.get(0 as FileIndex)).toBe('http://cdn.test/x/file.bin?signed=1');
  });

  test('whose target fails otherwise are not resolved anew', async () => {
    redirecting();
    const finalUrls = new Map<FileIndex, string>();
    await read(0, 10, { finalUrls });
    web.server('cdn.test').answer = () => ({ status: 500 });
    expect(faultOf(await read(10, 20, { finalUrls }))).toBe('server-error');
    expect(server.requests).toHaveLength(1);
  });

  test('from the public web into a local network are not used and not remembered', async () => {
    web.server('192.168.1.1').files.set('/file.bin', single.payload);
    server.answer = () => ({ redirectTo: 'http://192.168.1.1/file.bin' });
    const finalUrls = new Map<FileIndex, string>();
    const came = await read(0, 10, { finalUrls });
    expect([faultOf(came), came.bytes.length, finalUrls.size]).toEqual(['unreachable', 0, 0]);
  });

  test('that lead nowhere after all fail with what they said', async () => {
    redirecting();
    const finalUrls = new Map<FileIndex, string>();
    await read(0, 10, { finalUrls });
    web.server('cdn.test').answer = () => ({ status: 403 });
    expect(faultOf(await read(10, 20, { finalUrls }))).toBe('forbidden');
  });
});

describe('an origin that fails', () => {
  test.each<[string, WebAnswer, string, number]>([
    ['is not there', { isUnreachable: true }, 'unreachable', 0],
    ['ends the body early', { endsAfterBytes: 5_000 }, 'unreachable', 5_000],
    ['breaks the connection', { breaksAfterBytes: 5_000 }, 'unreachable', 5_000],
    ['sends an empty body', { endsAfterBytes: 0 }, 'unreachable', 0],
    ['falls silent', { stallsAfterBytes: 5_000 }, 'stalled', 5_000],
    ['is busy', { status: 503, headers: { 'retry-after': '30' } }, 'busy', 0],
    ['compresses', { headers: { 'content-encoding': 'gzip' } }, 'encoded', 0],
    ['answers with the whole file', { ignoresRange: true }, 'ignores-ranges', 0],
    ['has another file', { headers: { 'content-range': 'bytes 1000-199999/600000' } }, 'wrong-length', 0],
    ['sends another place', { headers: { 'content-range': 'bytes 0-199999/500000' } }, 'wrong-range', 0],
  ])('because it %s is named; what came before is kept', async (_name, answer, fault, keptBytes) => {
    server.answer = () => answer;
    const came = await read(1_000, 200_000);
    expect(faultOf(came)).toBe(fault);
    expect(came.bytes.length).toBe(keptBytes);
    expect(isRight(came, single, 1_000, 1_000 + keptBytes)).toBe(true);
  });

  test('says how long it wants to be left alone', async () => {
    server.answer = () => ({ status: 503, headers: { 'retry-after': '30' } });
    expect((await read(0, 10)).error).toMatchObject({ status: 503, retryAfterS: 30 });
  });

  test('by taking 25 seconds to begin is given up', async () => {
    server.latencyMs = 25_000;
    const before = clock.nowMs();
    expect(faultOf(await read(0, 10))).toBe('stalled');
    expect(clock.nowMs() - before).toBeLessThan(22_000);
  });

  test('by sending nothing for 10 seconds is given up', async () => {
    server.answer = () => ({ stallsAfterBytes: 0 });
    server.latencyMs = 0;
    expect(faultOf(await read(0, 10))).toBe('stalled');
  });
});

describe('a whole file in answer to a range', () => {
  test('is taken when it may be, and skipped to the asked bytes', async () => {
    server.answer = () => ({ ignoresRange: true });
    const came = await read(150_000, 300_000, { acceptWhole: true });
    expect(came.error).toBeNull();
    expect(isRight(came, single, 150_000, 300_000)).toBe(true);
  });

  test('is not taken to its end', async () => {
    server.answer = () => ({ ignoresRange: true });
    await read(0, 1_000, { acceptWhole: true });
    expect(server.sentBytes).toBeLessThan(200_000);
  });
});

describe('nothing goes on', () => {
  test.each<[string, WebAnswer | null]>([
    ['after a span that came whole', null],
    ['after a failure while the next file was asked for already', { breaksAfterBytes: 100_000 }],
    ['after an answer that could not be used', { status: 500 }],
  ])('%s', async (_name, answer) => {
    server.answer = ({ url }) => (url.endsWith('a%231.bin') ? answer : null);
    await read(0, multi.info.lengthBytes, { torrent: multi });
    await clock.pass(1_000); // an answer that is on its way is met and let go
    expect(clock.timersLeft).toBe(0);
    const sentBytes = server.sentBytes;
    await clock.pass(30_000);
    expect(server.sentBytes).toBe(sentBytes);
  });
});

describe('stopping', () => {
  test('before the answer begins ends with the reason of the signal', async () => {
    const abort = new AbortController();
    server.latencyMs = 5_000;
    clock.after(1_000, () => abort.abort());
    const came = await read(0, 10, { signal: abort.signal });
    expect(came.error).toMatchObject({ name: 'AbortError' });
  });

  test('in mid-body keeps what came and asks for nothing more', async () => {
    const abort = new AbortController();
    server.rateBytesPerS = 100_000;
    clock.after(2_000, () => abort.abort());
    const came = await read(0, 500_000, { signal: abort.signal });
    expect(came.error).toMatchObject({ name: 'AbortError' });
    expect(came.bytes.length).toBeGreaterThan(100_000);
    expect(isRight(came, single, 0, came.bytes.length)).toBe(true);
    await clock.pass(30_000);
    expect(server.sentBytes).toBeLessThan(300_000);
  });
});
