import { parentPort } from 'node:worker_threads';
import { openRing } from './chunk-ring.ts';
import { FileChangedError, hashFile, hashPieces, hashWhole } from './hash-file.ts';
import type { HashReply, HashTask } from './hash-messages.ts';

/* A thread that hashes one task after another. It blocks while it reads and waits: nothing else runs in it. */
parentPort?.on('message', (task: HashTask) => parentPort?.postMessage(replyTo(task)));

function replyTo(task: HashTask): HashReply {
  const progress = new BigInt64Array(task.progress);
  const onRead = (bytes: number) => Atomics.add(progress, 0, BigInt(bytes));
  try {
    switch (task.part) {
      case 'both':
        return { ok: true, ...hashFile(task.job, onRead) };
      case 'whole':
        return { ok: true, sha256: hashWhole(task.job, openRing(task.ring), onRead) };
      case 'pieces':
        return { ok: true, pieceHashes: hashPieces(task.job, openRing(task.ring)) };
    }
  } catch (error) {
    return { ok: false, hasChanged: error instanceof FileChangedError, message: (error as Error).message };
  }
}
