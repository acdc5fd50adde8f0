import { type Hashes, JobError, type JobNews, type PublishJob } from './publish-job.ts';

/** Runs a job to its end. Rejects with a `JobError`, or with the reason of the signal. */
export type RunJob = (
  job: PublishJob,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
) => Promise<Hashes | null>;

/** Runs a job in a Worker of its own, which ends with it: stopping is ending it, whatever it does. */
export const runJobInWorker: RunJob = (job, onProgress, signal) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./publish-worker.ts', import.meta.url), { type: 'module', name: 'publish' });
    const stop = () => end(() => reject(signal.reason));
    const end = (settle: () => void) => {
      worker.terminate();
      signal.removeEventListener('abort', stop);
      settle();
    };
    signal.addEventListener('abort', stop);
    worker.addEventListener('message', ({ data }: MessageEvent<JobNews>) => {
      if (data.type === 'progress') onProgress(data.bytes);
      else if (data.type === 'done') end(() => resolve(data.hashes));
      else end(() => reject(new JobError(data.failure)));
    });
    worker.addEventListener('error', ({ message }) =>
      end(() => reject(new JobError({ code: 'file-unreadable', reason: message }))),
    );
    if (signal.aborted) stop();
    else worker.postMessage(job);
  });
