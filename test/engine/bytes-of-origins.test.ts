import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { WasteReason } from '../../src/model/ledger.ts';
import type { LedgerDetail } from '../../src/model/transfer-details.ts';
import type { TransferView } from '../../src/model/transfer-view.ts';
import { makeTorrent } from '../support/make-torrent.ts';
import { openServer } from '../support/open-server.ts';
import { pseudoRandomBytes } from '../support/payload.ts';
import { openRealEngine } from '../support/real-engine.ts';

// Every byte that a real server sends is in the ledger: verified, vouched for, or wasted with a reason.

type Handler = (request: IncomingMessage, response: CountedResponse) => void;
/** Ends an answer before it is whole: the connection breaks, or nothing more comes. */
type Stop = { readonly atByte: number; readonly breaks: boolean };
/** `send` counts what it sends. */
type CountedResponse = {
  readonly send: (status: number, headers: Headers, body: Uint8Array, stop?: Stop) => void;
};
type Headers = Readonly<Record<string, string>>;
type Server = { readonly url: string; readonly sentBytes: () => number; readonly answers: () => number };

const closings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

/** A part of an answer; the next is written when the network has taken it, so that little is on its way at a time. */
const PART_BYTES = 5_000;
/** What may be on its way when an answer is cut off. */
const IN_FLIGHT_BYTES = 16 * PART_BYTES;

async function serve(handler: Handler): Promise<Server> {
  let [sentBytes, answers] = [0, 0];
  const write = (response: ServerResponse, body: Uint8Array, stop: Stop | undefined, at = 0): void => {
    const endByte = stop?.atByte ?? body.length;
    if (response.destroyed) return;
    if (at >= body.length) return void response.end();
    if (at >= endByte) return stop?.breaks ? void response.destroy() : undefined;
    const part = body.subarray(at, Math.min(at + PART_BYTES, endByte));
    sentBytes += part.length;
    response.write(part, () => setImmediate(() => write(response, body, stop, at + part.length)));
  };
  const server = createServer((request, response) =>
    handler(request, {
      send: (status, headers, body, stop) => {
        answers += 1;
        response.writeHead(status, { 'content-length': String(body.length), ...headers });
        response.flushHeaders();
        write(response, body, stop);
      },
    }),
  );
  const { origin, close } = await openServer(server);
  closings.push(close);
  return { url: `${origin}/`, sentBytes: () => sentBytes, answers: () => answers };
}

type Receipt = { readonly fetch: typeof globalThis.fetch; readonly receivedBytes: () => number };

/** The real `fetch`, with a count of the bytes that are taken out of bodies. */
function countingFetch(): Receipt {
  let receivedBytes = 0;
  const counted = (body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> => {
    const reader = body.getReader();
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const { value } = await reader.read();
          if (value === undefined) return controller.close();
          controller.enqueue(value);
          receivedBytes += value.length;
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await globalThis.fetch(input, init);
    const body = response.body === null ? null : counted(response.body);
    const { status, headers, url, redirected } = response;
    return Object.defineProperties(new Response(body, { status, headers }), {
      url: { value: url },
      redirected: { value: redirected },
    });
  };
  return { fetch, receivedBytes: () => receivedBytes };
}

type Oddity = { readonly more?: number; readonly stop?: Stop; readonly headers?: Headers };

/** An answer to a range, or to that and some bytes more. */
function sendPart(
  request: IncomingMessage,
  response: CountedResponse,
  file: Uint8Array,
  { more = 0, stop, headers = {} }: Oddity = {},
): void {
  const [, first = '0', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  const end = Math.min(Number(last) + 1 + more, file.length);
  const range = { 'content-range': `bytes ${first}-${end - 1}/${file.length}` };
  response.send(206, { ...range, ...headers }, file.subarray(Number(first), end), stop);
}

const PIECE = 65_536;
const PAGE = Buffer.from(`<html>${'Please log in. '.repeat(400)}</html>`);
const BUSY = Buffer.from('Too many requests at a time.');

/** Media with records between them, as of an archive; the records have changed since the torrent was made. */
const RECORDS_BYTES = 3_000;
const ITEM = [
  { path: ['01.mp3'], bytes: pseudoRandomBytes(1, 200_000) },
  { path: ['files.xml'], bytes: pseudoRandomBytes(2, RECORDS_BYTES) },
  { path: ['02.mp3'], bytes: pseudoRandomBytes(3, 300_000) },
];
const NOW: Readonly<Record<string, Uint8Array>> = {
  '01.mp3': ITEM[0]?.bytes ?? new Uint8Array(),
  'files.xml': pseudoRandomBytes(4, RECORDS_BYTES),
  '02.mp3': ITEM[2]?.bytes ?? new Uint8Array(),
};
const nowOf = ({ url }: IncomingMessage): Uint8Array => NOW[url?.split('/').at(-1) ?? ''] ?? new Uint8Array();

const hashed = (of: (bytes: Uint8Array) => Uint8Array) =>
  ITEM.map(({ path, bytes }) => ({
    path,
    bytes,
    extra: { sha1: createHash('sha1').update(of(bytes)).digest('hex') },
  }));

const FILE = pseudoRandomBytes(5, 20 * PIECE + 777);

type World = {
  readonly content?: Parameters<typeof makeTorrent>[0]['content'];
  readonly origins: readonly Handler[];
  readonly isOver?: (view: TransferView) => boolean;
};

/** Runs a transfer to its end, or to a pause, and compares its ledger then with what was sent and what came. */
async function ledgerOf({ content = FILE, origins, isOver }: World): Promise<LedgerDetail> {
  const servers = await Promise.all(origins.map(serve));
  const { fetch, receivedBytes } = countingFetch();
  const world = openRealEngine(undefined, fetch);
  closings.push(world.close);
  const urlList = servers.map(({ url }) => (content === FILE ? `${url}file` : url));
  const { torrentBytes } = makeTorrent({ name: 'item', content, pieceLengthBytes: PIECE, urlList });
  const { id } = await world.engine.addTorrent(torrentBytes);
  await world.until(id, isOver ?? (({ state }) => state.phase === 'done'));
  await world.engine.pause(id);
  const ledger = (await world.engine.details.of(id, ['ledger']))?.ledger;
  if (ledger === undefined) throw new Error('no ledger');
  const { verified, wastedBytes } = ledger;
  const bookedBytes = verified.originBytes + sum(Object.values(wastedBytes));
  expect(bookedBytes).toBe(receivedBytes());
  const aheadBytes = sum(servers.map(({ sentBytes }) => sentBytes())) - bookedBytes;
  expect(aheadBytes).toBeGreaterThanOrEqual(0);
  expect(aheadBytes).toBeLessThanOrEqual(IN_FLIGHT_BYTES * sum(servers.map(({ answers }) => answers())));
  return ledger;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const honest: Handler = (request, response) => sendPart(request, response, FILE);
const ofItem: Handler = (request, response) => sendPart(request, response, nowOf(request));

/** Refuses two requests of three. */
const oftenBusy = (): Handler => {
  let asked = 0;
  return (request, response) => {
    asked += 1;
    if (asked % 3 === 0) honest(request, response);
    else response.send(503, { 'retry-after': '1' }, BUSY);
  };
};

/** Knows no ranges, and breaks off once in the middle. */
const withoutRanges = (): Handler => {
  let hasBroken = false;
  return ({ headers }, response) => {
    const breaks = !hasBroken && headers.range?.startsWith('bytes=0-') === true;
    hasBroken ||= breaks;
    response.send(200, {}, FILE, breaks ? { atByte: 3 * PIECE, breaks: true } : undefined);
  };
};

test.each<[name: string, world: World, reasons: readonly WasteReason[]]>([
  ['an honest origin', { origins: [honest] }, []],
  [
    'a page in place of a file, beside an honest origin',
    { origins: [(_, response) => response.send(200, { 'content-type': 'text/html' }, PAGE), honest] },
    ['unwanted'],
  ],
  ['an origin that is often busy', { origins: [oftenBusy()] }, ['unwanted']],
  ['a server without ranges that is read from the start again', { origins: [withoutRanges()] }, ['unwanted']],
  [
    'a server that sends more than it is asked for',
    { origins: [(request, response) => sendPart(request, response, FILE, { more: 10 * PIECE })] },
    ['unwanted'],
  ],
  [
    'an origin that lies, beside an honest one',
    { origins: [(request, response) => sendPart(request, response, new Uint8Array(FILE.length)), honest] },
    ['failed-hash'],
  ],
  [
    'a pause in the middle of a piece',
    {
      origins: [
        (request, response) =>
          sendPart(request, response, FILE, { stop: { atByte: 2 * PIECE + 9_000, breaks: false } }),
      ],
      isOver: ({ verified }) => verified.originBytes >= 2 * PIECE,
    },
    ['thrown-away'],
  ],
])('%s: every byte that came is in the ledger', async (_name, world, reasons) => {
  const { vouchedBytes, wastedBytes } = await ledgerOf(world);
  expect(Object.entries(wastedBytes).flatMap(([reason, bytes]) => (bytes > 0 ? [reason] : []))).toEqual(
    expect.arrayContaining([...reasons]),
  );
  expect(vouchedBytes).toBe(0);
});

test('what only a hash of the whole file vouches for is from its origin, and told apart', async () => {
  const { verified, vouchedBytes, hosts } = await ledgerOf({ content: hashed((bytes) => bytes), origins: [ofItem] });
  // The pieces that the records are in hold this much of the two files around them.
  expect(vouchedBytes).toBe(4 * PIECE - 3 * PIECE - RECORDS_BYTES);
  expect(hosts.map(({ bytes }) => bytes)).toEqual([verified.originBytes]);
});

test('what came aside for a file that is not what its hash says came damaged', async () => {
  const ledger = await ledgerOf({
    content: hashed((bytes) => bytes.subarray(1)),
    origins: [ofItem],
    isOver: ({ problems }) => problems.some(({ code }) => code === 'files-unavailable'),
  });
  expect(ledger.vouchedBytes).toBe(0);
  // The piece itself, and then what lies of both files in it.
  expect(ledger.wastedBytes['failed-hash']).toBeGreaterThan(PIECE);
});

test.each([
  ['gives a digest of the file vouches', true],
  ['gives none does not', false],
])('without a hash in the torrent, an origin that %s', async (_name, givesDigest) => {
  const longer = pseudoRandomBytes(7, RECORDS_BYTES + 1);
  const origin: Handler = (request, response) => {
    const file = request.url?.endsWith('files.xml') ? longer : nowOf(request);
    const digest = createHash('sha256').update(file).digest('base64');
    sendPart(request, response, file, { headers: givesDigest ? { 'repr-digest': `sha-256=:${digest}:` } : {} });
  };
  const isOver = ({ problems }: TransferView) => problems.some(({ code }) => code === 'files-unavailable');
  const { vouchedBytes } = await ledgerOf({ content: ITEM, origins: [origin], isOver });
  expect(vouchedBytes > 0).toBe(givesDigest);
});
