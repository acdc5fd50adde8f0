import type { FromDepot, ToDepot } from '../engine/store/depot-protocol.ts';
import { LocalDepot } from '../engine/store/local-depot.ts';
import { serveDepot } from '../engine/store/serve-depot.ts';
import { hashInWorker } from '../platform/browser/hash-in-worker.ts';
import { opfsRoot } from '../platform/browser/opfs-root.ts';
import { freeBytes, storeFailure } from '../platform/browser/quota.ts';
import { workerChannel } from '../platform/browser/worker-channel.ts';

// The Worker that owns the disk: it fetches from origins, hashes, and writes.
const depot = new LocalDepot({
  root: opfsRoot(),
  fetch: (input, init) => fetch(input, init),
  hash: hashInWorker(new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module', name: 'hash' })),
  nowMs: () => performance.now() + performance.timeOrigin,
  freeBytes,
  failureOf: storeFailure,
});
serveDepot(depot, workerChannel<FromDepot, ToDepot>(self as unknown as Worker), storeFailure);
