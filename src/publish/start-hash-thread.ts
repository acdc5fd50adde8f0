import { Worker } from 'node:worker_threads';
import type { HashThread } from './hash-files.ts';
import type { HashReply } from './hash-messages.ts';

/** Where the build puts it, seen from the chunk that this file becomes a part of (`nodeConfig` in vite.config.ts). */
const PROGRAM = '../hash-worker.js';

/** Starts a thread of Node that hashes. */
export function startHashThread(): HashThread {
  return asHashThread(new Worker(new URL(PROGRAM, import.meta.url)));
}

/** A thread that runs `hash-worker.ts`, seen as one that takes tasks. */
export function asHashThread(worker: Worker): HashThread {
  return {
    run: (task) =>
      new Promise<HashReply>((resolve, reject) => {
        worker.removeAllListeners();
        worker.once('message', (reply: HashReply) => resolve(reply));
        worker.once('error', reject);
        worker.once('exit', () => reject(new Error('a hashing thread ended')));
        worker.postMessage(task);
      }),
    stop: () => worker.terminate(),
  };
}
