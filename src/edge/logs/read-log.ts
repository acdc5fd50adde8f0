import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createLineSplitter } from './split-lines.ts';

const CHUNK_BYTES = 1 << 20;
const GZIP_MAGIC = [0x1f, 0x8b];

/**
 * Reads a whole log, compressed with gzip or not, which its first bytes tell; `-` is the standard input.
 * @throws when it cannot be read, or its compression is damaged.
 */
export function readLog(path: string): AsyncGenerator<string[]> {
  return linesOf(path === '-' ? process.stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES }));
}

/** The lines of a stream, some at a time. */
export async function* linesOf(stream: Readable): AsyncGenerator<string[]> {
  const splitter = createLineSplitter();
  for await (const chunk of unpacked(stream)) yield splitter.push(chunk);
  yield splitter.rest();
}

async function* unpacked(stream: Readable): AsyncGenerator<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  const begin: Buffer[] = [];
  let length = 0;
  while (length < GZIP_MAGIC.length) {
    const { value, done } = await chunks.next();
    if (done === true) break;
    begin.push(value);
    length += value.length;
  }
  const first = Buffer.concat(begin);
  const all = async function* () {
    yield first;
    yield* chunks;
  };
  if (!GZIP_MAGIC.every((byte, at) => first[at] === byte)) return yield* all();
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const feeding = feed(all(), gunzip);
  feeding.catch((error) => gunzip.destroy(error));
  yield* gunzip as AsyncIterable<Uint8Array>;
  await feeding;
}

async function feed(chunks: AsyncIterable<Uint8Array>, gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  for await (const chunk of chunks)
    if (!gunzip.write(chunk)) await new Promise<void>((resolve) => gunzip.once('drain', resolve));
  gunzip.end();
}
