import type { FromHash, ToHash } from '../platform/browser/hash-in-worker.ts';
import { sha1 } from '../platform/browser/sha1.ts';

// Hashes pieces, so that the Worker that owns the disk can go on reading meanwhile.
const scope = self as unknown as Worker;
scope.addEventListener('message', async ({ data }: MessageEvent<ToHash>) => {
  const digest = await sha1(data.bytes);
  scope.postMessage({ ...data, digest } satisfies FromHash, [data.bytes.buffer]);
});
