import { putFile, SourceChangedError } from '../engine/store/put-file.ts';
import { readInfo } from '../engine/torrent/read-info.ts';
import { opfsRoot } from '../platform/browser/opfs-root.ts';
import { storeFailure } from '../platform/browser/quota.ts';
import { sha1 } from '../platform/browser/sha1.ts';
import { hashStream } from './hash-stream.ts';
import { type Hashes, JobError, type JobFailure, type JobNews, type PublishJob } from './publish-job.ts';
import { readAddress } from './read-address.ts';

/** Figures that change faster than this nobody reads. */
const PROGRESS_EVERY_MS = 100;
const REST_MS = 2_000;
const READ_BYTES = 4_194_304;

// Reads, hashes and copies one file, and then is done: the page stops it by ending it.
const scope = self as unknown as Worker;
scope.addEventListener('message', async ({ data }: MessageEvent<PublishJob>) => {
  try {
    tell({ type: 'done', hashes: await carryOut(data) });
  } catch (error) {
    tell({ type: 'failed', failure: failureOf(error, data) });
  }
});

async function carryOut(job: PublishJob): Promise<Hashes | null> {
  switch (job.type) {
    case 'hash-address': {
      const rest = () => new Promise<void>((resolve) => setTimeout(resolve, REST_MS));
      const ports = { fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init), rest };
      const chunks = readAddress(job.url, job.sizeBytes, ports);
      return hashStream({ ...job, chunks, sha1, onProgress: tellProgress });
    }
    case 'hash-file':
      return hashStream({
        pieceLengthBytes: job.pieceLengthBytes,
        sizeBytes: job.file.size,
        chunks: chunksOf(job.file),
        sha1,
        onProgress: tellProgress,
      });
    case 'put-file': {
      const info = await readInfo(job.infoBytes, (bytes) => sha1(bytes as Uint8Array<ArrayBuffer>));
      await putFile({
        root: opfsRoot(),
        info,
        read: async (startByte, endByte) => new Uint8Array(await job.file.slice(startByte, endByte).arrayBuffer()),
        hash: async (bytes) => ({ digest: await sha1(bytes), bytes }),
        onProgress: tellProgress,
      });
      return null;
    }
  }
}

async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += READ_BYTES) {
    yield new Uint8Array(await file.slice(at, at + READ_BYTES).arrayBuffer());
  }
}

let toldAtMs = 0;

function tellProgress(bytes: number): void {
  const nowMs = performance.now();
  if (nowMs - toldAtMs < PROGRESS_EVERY_MS) return;
  toldAtMs = nowMs;
  tell({ type: 'progress', bytes });
}

function tell(news: JobNews): void {
  scope.postMessage(news);
}

function failureOf(error: unknown, job: PublishJob): JobFailure {
  if (error instanceof JobError) return error.failure;
  if (error instanceof SourceChangedError) return { code: 'source-changed' };
  // What a browser throws for a file that was deleted, or changed since it was picked.
  if (error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError')) {
    return { code: 'file-unreadable', reason: error.message };
  }
  if (job.type !== 'put-file') return { code: 'file-unreadable', reason: String(error) };
  const failure = storeFailure(error);
  return failure.code === 'disk-full' ? { code: 'disk-full' } : { code: 'store-failed', reason: String(error) };
}
