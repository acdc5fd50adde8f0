import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OriginBehaviour } from './origin-behaviour.ts';
import { type OriginServer, startOriginServer } from './origin-server.ts';
import { pseudoRandomBytes } from './payload.ts';
import { waitUntil } from './wait-until.ts';

const bytes = pseudoRandomBytes(1, 1_000_000);
let server: OriginServer;
let mirror: OriginServer;
let url: string;

beforeAll(async () => {
  [server, mirror] = await Promise.all([startOriginServer(), startOriginServer()]);
  server.serve('/a/ä #1.bin', bytes);
  mirror.serve('/copy.bin', bytes);
  url = `${server.url}/a/${encodeURIComponent('ä #1.bin')}`;
});
afterAll(() => Promise.all([server.close(), mirror.close()]));

/** Asks for the file and sums the answer up; a body that breaks off is told by how much of it came. */
async function ask(behaviour: OriginBehaviour, headers: Record<string, string> = {}, method = 'GET') {
  server.forgetRequests();
  server.behave('/a/ä #1.bin', behaviour);
  const startedAt = performance.now();
  const response = await fetch(url, { headers, method, redirect: 'manual' });
  const firstByteMs = performance.now() - startedAt;
  const chunks: Uint8Array[] = [];
  let end: 'whole' | 'broken' = 'whole';
  try {
    for await (const chunk of response.body ?? []) chunks.push(chunk);
  } catch {
    end = 'broken';
  }
  const body = Buffer.concat(chunks);
  const tookMs = performance.now() - startedAt;
  return { status: response.status, headers: response.headers, body, end, firstByteMs, tookMs };
}

const isSlice = (body: Uint8Array, startByte: number, endByte: number) =>
  Buffer.compare(body, bytes.subarray(startByte, endByte)) === 0;

describe('a correct origin', () => {
  test.each([
    ['no range', undefined, 200, 0, 1_000_000, null],
    ['the first bytes', 'bytes=0-99', 206, 0, 100, 'bytes 0-99/1000000'],
    ['an open end', 'bytes=999990-', 206, 999_990, 1_000_000, 'bytes 999990-999999/1000000'],
    ['the last bytes', 'bytes=-10', 206, 999_990, 1_000_000, 'bytes 999990-999999/1000000'],
    ['an end behind the end', 'bytes=999999-2000000', 206, 999_999, 1_000_000, 'bytes 999999-999999/1000000'],
    ['a start behind the end', 'bytes=1000000-', 416, 0, 0, 'bytes */1000000'],
    ['two ranges', 'bytes=0-1,5-6', 200, 0, 1_000_000, null],
    ['an inverted range', 'bytes=9-5', 200, 0, 1_000_000, null],
  ])('answers %s', async (_name, range, status, startByte, endByte, contentRange) => {
    const reply = await ask({}, range === undefined ? {} : { range });
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-range')).toBe(contentRange);
    expect(reply.headers.get('content-length')).toBe(String(endByte - startByte));
    expect(reply.headers.get('access-control-allow-origin')).toBeNull();
    expect(isSlice(reply.body, startByte, endByte)).toBe(true);
  });

  test('answers HEAD without a body', async () => {
    const reply = await ask({}, {}, 'HEAD');
    expect([reply.status, reply.headers.get('content-length'), reply.body.length]).toEqual([200, '1000000', 0]);
  });

  test('sends the whole file when If-Range names another version', async () => {
    const { headers } = await ask({}, { range: 'bytes=0-9' });
    const etag = headers.get('etag') ?? '';
    expect((await ask({}, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    server.serve('/a/ä #1.bin', bytes);
    expect((await ask({}, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(200);
  });

  test('lists a folder, and adds the slash to its address', async () => {
    expect((await fetch(`${server.url}/a`, { redirect: 'manual' })).headers.get('location')).toBe('/a/');
    expect(await (await fetch(`${server.url}/a/`)).text()).toContain('ä #1.bin');
    expect((await fetch(`${server.url}/missing`)).status).toBe(404);
  });

  test('serves a file that has changed since', async () => {
    server.serve('/changing.bin', bytes);
    const before = await fetch(`${server.url}/changing.bin`, { method: 'HEAD' });
    server.serve('/changing.bin', bytes.subarray(0, 5));
    const after = await fetch(`${server.url}/changing.bin`, { method: 'HEAD' });
    expect(after.headers.get('content-length')).toBe('5');
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
  });

  test('keeps a log', async () => {
    await ask({}, { range: 'bytes=0-99', cookie: 'a=b', referer: 'http://page.example/' });
    expect(server.requests).toMatchObject([
      { method: 'GET', path: '/a/ä #1.bin', range: 'bytes=0-99', status: 206, bytesSent: 100, cookies: 'a=b' },
    ]);
    expect(server.requests[0]?.referer).toBe('http://page.example/');
  });
});

describe('an origin that behaves', () => {
  test('slowly waits before the first byte', async () => {
    expect((await ask({ latencyMs: 150 })).firstByteMs).toBeGreaterThanOrEqual(145);
  });

  test('slowly keeps to its rate on each connection', async () => {
    const reply = await ask({ rateBytesPerS: 2_000_000 });
    expect(isSlice(reply.body, 0, 1_000_000)).toBe(true);
    expect(reply.tookMs).toBeGreaterThan(450);
    expect(reply.tookMs).toBeLessThan(5000);
  });

  test('slowly until it is corrected sends the rest at once', async () => {
    const answered = ask({ rateBytesPerS: 10_000 }); // all of it would take 100 s
    await waitUntil(() => (server.requests.at(-1)?.bytesSent ?? 0) > 0);
    server.behave('/a/ä #1.bin', null);
    const reply = await answered;
    expect(isSlice(reply.body, 0, 1_000_000)).toBe(true);
    expect(reply.tookMs).toBeLessThan(30_000);
  });

  test('holds some bytes back until it is corrected, whatever range they are asked in', async () => {
    const answered = ask({ withholds: { startByte: 1000, endByte: 2000 } }, { range: 'bytes=500-2999' });
    await waitUntil(() => server.requests.at(-1)?.bytesSent === 500);
    const behind = await fetch(url, { headers: { range: 'bytes=2000-2999' } });
    expect(isSlice(new Uint8Array(await behind.arrayBuffer()), 2000, 3000)).toBe(true);
    expect(server.requests[0]?.bytesSent).toBe(500);
    server.behave('/a/ä #1.bin', null);
    expect(isSlice((await answered).body, 500, 3000)).toBe(true);
  });

  test('as if it knew no ranges sends all', async () => {
    const reply = await ask({ ignoresRanges: true }, { range: 'bytes=5-9' });
    expect([reply.status, reply.body.length, reply.headers.get('accept-ranges')]).toEqual([200, 1_000_000, null]);
  });

  test.each([404, 403, 410, 503])('with status %i says so', async (status) => {
    const reply = await ask({ failsWith: { status, retryAfterS: 7 } });
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([status, '7']);
  });

  test('falsely changes only the bytes it is told to', async () => {
    const reply = await ask({ lies: { startByte: 100, endByte: 102 } }, { range: 'bytes=99-103' });
    expect([...reply.body]).toEqual(
      [...bytes.subarray(99, 104)].map((byte, at) => ([1, 2].includes(at) ? byte ^ 255 : byte)),
    );
  });

  test.each([
    ['truncate', 'broken'],
    ['reset', 'broken'],
    ['short', 'whole'],
  ] as const)('badly can %s a body', async (how, end) => {
    const reply = await ask({ breaks: { how, afterBytes: 1000 } }, { range: 'bytes=0-9999' });
    expect(reply.headers.get('content-range')).toBe('bytes 0-9999/1000000');
    expect(reply.end).toBe(end);
    expect(reply.body.length).toBeLessThanOrEqual(1000); // a reset takes back what was not read yet
    expect(server.requests[0]?.bytesSent).toBe(1000);
  });

  test('badly can stall in the middle of a body', async () => {
    server.behave('/a/ä #1.bin', { breaks: { how: 'stall', afterBytes: 1000 } });
    const reader = (await fetch(url)).body?.getReader();
    let received = 0;
    while (received < 1000) received += (await reader?.read())?.value?.length ?? 0;
    const silence = new Promise<string>((resolve) => setTimeout(() => resolve('silence'), 200));
    expect(await Promise.race([reader?.read(), silence])).toBe('silence');
    await reader?.cancel();
  });

  test('badly answers another range than it was asked', async () => {
    const reply = await ask({ shiftsRangeByBytes: 10 }, { range: 'bytes=0-9' });
    expect(reply.headers.get('content-range')).toBe('bytes 10-19/1000000');
    expect(isSlice(reply.body, 10, 20)).toBe(true);
  });

  test('oddly compresses what nobody asked to be compressed', async () => {
    const reply = await ask({ gzips: true }, { 'accept-encoding': 'identity' });
    expect(reply.headers.get('content-encoding')).toBe('gzip');
    expect(isSlice(reply.body, 0, 1_000_000)).toBe(true);
  });

  test('as a load balancer redirects to another server', async () => {
    server.behave('/a/ä #1.bin', { redirectTo: `${mirror.url}/copy.bin` });
    const response = await fetch(url);
    expect(response.url).toBe(`${mirror.url}/copy.bin`);
    expect(isSlice(new Uint8Array(await response.arrayBuffer()), 0, 1_000_000)).toBe(true);
  });

  test.each(['Lax', 'Strict'])('as a site behind a login wants its SameSite=%s cookie', async (sameSite) => {
    const stranger = await ask({ requiresCookie: true });
    expect([stranger.status, stranger.body.toString().includes('Sign in')]).toEqual([200, true]);
    const login = await fetch(`${server.url}/login${sameSite === 'Strict' ? '?strict' : ''}`);
    const cookie = login.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(new RegExp(`HttpOnly; SameSite=${sameSite}$`));
    const member = await ask({ requiresCookie: true }, { cookie: cookie.split(';')[0] ?? '' });
    expect(isSlice(member.body, 0, 1_000_000)).toBe(true);
  });

  test('by the number of the request, for all paths, with headers of its own', async () => {
    server.forgetRequests();
    server.behave('/a/ä #1.bin', null);
    server.behave('*', ({ number }) => ({
      ...(number === 1 ? { failsWith: { status: 503 } } : {}),
      extraHeaders: { via: 'x' },
    }));
    const first = await fetch(url);
    const second = await fetch(url);
    server.behave('*', null);
    expect([first.status, second.status, second.headers.get('via')]).toEqual([503, 200, 'x']);
  });
});

test('an origin that closes ends connections that are in the middle of a body, and frees its port', async () => {
  const doomed = await startOriginServer();
  doomed.serve('/file', bytes);
  doomed.behave('/file', { breaks: { how: 'stall', afterBytes: 10 } });
  const response = await fetch(`${doomed.url}/file`);
  await doomed.close();
  await expect(response.arrayBuffer()).rejects.toThrow();
  const successor = createServer();
  await new Promise<void>((resolve, reject) => {
    successor.once('error', reject).listen(Number(new URL(doomed.url).port), '127.0.0.1', resolve);
  });
  successor.close();
});
