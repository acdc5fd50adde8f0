import type { HashedPart, Part } from './part-hash-worker.ts';

// As plain-fetch-worker.ts, but each piece is hashed in a second Worker before it is written, as a download that is
// checked must be. A few pieces are under way at a time, so that the network, the hash and the disk work side by side.

export type HashedFetch = { readonly url: string; readonly pieceLengthBytes: number };

const FILE = 'hashed-fetch';
const BYTES_UNDER_WAY = 16 * 1_048_576;

self.onmessage = async ({ data: { url, pieceLengthBytes } }: MessageEvent<HashedFetch>) => {
  const piecesUnderWay = Math.ceil(BYTES_UNDER_WAY / pieceLengthBytes);
  const root = await navigator.storage.getDirectory();
  const file = await root.getFileHandle(FILE, { create: true });
  const handle = await file.createSyncAccessHandle();
  const hasher = new Worker('part-hash-worker.js', { type: 'module' });
  const free = Array.from({ length: piecesUnderWay }, () => new ArrayBuffer(pieceLengthBytes));
  const hashes: ArrayBuffer[] = [];
  let onReturn = () => {};
  hasher.onmessage = ({ data: { bytes, startByte, sha1 } }: MessageEvent<HashedPart>) => {
    hashes.push(sha1);
    handle.write(bytes, { at: startByte });
    free.push(bytes.buffer);
    onReturn();
  };
  const untilFree = async (count: number) => {
    while (free.length < count) {
      await new Promise<void>((resolve) => {
        onReturn = resolve;
      });
    }
  };
  const nextFree = async (): Promise<Uint8Array<ArrayBuffer>> => {
    await untilFree(1);
    return new Uint8Array(free.pop() ?? new ArrayBuffer(pieceLengthBytes));
  };

  const startedAtMs = performance.now();
  const response = await fetch(url, { cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
  const reader = response.body?.getReader();
  let buffer = await nextFree();
  let filled = 0;
  let handedOver = 0;
  const handOver = () => {
    const part: Part = { bytes: buffer.subarray(0, filled), startByte: handedOver };
    handedOver += filled;
    filled = 0;
    hasher.postMessage(part, [buffer.buffer]);
  };
  for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
    for (let rest = read.value; rest.length > 0; ) {
      const taken = rest.subarray(0, pieceLengthBytes - filled);
      buffer.set(taken, filled);
      filled += taken.length;
      rest = rest.subarray(taken.length);
      if (filled < pieceLengthBytes) continue;
      handOver();
      buffer = await nextFree();
    }
  }
  if (filled > 0) handOver();
  else free.push(buffer.buffer);
  await untilFree(piecesUnderWay);
  handle.flush();
  handle.close();
  const elapsedMs = performance.now() - startedAtMs;
  await root.removeEntry(FILE);
  if (hashes.length !== Math.ceil(handedOver / pieceLengthBytes)) throw new Error('a piece was not hashed');
  postMessage({ elapsedMs, bytes: handedOver });
};
