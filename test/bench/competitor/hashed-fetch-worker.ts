import type { HashedPart, Part } from './part-hash-worker.ts';

// As plain-fetch-worker.ts, but each MiB is hashed in a second Worker before it is written, as a download that is
// checked must be. A few parts are under way at a time, so that the network, the hash and the disk work side by side.

const FILE = 'hashed-fetch';
const PART_BYTES = 1_048_576;
const PARTS_UNDER_WAY = 16;

self.onmessage = async ({ data: url }: MessageEvent<string>) => {
  const root = await navigator.storage.getDirectory();
  const file = await root.getFileHandle(FILE, { create: true });
  const handle = await file.createSyncAccessHandle();
  const hasher = new Worker('part-hash-worker.js', { type: 'module' });
  const free = Array.from({ length: PARTS_UNDER_WAY }, () => new ArrayBuffer(PART_BYTES));
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
    return new Uint8Array(free.pop() ?? new ArrayBuffer(PART_BYTES));
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
      const taken = rest.subarray(0, PART_BYTES - filled);
      buffer.set(taken, filled);
      filled += taken.length;
      rest = rest.subarray(taken.length);
      if (filled < PART_BYTES) continue;
      handOver();
      buffer = await nextFree();
    }
  }
  if (filled > 0) handOver();
  else free.push(buffer.buffer);
  await untilFree(PARTS_UNDER_WAY);
  handle.flush();
  handle.close();
  const elapsedMs = performance.now() - startedAtMs;
  await root.removeEntry(FILE);
  if (hashes.length !== Math.ceil(handedOver / PART_BYTES)) throw new Error('a part was not hashed');
  postMessage({ elapsedMs, bytes: handedOver });
};
