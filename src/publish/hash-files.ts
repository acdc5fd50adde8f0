import { PublishingError } from '../publishing/publishing-error.ts';
import { makeRingMemory } from './chunk-ring.ts';
import { CHUNK_BYTES, type FileHashes, type HashJob } from './hash-file.ts';
import type { HashReply, HashTask } from './hash-messages.ts';

/** A hashing thread. */
export type HashThread = {
  /** Rejects when the thread dies. One task at a time. */
  readonly run: (task: HashTask) => Promise<HashReply>;
  readonly stop: () => Promise<unknown>;
};

export type HashingOptions = {
  readonly threads: number;
  readonly startThread: () => HashThread;
  readonly signal: AbortSignal;
  /** Told of each file as soon as it is hashed; files come in any order. The next waits for what it returns. */
  readonly onHashed: (job: HashJob, hashes: FileHashes) => Promise<void>;
  /** Told four times a second how many bytes have been read. */
  readonly onProgress: (doneBytes: number) => void;
};

/** Below this, starting a second thread on a file costs more than it brings. */
const SHARED_FROM_BYTES = 16 * 1024 * 1024;
const PROGRESS_EVERY_MS = 250;

/**
 * Hashes files on several threads, the largest first. A file has a thread of its own as long as there are enough files;
 * then two threads share one: SHA-256 of the whole goes from front to back, so a third would find nothing to do.
 * Every byte is read once.
 * @throws {PublishingError} when a file cannot be read or changes meanwhile. No thread is left behind.
 */
export async function hashFiles(jobs: readonly HashJob[], options: HashingOptions): Promise<void> {
  const { threads, startThread, signal, onHashed, onProgress } = options;
  const waiting = [...jobs].sort((a, b) => b.sizeBytes - a.sizeBytes);
  const all: HashThread[] = [];
  const idle: HashThread[] = [];
  const progress = new SharedArrayBuffer(8);
  const timer = setInterval(() => onProgress(Number(Atomics.load(new BigInt64Array(progress), 0))), PROGRESS_EVERY_MS);
  const takeThread = (): HashThread | null => {
    const free = idle.pop();
    if (free !== undefined || all.length >= threads) return free ?? null;
    const started = startThread();
    all.push(started);
    return started;
  };

  const aborted = abortOf(signal);
  const hashOne = async (job: HashJob, first: HashThread, second: HashThread | null): Promise<void> => {
    const hashes = await (second === null ? hashAlone(job, first, progress) : hashShared(job, first, second, progress));
    idle.push(first, ...(second === null ? [] : [second]));
    await onHashed(job, hashes);
  };

  const running = new Set<Promise<void>>();
  try {
    while (waiting.length > 0 || running.size > 0) {
      signal.throwIfAborted();
      for (let thread = takeNext(); thread !== null; thread = takeNext()) {
        const job = waiting.shift() as HashJob;
        const freeThreads = idle.length + threads - all.length;
        const isShared = freeThreads > waiting.length && job.sizeBytes >= SHARED_FROM_BYTES;
        const work: Promise<void> = hashOne(job, thread, isShared ? takeThread() : null).finally(() =>
          running.delete(work),
        );
        running.add(work);
      }
      await Promise.race([...running, aborted]);
    }
  } finally {
    clearInterval(timer);
    // What one failure cuts short fails too, and nobody asks any more.
    for (const work of running) work.catch(() => {});
    await Promise.all(all.map((thread) => thread.stop()));
  }

  function takeNext(): HashThread | null {
    return waiting.length > 0 ? takeThread() : null;
  }
}

async function hashAlone(job: HashJob, thread: HashThread, progress: SharedArrayBuffer): Promise<FileHashes> {
  const { sha256, pieceHashes } = hashesIn(job, await thread.run({ part: 'both', job, progress }));
  return { sha256: sha256 ?? missing(), pieceHashes: pieceHashes ?? missing() };
}

async function hashShared(
  job: HashJob,
  first: HashThread,
  second: HashThread,
  progress: SharedArrayBuffer,
): Promise<FileHashes> {
  const ring = makeRingMemory(CHUNK_BYTES);
  // The first to fail ends it: the other thread may wait for ever, and is stopped with the rest.
  const part = async (thread: HashThread, name: 'whole' | 'pieces') =>
    hashesIn(job, await thread.run({ part: name, job, progress, ring }));
  const [whole, pieces] = await Promise.all([part(first, 'whole'), part(second, 'pieces')]);
  return { sha256: whole.sha256 ?? missing(), pieceHashes: pieces.pieceHashes ?? missing() };
}

function hashesIn({ absolutePath }: HashJob, reply: HashReply) {
  if (reply.ok) return reply;
  throw new PublishingError(
    reply.hasChanged
      ? `${absolutePath} changed while it was read. Run this again when nothing writes to it.`
      : `${absolutePath} could not be read (${reply.message}). Check its permissions and its disk, then run this again.`,
  );
}

function missing(): never {
  throw new Error('a hashing thread answered without hashes');
}

/** Rejects when the signal is aborted. */
function abortOf(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  aborted.catch(() => {});
  return aborted;
}
