import type { InfoHash, TransferId } from '../../model/ids.ts';
import type { PatienceChoice, Policy } from '../../model/policy.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import type { HostLimits } from '../origin/host-limits.ts';
import type { EnginePorts } from '../ports.ts';
import type { SourceList } from '../torrent/torrent-description.ts';
import { patienceOf } from './chosen-patience.ts';
import type { FlightArchive } from './flight-archive.ts';
import { type OnChange, TransferBook } from './transfer-book.ts';
import { failureOfError } from './transfer-error.ts';
import type { TransferRecord } from './transfer-record.ts';
import { TransferRun } from './transfer-run.ts';
import { afterStop } from './transfer-state.ts';
import { viewOf } from './view-of.ts';

export type TransferOptions = {
  readonly ports: EnginePorts;
  readonly hostLimits: HostLimits;
  readonly mayShare: () => boolean;
  readonly flights: FlightArchive;
  readonly onChange: OnChange;
};

type Running = { readonly run: TransferRun; readonly abort: AbortController; readonly ended: Promise<void> };

/** One transfer of the list: its record, and while it runs, its run. */
export class Transfer {
  readonly #book: TransferBook;
  readonly #options: TransferOptions;
  #running: Running | null = null;

  constructor(record: TransferRecord, options: TransferOptions) {
    this.#options = options;
    this.#book = new TransferBook(record, {
      write: (changed) => options.ports.records.put(changed),
      onChange: options.onChange,
    });
  }

  get record(): TransferRecord {
    return this.#book.record;
  }

  /** Whether it has something to do: not while paused, failed, off the list, or done. */
  get isRunning(): boolean {
    const { phase } = this.record.state;
    return !this.record.isHidden && phase !== 'paused' && phase !== 'failed' && phase !== 'done';
  }

  get isSeeding(): boolean {
    return this.record.state.phase === 'done' && this.#running?.run.isInSwarm === true && this.#options.mayShare();
  }

  /** Goes on from where its record says it was, unless it is stopped or has nothing to do. */
  start(): void {
    const { state, isStored, isHidden } = this.record;
    if (this.#running !== null || isHidden || state.phase === 'paused' || state.phase === 'failed') return;
    if (state.phase === 'done') {
      if (isStored) this.#launch((run) => run.seed());
      return;
    }
    this.#book.remember({ state: afterStop(state) });
    this.#launch((run) => run.download());
  }

  async pause(): Promise<void> {
    if (this.record.state.phase === 'done') return;
    this.#book.move({ type: 'pause-requested' });
    await this.#stop();
    await this.#book.persist();
  }

  async resume(): Promise<void> {
    await this.#stop(); // a pause may still be letting go
    this.#book.move({ type: 'resume-requested' });
    await this.#book.persist();
    this.start();
  }

  /** Gives more sources to a transfer that is in the list already; a private torrent keeps to its own (BEP 27). */
  async addSources(sources: SourceList, torrentUrls: readonly string[]): Promise<void> {
    if (this.record.isPrivate) return;
    const trackers = union(this.record.trackers, sources.trackers);
    const origins = union(this.record.origins, sources.origins);
    const urls = union(this.record.torrentUrls, torrentUrls);
    const before = this.record.trackers.length + this.record.origins.length + this.record.torrentUrls.length;
    if (trackers.length + origins.length + urls.length === before) return;
    this.#book.remember({ trackers, origins, torrentUrls: urls });
    await this.#book.persist();
    if (!this.isRunning || this.record.state.phase === 'saving') return;
    await this.#stop();
    this.start();
  }

  /** Brings one back that was taken off the list with its pieces kept. */
  async unhide(nowMs: number): Promise<void> {
    this.#book.remember({ isHidden: false, addedAtMs: nowMs });
    await this.resume();
  }

  /** Takes hold at once: a download asks for it with every plan. A patience counts from the choice of its policy. */
  async setPolicy(policy: Policy): Promise<void> {
    if (policy === this.record.policy) return;
    const nowMs = this.#options.ports.clock.nowMs();
    this.#book.remember({ policy });
    this.#options.flights.of(this.id)?.heard(nowMs, { type: 'policy', policy });
    if (policy === 'spare-origin') this.#waitsFrom(this.record.patience.choice, nowMs);
    this.#running?.run.policyChanged();
    this.#options.onChange('state');
    await this.#book.persist();
  }

  /** Takes hold at once, too. */
  async setPatience(choice: PatienceChoice): Promise<void> {
    this.#waitsFrom(choice, this.#options.ports.clock.nowMs());
    this.#options.onChange('state');
    await this.#book.persist();
  }

  #waitsFrom(choice: PatienceChoice, sinceMs: number): void {
    const patience = { choice, sinceMs };
    this.#book.remember({ patience });
    this.#options.flights.of(this.id)?.heard(sinceMs, { type: 'patience', patience: patienceOf(patience) });
  }

  /** Applies the user's choice on uploading. */
  async sharingChanged(): Promise<void> {
    this.#running?.run.sharingChanged();
    if (this.record.state.phase !== 'done') return;
    await this.#stop();
    this.start();
  }

  /** Stops for good. Returns whether its record must be kept, for the pieces that stay in the store. */
  async remove(deleteData: boolean): Promise<boolean> {
    const { depot, saver } = this.#options.ports;
    const isUnfinished = this.record.state.phase !== 'done';
    await this.#stop();
    if (!deleteData && isUnfinished && this.record.isStored) {
      this.#book.remember({ isHidden: true, state: { phase: 'paused', resumeTo: { phase: 'checking' } } });
      await this.#book.persist();
      return true;
    }
    const toDelete = deleteData ? this.record.saved : this.record.saved.filter(({ isComplete }) => !isComplete);
    for (const { downloadId } of toDelete) await saver.delete(downloadId).catch(() => undefined);
    if (this.record.isStored) await depot.remove(this.record.id as string as InfoHash);
    return false;
  }

  view(): TransferView {
    const nowMs = this.#options.ports.clock.nowMs();
    const run = this.#running?.run;
    const live = run?.live ?? { download: null, trackers: [], peers: 0, startedAtMs: nowMs };
    const uploadBytesPerS = run?.uploadRate.rate(nowMs) ?? 0;
    return viewOf(this.record, { ...live, uploadBytesPerS, isSeeding: this.isSeeding }, nowMs);
  }

  get id(): TransferId {
    return this.record.id;
  }

  #launch(task: (run: TransferRun) => Promise<void>): void {
    const { ports, hostLimits, mayShare, flights } = this.#options;
    const abort = new AbortController();
    const own = { book: this.#book, signal: abort.signal };
    const run = new TransferRun({ ports, hostLimits, mayShare, flights, ...own });
    const ended = this.#see(task(run), run, abort.signal);
    this.#running = { run, abort, ended };
  }

  /** Sees a run to its end, whatever that is, and puts down why. */
  async #see(work: Promise<void>, run: TransferRun, signal: AbortSignal): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!signal.aborted) await this.#failed(error);
    }
    await run.close();
    this.#running = null;
    this.#options.onChange('state');
  }

  async #failed(error: unknown): Promise<void> {
    const known = failureOfError(error);
    if (known === null) console.error('transfer', this.record.id, error);
    this.#book.move({ type: 'failed', failure: known ?? { code: 'store-failed', reason: String(error) } });
    await this.#book.persist().catch((reason: unknown) => console.error('records', String(reason)));
  }

  async #stop(): Promise<void> {
    this.#running?.abort.abort();
    await this.#running?.ended;
  }
}

const union = <T>(old: readonly T[], more: readonly T[]): T[] => [...new Set([...old, ...more])];
