import type { HashedFetch } from './hashed-fetch-worker.ts';

// Runs in competitor.html: the least that a download to disk can be, of one file and of many, and the least that one
// that hashes can be.

export type PlainResult = { readonly elapsedMs: number; readonly bytes: number };
/** What this script offers to the bench, as members of `window`. */
export type PlainInPage = {
  plainFetch(url: string): Promise<PlainResult>;
  /** Also takes the SHA-1 of each piece, in a second Worker. */
  hashedFetch(url: string, pieceLengthBytes: number): Promise<PlainResult>;
  /** Six requests at a time. */
  plainFiles(urls: readonly string[]): Promise<PlainResult>;
};

const page: PlainInPage = {
  plainFetch: (url) => runWorker('plain-fetch-worker.js', url),
  hashedFetch: (url, pieceLengthBytes) => runWorker('hashed-fetch-worker.js', { url, pieceLengthBytes }),
  plainFiles: (urls) => runWorker('plain-files-worker.js', urls),
};
Object.assign(window, page);

function runWorker(script: string, job: string | HashedFetch | readonly string[]): Promise<PlainResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { type: 'module' });
    const end = (settle: () => void) => {
      worker.terminate();
      settle();
    };
    worker.onmessage = ({ data }: MessageEvent<PlainResult>) => end(() => resolve(data));
    worker.onerror = ({ message }) => end(() => reject(new Error(message)));
    worker.postMessage(job);
  });
}
