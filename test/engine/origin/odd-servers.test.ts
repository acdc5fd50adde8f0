import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { mirrorsOf } from '../../../src/engine/origin/mirrors.ts';
import { OriginError, type SpanRequest, streamSpan } from '../../../src/engine/origin/stream-span.ts';
import type { FileIndex, OriginUrl } from '../../../src/model/ids.ts';
import { openServer } from '../../support/open-server.ts';
import { type SmallTorrent, smallTorrent } from '../../support/simulation/small-torrent.ts';

// Real servers and the real `fetch`: what becomes of the stream, and what the origin is said to have done.

const torrent = await smallTorrent({ content: 300_000 });
const FILE = torrent.payload;
const LENGTH = FILE.length;
/** The span that every row asks for. */
const START = 100_000;
const END = 200_000;

type Asked = { readonly request: IncomingMessage; readonly startByte: number; readonly endByte: number };
type Handler = (response: ServerResponse, asked: Asked) => void;
type Running = { readonly url: string; readonly asks: string[]; readonly close: () => Promise<void> };

let running: Running[] = [];

async function serve(handler: Handler): Promise<Running> {
  const asks: string[] = [];
  const server = createServer((request, response) => {
    const [, start = '', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    asks.push(`${request.url} ${request.headers.range}`);
    handler(response, { request, startByte: Number(start), endByte: Number(last) + 1 });
  });
  const { origin, close } = await openServer(server);
  const started = { url: origin, asks, close };
  running.push(started);
  return started;
}

beforeEach(() => {
  running = [];
});
afterEach(async () => {
  vi.useRealTimers();
  for (const server of running) await server.close();
});

type Came = { readonly fault: unknown; readonly keptBytes: number; readonly isRight: boolean; readonly error: unknown };
type Options = {
  readonly acceptWhole?: boolean;
  readonly finalUrls?: Map<FileIndex, string>;
  readonly signal?: AbortSignal;
  readonly onAnswer?: SpanRequest['onAnswer'];
  /** Called with every part that came: when the accident is to happen. */
  readonly onKept?: (keptBytes: number) => void;
};

/** Streams the span from a server; every byte that came is compared with the file. */
async function read(origin: string, options: Options = {}): Promise<Came> {
  const {
    acceptWhole = false,
    finalUrls = new Map(),
    signal = new AbortController().signal,
    onKept,
    onAnswer,
  } = options;
  let position = START;
  let isRight = true;
  let error: unknown = null;
  try {
    const span = streamSpan({
      info: torrent.info,
      origin: `${origin}/file.bin` as OriginUrl,
      startByte: START,
      endByte: END,
      acceptWhole,
      signal,
      fetch: globalThis.fetch,
      nowMs: Date.now,
      finalUrls,
      ...(onAnswer === undefined ? {} : { onAnswer }),
    });
    for await (const part of span) {
      const bytes = 'bytes' in part ? part.bytes : new Uint8Array(part.zeros);
      isRight &&= Buffer.compare(bytes, FILE.subarray(position, position + bytes.length)) === 0;
      position += bytes.length;
      onKept?.(position - START);
    }
  } catch (reason) {
    error = reason;
  }
  return { fault: error instanceof OriginError ? error.fault : error, keptBytes: position - START, isRight, error };
}

type Part = { readonly start?: number; readonly end?: number; readonly total?: number | string };

/** An honest 206, except for what is said otherwise. */
function part(response: ServerResponse, asked: Asked, headers: Record<string, string> = {}, changes: Part = {}): void {
  const { start = asked.startByte, end = asked.endByte, total = LENGTH } = changes;
  const body = FILE.subarray(start, end);
  response.writeHead(206, {
    'content-type': 'application/octet-stream',
    'content-range': `bytes ${start}-${end - 1}/${total}`,
    'content-length': String(body.length),
    ...headers,
  });
  response.end(body);
}

const whole = (response: ServerResponse, body: Uint8Array | string = FILE, headers: Record<string, string> = {}) => {
  response.writeHead(200, { 'content-length': String(Buffer.byteLength(body)), ...headers });
  response.end(body);
};
const chunked = (response: ServerResponse, status: number, body: Uint8Array, headers: Record<string, string> = {}) => {
  response.writeHead(status, headers);
  response.write(body.subarray(0, 1_000));
  response.end(body.subarray(1_000));
};
const status = (code: number, headers: Record<string, string> = {}): Handler => {
  return (response) => response.writeHead(code, headers).end();
};
const redirect = (to: string): Handler => status(302, { location: to });
const PAGE = '<!doctype html><title>Log in</title>';
const ALL = END - START;
const rangeOf = ({ startByte, endByte }: Asked) => `bytes ${startByte}-${endByte - 1}/${LENGTH}`;

describe('the stream is right', () => {
  test.each<[string, Handler, Options]>([
    ['an honest 206', part, {}],
    ['a 206 with * as total', (response, asked) => part(response, asked, {}, { total: '*' }), {}],
    [
      'a 206 in chunks, without a length',
      (r, asked) => chunked(r, 206, FILE.subarray(START, END), { 'content-range': rangeOf(asked) }),
      {},
    ],
    ['a 206 that goes on to the end of the file', (r, asked) => part(r, asked, {}, { end: LENGTH }), {}],
    [
      'a body that is longer than its Content-Range',
      (r, asked) => chunked(r, 206, FILE.subarray(START), { 'content-range': rangeOf(asked) }),
      {},
    ],
    ['a 206 with a content type of its own', (r, asked) => part(r, asked, { 'content-type': 'text/html' }), {}],
    ['a weak ETag', (r, asked) => part(r, asked, { etag: 'W/"1"' }), {}],
    ['the whole file, when that is taken', (response) => whole(response), { acceptWhole: true }],
    ['the whole file in chunks, when that is taken', (r) => chunked(r, 200, FILE), { acceptWhole: true }],
    [
      'a body in bits and pieces',
      (r, asked) => {
        r.writeHead(206, { 'content-range': rangeOf(asked) });
        for (let at = asked.startByte; at < asked.endByte; at += 7_777)
          r.write(FILE.subarray(at, Math.min(at + 7_777, asked.endByte)));
        r.end();
      },
      {},
    ],
  ])('%s', async (_name, handler, options) => {
    const server = await serve(handler);
    expect(await read(server.url, options)).toEqual({ fault: null, keptBytes: ALL, isRight: true, error: null });
    expect(server.asks).toHaveLength(1);
  });

  test('a server that cuts every range short is asked for the rest, without a fault', async () => {
    const server = await serve((response, asked) =>
      part(response, asked, {}, { end: Math.min(asked.endByte, asked.startByte + 40_000) }),
    );
    expect(await read(server.url)).toMatchObject({ fault: null, keptBytes: ALL, isRight: true });
    expect(server.asks).toEqual([
      '/file.bin bytes=100000-199999',
      '/file.bin bytes=140000-199999',
      '/file.bin bytes=180000-199999',
    ]);
  });

  test('an ETag that is another one each time changes nothing: no condition is ever sent', async () => {
    const seen: unknown[] = [];
    let count = 0;
    const server = await serve((response, asked) => {
      const { headers } = asked.request;
      seen.push(headers['if-range'] ?? headers['if-match'] ?? headers['if-none-match']);
      count += 1;
      part(response, asked, { etag: `"${count}"`, 'last-modified': new Date(count * 1e9).toUTCString() });
    });
    expect(await read(server.url)).toMatchObject({ fault: null, isRight: true });
    expect(await read(server.url)).toMatchObject({ fault: null, isRight: true });
    expect(seen).toEqual([undefined, undefined]);
  });
});

describe('nothing is taken, and the fault has a name', () => {
  test.each<[string, Handler, string, Options]>([
    ['200 to a range', (response) => whole(response), 'ignores-ranges', {}],
    ['200 to a range, of unknown length', (response) => chunked(response, 200, FILE), 'ignores-ranges', {}],
    ['206 with another start', (r, asked) => part(r, asked, {}, { start: START + 1 }), 'wrong-range', {}],
    ['206 from the start of the file', (r, asked) => part(r, asked, {}, { start: 0 }), 'wrong-range', {}],
    ['206 with hardly anything', (r, asked) => part(r, asked, {}, { end: START + 100 }), 'wrong-range', {}],
    [
      '206 with an end beyond the file',
      (r, asked) => part(r, asked, { 'content-range': `bytes ${START}-${LENGTH}/*` }),
      'wrong-length',
      {},
    ],
    ['206 with another total', (r, asked) => part(r, asked, {}, { total: LENGTH + 1 }), 'wrong-length', {}],
    ['206 without Content-Range', (response) => chunked(response, 206, FILE.subarray(START, END)), 'wrong-range', {}],
    [
      'multipart/byteranges',
      (response, asked) => {
        const head = `--x\r\nContent-Range: ${rangeOf(asked)}\r\n\r\n`;
        chunked(
          response,
          206,
          Buffer.concat([Buffer.from(head), FILE.subarray(START, END), Buffer.from('\r\n--x--\r\n')]),
          { 'content-type': 'multipart/byteranges; boundary=x' },
        );
      },
      'wrong-range',
      {},
    ],
    ['416', status(416, { 'content-range': 'bytes */50000' }), 'wrong-length', {}],
    [
      'gzip in spite of a range',
      (r, asked) => {
        const body = gzipSync(FILE.subarray(START, END));
        r.writeHead(206, { 'content-range': rangeOf(asked), 'content-encoding': 'gzip' }).end(body);
      },
      'encoded',
      {},
    ],
    [
      'a whole file in gzip',
      (r) => whole(r, gzipSync(FILE), { 'content-encoding': 'gzip' }),
      'encoded',
      { acceptWhole: true },
    ],
    ['a whole file of another length', (r) => whole(r, FILE.subarray(1)), 'wrong-length', { acceptWhole: true }],
    ['an empty file', (response) => whole(response, ''), 'wrong-length', { acceptWhole: true }],
    ['a login page', (r) => whole(r, PAGE, { 'content-type': 'text/html' }), 'web-page', {}],
    [
      'a login page of unknown length',
      (r) => chunked(r, 200, Buffer.from(PAGE), { 'content-type': 'text/html; charset=utf-8' }),
      'web-page',
      {},
    ],
    [
      'a login page of unknown length, when whole files are taken',
      (r) => chunked(r, 200, Buffer.from(PAGE), { 'content-type': 'text/html' }),
      'web-page',
      { acceptWhole: true },
    ],
    ['204', status(204), 'server-error', {}],
    ['304', status(304), 'server-error', {}],
    ['401', status(401), 'forbidden', {}],
    ['403', status(403), 'forbidden', {}],
    ['404', status(404), 'not-found', {}],
    ['410', status(410), 'not-found', {}],
    ['500', status(500), 'server-error', {}],
    [
      'an empty body',
      (r, asked) => chunked(r, 206, new Uint8Array(0), { 'content-range': rangeOf(asked) }),
      'unreachable',
      {},
    ],
    ['a connection that is closed without an answer', (response) => void response.socket?.destroy(), 'unreachable', {}],
    ['an answer that is no HTTP', (response) => void response.socket?.end('hello\r\n\r\n'), 'unreachable', {}],
    ['a redirect loop', redirect('/file.bin'), 'unreachable', {}],
    ['a redirect without an address', status(302), 'server-error', {}],
    ['a redirect to ftp', redirect('ftp://127.0.0.1/file.bin'), 'unreachable', {}],
    ['a redirect to data', redirect('data:application/octet-stream,abc'), 'unreachable', {}],
    ['a redirect to a file', redirect('file:///etc/hostname'), 'unreachable', {}],
  ])('%s', async (_name, handler, fault, options) => {
    const server = await serve(handler);
    const finalUrls = new Map<FileIndex, string>();
    expect(await read(server.url, { ...options, finalUrls })).toMatchObject({ fault, keptBytes: 0 });
    expect(finalUrls.size).toBe(0);
  });

  test('a redirect to https where there is none', async () => {
    const plain = await serve(part);
    const server = await serve(redirect(`${plain.url.replace('http:', 'https:')}/file.bin`));
    expect(await read(server.url)).toMatchObject({ fault: 'unreachable', keptBytes: 0 });
  });

  test('a host where nobody listens', async () => {
    const server = await serve(part);
    await server.close();
    expect(await read(server.url)).toMatchObject({ fault: 'unreachable', keptBytes: 0 });
  });

  test.each([429, 503])('%i says how long to wait, in seconds or as a date', async (code) => {
    const inSeconds = await serve(status(code, { 'retry-after': '30' }));
    expect((await read(inSeconds.url)).error).toMatchObject({ fault: 'busy', status: code, retryAfterS: 30 });
    const asDate = await serve((r) =>
      status(code, { 'retry-after': new Date(Date.now() + 60_500).toUTCString() })(r, {} as Asked),
    );
    const { error } = await read(asDate.url);
    expect(error).toMatchObject({ fault: 'busy', status: code });
    expect(error instanceof OriginError && error.retryAfterS).toBeGreaterThan(50);
    expect(error instanceof OriginError && error.retryAfterS).toBeLessThanOrEqual(61);
  });

  test('a file that grew between two requests', async () => {
    let total = LENGTH;
    const server = await serve((response, asked) => part(response, asked, {}, { total }));
    expect(await read(server.url)).toMatchObject({ fault: null });
    total += 1;
    expect(await read(server.url)).toMatchObject({ fault: 'wrong-length', keptBytes: 0 });
  });
});

describe('what came before the accident is kept', () => {
  const KEPT = 30_000;
  const begin = (response: ServerResponse, asked: Asked, headers: Record<string, string> = {}) => {
    response.writeHead(206, { 'content-range': rangeOf(asked), ...headers });
    response.write(FILE.subarray(asked.startByte, asked.startByte + KEPT));
  };

  test.each<[string, Handler]>([
    [
      'a body that is shorter than its Content-Range',
      (response, asked) => {
        begin(response, asked);
        response.end();
      },
    ],
    [
      'a body whose Content-Length is shorter than its Content-Range',
      (response, asked) => {
        begin(response, asked, { 'content-length': String(KEPT) });
        response.end();
      },
    ],
  ])('%s', async (_name, handler) => {
    const server = await serve(handler);
    expect(await read(server.url)).toMatchObject({ fault: 'unreachable', keptBytes: KEPT, isRight: true });
  });

  /** Calls back when all of the kept bytes have been read, so that the accident cannot overtake them. */
  const whenKept = (then: () => void) => ({ onKept: (keptBytes: number) => keptBytes === KEPT && setImmediate(then) });

  test.each(['reset', 'close'])('a %s before Content-Length is reached', async (how) => {
    let socket: ServerResponse['socket'] = null;
    const server = await serve((response, asked) => {
      socket = response.socket;
      begin(response, asked, { 'content-length': String(ALL) });
    });
    const accident = whenKept(() => (how === 'reset' ? socket?.resetAndDestroy() : socket?.end()));
    expect(await read(server.url, accident)).toMatchObject({ fault: 'unreachable', keptBytes: KEPT, isRight: true });
  });

  test('silence in mid-body ends after ten seconds, and no connection is left', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const left = withSignal();
    const server = await serve((response, asked) => {
      response.once('close', left.resolve);
      begin(response, asked);
    });
    const accident = whenKept(() => vi.advanceTimersByTime(11_000));
    expect(await read(server.url, accident)).toMatchObject({ fault: 'stalled', keptBytes: KEPT, isRight: true });
    await left.promise;
    expect(vi.getTimerCount()).toBe(0);
  });

  test('an answer that does not begin within twenty seconds is given up', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const left = withSignal();
    const server = await serve((response) => {
      response.once('close', left.resolve);
      vi.advanceTimersByTime(21_000);
    });
    expect(await read(server.url)).toMatchObject({ fault: 'stalled', keptBytes: 0 });
    await left.promise;
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a slow answer that begins after nineteen seconds is taken', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const server = await serve((response, asked) => {
      vi.advanceTimersByTime(19_000);
      part(response, asked);
    });
    expect(await read(server.url)).toMatchObject({ fault: null, keptBytes: ALL, isRight: true });
  });
});

describe('redirects', () => {
  /** A CDN with signed addresses, and the origin that signs them. */
  async function signing(): Promise<{ cdn: Running; origin: Running; answerWith: (handler: Handler) => void }> {
    let answer: Handler = part;
    const cdn = await serve((response, asked) => answer(response, asked));
    let signed = 0;
    const origin = await serve((response, asked) => {
      signed += 1;
      redirect(`${cdn.url.replace('127.0.0.1', 'localhost')}/x?key=${signed}`)(response, asked);
    });
    const answerWith = (handler: Handler) => {
      answer = handler;
    };
    return { cdn, origin, answerWith };
  }
  const expired = (handler: Handler): Handler => {
    return (response, asked) => (asked.request.url === '/x?key=1' ? handler : part)(response, asked);
  };

  test('to another host are followed and remembered', async () => {
    const { cdn, origin } = await signing();
    const finalUrls = new Map<FileIndex, string>();
    for (let turn = 0; turn < 3; turn++)
      expect(await read(origin.url, { finalUrls })).toMatchObject({ fault: null, isRight: true });
    expect(origin.asks).toHaveLength(1);
    expect(cdn.asks.map((ask) => ask.split(' ')[0])).toEqual(['/x?key=1', '/x?key=1', '/x?key=1']);
  });

  test.each<[string, Handler]>([
    ['403', status(403)],
    ['404', status(404)],
    ['410', status(410)],
    ['a login page', (response) => whole(response, PAGE, { 'content-type': 'text/html' })],
    ['a file of another length', (response, asked) => part(response, asked, {}, { total: 5 })],
    ['a closed connection', (response) => void response.socket?.destroy()],
  ])('whose remembered address answers with %s are resolved once more', async (_name, handler) => {
    const { cdn, origin, answerWith } = await signing();
    const finalUrls = new Map<FileIndex, string>();
    await read(origin.url, { finalUrls });
    answerWith(expired(handler));
    expect(await read(origin.url, { finalUrls })).toMatchObject({ fault: null, keptBytes: ALL, isRight: true });
    expect(origin.asks).toHaveLength(2);
    expect([...finalUrls.values()]).toEqual([`${cdn.url.replace('127.0.0.1', 'localhost')}/x?key=2`]);
  });

  test.each([
    [403, 'forbidden'],
    [404, 'not-found'],
    [410, 'not-found'],
  ])('that lead to %i again after being resolved fail with it, and the address is forgotten', async (code, fault) => {
    const { cdn, origin, answerWith } = await signing();
    const finalUrls = new Map<FileIndex, string>();
    await read(origin.url, { finalUrls });
    answerWith(status(code));
    expect(await read(origin.url, { finalUrls })).toMatchObject({ fault, keptBytes: 0 });
    expect(origin.asks).toHaveLength(2);
    expect(cdn.asks).toHaveLength(3);
    expect(finalUrls.size).toBe(0);
  });

  test('whose origin fails when it is asked again fail with that', async () => {
    const { cdn, answerWith } = await signing();
    const broken = await serve(status(503, { 'retry-after': '9' }));
    const finalUrls = new Map([[0 as FileIndex, `${cdn.url}/x?key=1`]]);
    answerWith(status(403));
    const { error } = await read(broken.url, { finalUrls });
    expect(error).toMatchObject({ fault: 'busy', status: 503, retryAfterS: 9 });
    expect(broken.asks).toHaveLength(1);
    expect(finalUrls.size).toBe(0);
  });

  test.each([500, 503])('whose address answers %i are not resolved at once, but at the next request', async (code) => {
    const { origin, answerWith } = await signing();
    const finalUrls = new Map<FileIndex, string>();
    await read(origin.url, { finalUrls });
    answerWith(expired(status(code)));
    expect((await read(origin.url, { finalUrls })).keptBytes).toBe(0);
    expect(origin.asks).toHaveLength(1);
    expect(await read(origin.url, { finalUrls })).toMatchObject({ fault: null, isRight: true });
    expect(origin.asks).toHaveLength(2);
  });
});

test('no cookies and no referrer, and as few other headers as can be', async () => {
  let headers: IncomingMessage['headers'] = {};
  const server = await serve((response, asked) => {
    headers = asked.request.headers;
    part(response, asked, { 'set-cookie': 'a=1' });
  });
  await read(server.url);
  await read(server.url);
  expect(headers).toMatchObject({ range: 'bytes=100000-199999' });
  expect(headers.cookie).toBeUndefined();
  expect(headers.referer).toBeUndefined();
});

describe('an address with a login', () => {
  const AUTHORIZATION = `Basic ${Buffer.from('ann:pä ss').toString('base64')}`;
  const withLogin = (url: string) => url.replace('//', '//ann:p%C3%A4%20ss@');
  const seen = (asked: Asked) => asked.request.headers.authorization;

  test('is asked with that login, and without one the server refuses', async () => {
    const server = await serve((r, asked) => (seen(asked) === AUTHORIZATION ? part : status(401))(r, asked));
    expect(await read(withLogin(server.url))).toMatchObject({ fault: null, isRight: true });
    expect(await read(server.url)).toMatchObject({ fault: 'forbidden', keptBytes: 0 });
  });

  test('tells it nobody else that it redirects to', async () => {
    const told: unknown[] = [];
    const other = await serve((response, asked) => {
      told.push(seen(asked));
      part(response, asked);
    });
    const server = await serve(redirect(`${other.url.replace('127.0.0.1', 'localhost')}/x`));
    const finalUrls = new Map<FileIndex, string>();
    for (let turn = 0; turn < 2; turn++)
      expect(await read(withLogin(server.url), { finalUrls })).toMatchObject({ fault: null });
    expect(told).toEqual([undefined, undefined]);
  });

  test('says it where it redirects within itself, also when that is remembered', async () => {
    const server = await serve((response, asked) => {
      if (seen(asked) !== AUTHORIZATION) return status(401)(response, asked);
      (asked.request.url === '/x' ? part : redirect('/x'))(response, asked);
    });
    const finalUrls = new Map<FileIndex, string>();
    for (let turn = 0; turn < 2; turn++)
      expect(await read(withLogin(server.url), { finalUrls })).toMatchObject({ fault: null, isRight: true });
    expect(server.asks.map((ask) => ask.split(' ')[0])).toEqual(['/file.bin', '/x', '/x']);
  });
});

describe('mirrors', () => {
  const mirrorsFrom = async (origin: string) => {
    const found: string[] = [];
    const onAnswer: SpanRequest['onAnswer'] = (answer) =>
      void found.push(...mirrorsOf(`${origin}/file.bin` as OriginUrl, answer));
    expect(await read(origin, { onAnswer })).toMatchObject({ fault: null, isRight: true });
    return found;
  };
  const links = [
    '<http://m1.test/f>; rel=duplicate; pri=2',
    '<http://m2.test/f,g>; rel="duplicate"; pri=1, </t>; rel=x',
  ];
  const named: Handler = (response, asked) => {
    response.setHeader('link', links);
    part(response, asked);
  };

  test('in several Link headers are found', async () => {
    const server = await serve(named);
    expect(await mirrorsFrom(server.url)).toEqual(['http://m2.test/f,g', 'http://m1.test/f']);
  });

  test('that the target of a redirect names are not believed, and those of the redirect itself are not seen', async () => {
    const target = await serve(named);
    const server = await serve((response) => {
      response.writeHead(302, { location: `${target.url}/file.bin`, link: links }).end();
    });
    expect(await mirrorsFrom(server.url)).toEqual([]);
  });
});

describe('a server that answers one request at a time', () => {
  /** Ends each body only when it has been left waiting for a while, as one does that is asked ahead. */
  async function serveOneAtATime(folder: SmallTorrent): Promise<Running> {
    let open = 0;
    return serve((response, { request, startByte, endByte }) => {
      if (open > 0) return void response.writeHead(503, { 'retry-after': '4' }).end();
      open += 1;
      const file = folder.file(Number(/(\d)\.bin$/.exec(request.url ?? '')?.[1]));
      const range = `bytes ${startByte}-${endByte - 1}/${file.length}`;
      response.writeHead(206, { 'content-range': range, connection: 'close' });
      response.write(file.subarray(startByte, endByte - 1));
      setTimeout(() => {
        open -= 1;
        response.end(file.subarray(endByte - 1, endByte));
      }, 50);
    });
  }

  test.each([
    [false, 5],
    [true, 3],
  ])('sends several files right; when that is known (%s) it is not even asked for two', async (oneAtATime, most) => {
    const folder = await smallTorrent({
      name: 'folder',
      content: { '0.bin': 60_000, '1.bin': 50_000, '2.bin': 40_000 },
    });
    const server = await serveOneAtATime(folder);
    const parts: Uint8Array[] = [];
    const span = streamSpan({
      info: folder.info,
      origin: `${server.url}/` as OriginUrl,
      startByte: 0,
      endByte: folder.info.lengthBytes,
      acceptWhole: false,
      oneAtATime,
      signal: new AbortController().signal,
      fetch: globalThis.fetch,
      nowMs: Date.now,
      finalUrls: new Map(),
    });
    for await (const part of span) parts.push('bytes' in part ? part.bytes.slice() : new Uint8Array(part.zeros));
    expect(Buffer.compare(Buffer.concat(parts), folder.payload)).toBe(0);
    expect(server.asks.length).toBeLessThanOrEqual(most);
  });
});

test('stopping closes the connection', async () => {
  const abort = new AbortController();
  const left = withSignal();
  const server = await serve((response, asked) => {
    response.once('close', left.resolve);
    response.writeHead(206, { 'content-range': rangeOf(asked) });
    response.write(FILE.subarray(START, START + 1_000));
  });
  const onKept = () => abort.abort();
  const { error, keptBytes, isRight } = await read(server.url, { signal: abort.signal, onKept });
  expect(error).toMatchObject({ name: 'AbortError' });
  expect([keptBytes, isRight]).toEqual([1_000, true]);
  await left.promise;
});

function withSignal(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}
