import type { PublishJob } from './publish-job.ts';
import type { RunJob } from './run-job.ts';

/*
 * A page that is closed in the middle of a copy leaves what it has written. Its note says so to the next page, which
 * clears it away unless somebody is still copying: that one holds a lock.
 */
const PREFIX = 'publish-copy-';

/** Runs jobs with a note for each copy, as long as it takes. */
export function withCopyNotes(runJob: RunJob, infoHashOf: (infoBytes: Uint8Array) => Promise<string>): RunJob {
  return async (job: PublishJob, onProgress, signal) => {
    if (job.type !== 'put-file') return runJob(job, onProgress, signal);
    const key = PREFIX + (await infoHashOf(job.infoBytes));
    return navigator.locks.request(key, async () => {
      localStorage.setItem(key, '');
      try {
        return await runJob(job, onProgress, signal);
      } finally {
        localStorage.removeItem(key);
      }
    });
  };
}

/** Clears away what copies have left whose page is gone. @param isKept Whether the list has taken the torrent over. */
export async function clearLeftCopies(
  isKept: (infoHash: string) => boolean,
  discard: (infoHash: string) => Promise<void>,
): Promise<void> {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  for (const key of keys) {
    await navigator.locks.request(key, { ifAvailable: true }, async (lock) => {
      if (lock === null) return;
      const infoHash = key.slice(PREFIX.length);
      if (!isKept(infoHash)) await discard(infoHash);
      localStorage.removeItem(key);
    });
  }
}
