// Runs in competitor.html: the least that a download to disk can be.

export type PlainResult = { readonly elapsedMs: number; readonly bytes: number };
/** What this script offers to the bench, as members of `window`. */
export type PlainInPage = { plainFetch(url: string): Promise<PlainResult> };

const page: PlainInPage = {
  plainFetch: (url) =>
    new Promise((resolve, reject) => {
      const worker = new Worker('plain-fetch-worker.js', { type: 'module' });
      const end = (settle: () => void) => {
        worker.terminate();
        settle();
      };
      worker.onmessage = ({ data }: MessageEvent<PlainResult>) => end(() => resolve(data));
      worker.onerror = ({ message }) => end(() => reject(new Error(message)));
      worker.postMessage(url);
    }),
};
Object.assign(window, page);
