import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { newBytePace } from './byte-pace.ts';
import { makePattern } from './virtual-file.ts';

// A process of its own, so that it shares no event loop with the driver. It serves /LENGTH/LATENCY_MS/NAME: a virtual
// file of that many bytes, each answer begun after that many milliseconds; a single range is honoured, as BEP 19 wants.
// Its arguments are the address to listen at, the bytes a second of all answers together (0 is as fast as it goes), and,
// when it is not to be pseudo-random bytes that are repeated, a file. Pages of every origin may read what it sends.

const [host = '127.0.0.1', rate = '0', contentFile] = process.argv.slice(2);
const rateBytesPerS = Number(rate);
/** A throttled server sends so many seconds' worth at a time: its flow is even, and its timers keep up. */
const PART_S = 0.01;
const WRITE_BYTES = rateBytesPerS > 0 ? Math.ceil(rateBytesPerS * PART_S) : 1_048_576;
const bookBytes = rateBytesPerS > 0 ? newBytePace(rateBytesPerS) : () => 0;
const pattern = contentFile === undefined ? makePattern() : readFileSync(contentFile);

const TYPES: Readonly<Record<string, string>> = { '.mp4': 'video/mp4', '.webm': 'video/webm' };
const FOR_ALL = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': '*' };

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'OPTIONS') {
    // What a page's library asks first, and not what is measured: it costs no latency.
    response.writeHead(204, { ...FOR_ALL, 'Access-Control-Allow-Headers': '*', 'Access-Control-Max-Age': '600' });
    response.end();
    return;
  }
  const [, length, latency, name = ''] = (request.url ?? '').split('/');
  const lengthBytes = Number(length);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const startByte = Number(range?.[1] ?? 0);
  const endByte = range?.[2] ? Math.min(Number(range[2]) + 1, lengthBytes) : lengthBytes;
  if (Number(latency) > 0) await wait(Number(latency));
  response.writeHead(range === null ? 200 : 206, {
    ...FOR_ALL,
    'Accept-Ranges': 'bytes',
    'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
    'Content-Length': endByte - startByte,
    ETag: `"${lengthBytes}"`,
    ...(range === null ? {} : { 'Content-Range': `bytes ${startByte}-${endByte - 1}/${lengthBytes}` }),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  for (let at = startByte; at < endByte && !response.destroyed; ) {
    const from = at % pattern.length;
    const part = pattern.subarray(from, Math.min(from + WRITE_BYTES, from + endByte - at));
    at += part.length;
    const waitMs = bookBytes(part.length, performance.now());
    if (waitMs > 0) await wait(waitMs);
    if (!response.write(part)) await untilRoom(response);
  }
  response.end();
}

const untilRoom = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.once('drain', go).once('close', go);
  });

const server = createServer((request, response) => {
  answer(request, response).catch((error) => response.destroy(error));
});
server.listen(0, host, () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit()); // with the bench, however that ended
