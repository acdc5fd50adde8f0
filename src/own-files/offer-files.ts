import type { CommandFailure } from '../model/commands.ts';
import type { TransferId } from '../model/ids.ts';
import { sendCommand } from '../platform/webext/screen-link.ts';
import type { FromOfferWorker, OfferResult, OfferWorkFailure, OwnFile, ToOfferWorker } from './offer-job.ts';

/** Why the files were not taken. `not-taken`: the engine said no, or nothing at all. */
export type OfferFailure = OfferWorkFailure | { readonly code: 'not-taken'; readonly failure: CommandFailure | null };

export type OfferOutcome =
  | ({ readonly ok: true } & OfferResult)
  | { readonly ok: false; readonly failure: OfferFailure };

export type OfferOptions = {
  /** Called with the bytes of the torrent that were looked at, at most ten times a second. */
  readonly onProgress?: (bytes: number, totalBytes: number) => void;
  readonly signal?: AbortSignal;
};

/** Files that were picked, alone or as a folder, with what the browser tells of their paths. */
export const ownFilesOf = (files: Iterable<File>): OwnFile[] =>
  [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/**
 * Offers files of the user to a transfer of the list: whatever matches the torrent is copied into the store, in a Worker
 * of this page, and the transfer goes on with it. It is seeded when it is whole and the user shares; else only the rest
 * is fetched. For pages of ours.
 * @throws the reason of the signal; what was copied until then stays with the transfer.
 */
export async function offerFiles(
  id: TransferId,
  files: readonly OwnFile[],
  { onProgress, signal = new AbortController().signal }: OfferOptions = {},
): Promise<OfferOutcome> {
  signal.throwIfAborted();
  const worker = new OfferWorker(onProgress);
  const stop = () => worker.say({ type: 'stop' });
  signal.addEventListener('abort', stop);
  try {
    worker.say({ type: 'match', id, files });
    const matched = await worker.next();
    if (matched.type !== 'matched') return refused(matched, signal);
    const lent = await sendCommand('transfer.lend', { id });
    if (!lent.ok) return { ok: false, failure: { code: 'not-taken', failure: lent.failure } };
    if (!lent.output.lent) return { ok: false, failure: { code: 'metadata-unknown' } };
    worker.say({ type: 'put' });
    const done = await worker.next();
    if (done.type !== 'done') return refused(done, signal);
    const { result } = done;
    const taken = await sendCommand('transfer.reseed', { id, own: result.own });
    return taken.ok ? { ok: true, ...result } : { ok: false, failure: { code: 'not-taken', failure: taken.failure } };
  } finally {
    signal.removeEventListener('abort', stop);
    worker.end();
  }
}

type News = Exclude<FromOfferWorker, { readonly type: 'progress' }>;

function refused(news: News, signal: AbortSignal): OfferOutcome {
  signal.throwIfAborted();
  if (news.type === 'failed') return { ok: false, failure: news.failure };
  return { ok: false, failure: { code: 'not-taken', failure: null } };
}

/** The Worker of one offer, and its news one by one. */
class OfferWorker {
  readonly #worker = new Worker(new URL('./own-files-worker.ts', import.meta.url), {
    type: 'module',
    name: 'own-files',
  });
  readonly #news: News[] = [];
  #hear: ((news: News) => void) | null = null;

  constructor(onProgress: OfferOptions['onProgress']) {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromOfferWorker>) => {
      if (data.type === 'progress') onProgress?.(data.bytes, data.totalBytes);
      else this.#came(data);
    });
    this.#worker.addEventListener('error', ({ message }) =>
      this.#came({ type: 'failed', failure: { code: 'store-failed', reason: message } }),
    );
  }

  say(message: ToOfferWorker): void {
    this.#worker.postMessage(message);
  }

  next(): Promise<News> {
    const first = this.#news.shift();
    if (first !== undefined) return Promise.resolve(first);
    return new Promise((resolve) => {
      this.#hear = resolve;
    });
  }

  /** It has let go of the store by now, or never had it. */
  end(): void {
    this.#worker.terminate();
  }

  #came(news: News): void {
    const hear = this.#hear;
    this.#hear = null;
    if (hear === null) this.#news.push(news);
    else hear(news);
  }
}
