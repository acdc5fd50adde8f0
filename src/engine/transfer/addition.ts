import { EMPTY_LEDGER_VIEW } from '../../model/ledger.ts';
import type { PatienceChoice, Policy } from '../../model/policy.ts';
import { NO_LIMITS } from '../../model/transfer-limits.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import type { EnginePorts } from '../ports.ts';
import type { MetaInfo } from '../torrent/torrent-description.ts';
import { readTorrentOrMetalink } from './follow-metalink.ts';
import type { OnChange } from './transfer-book.ts';
import { failureOfError, TransferError } from './transfer-error.ts';
import type { TransferRecord } from './transfer-record.ts';
import { nextState, type TransferEvent } from './transfer-state.ts';

export type AdditionOptions = {
  readonly ports: EnginePorts;
  readonly onChange: OnChange;
  /** The .torrent is here and readable: the addition has done its work and is replaced by a transfer. */
  readonly onFound: (addition: Addition, meta: MetaInfo) => Promise<void>;
};

/** An entry of the list of which only the address of the .torrent is known. It becomes a transfer, or says why not. */
export class Addition {
  #record: TransferRecord;
  readonly #options: AdditionOptions;
  #abort: AbortController | null = null;

  constructor(record: TransferRecord, options: AdditionOptions) {
    this.#record = record;
    this.#options = options;
  }

  get record(): TransferRecord {
    return this.#record;
  }

  start(): void {
    if (this.#record.state.phase !== 'fetching-metadata' || this.#abort !== null) return;
    const abort = new AbortController();
    this.#abort = abort;
    void this.#fetch(abort.signal)
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        const failure = failureOfError(error) ?? { code: 'unreadable-torrent' as const, reason: String(error) };
        this.#move({ type: 'failed', failure });
      })
      .finally(() => {
        if (this.#abort === abort) this.#abort = null;
      });
  }

  pause(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#move({ type: 'pause-requested' });
  }

  /** Tries again; a link that cannot be read at all stays what it is. */
  resume(): void {
    if (this.#record.torrentUrls.length === 0) return;
    this.#move({ type: 'resume-requested' });
    this.start();
  }

  /** The transfer that it becomes will have this policy. */
  setPolicy(policy: Policy): Promise<void> {
    return this.#choose({ policy });
  }

  setPatience(choice: PatienceChoice): Promise<void> {
    return this.#choose({ patience: { choice, sinceMs: this.#options.ports.clock.nowMs() } });
  }

  /** The user wants what it leads to: now or, paused, later. */
  async accept(isPaused: boolean): Promise<void> {
    if (!this.#record.isStaged) return;
    this.#record = { ...this.#record, isStaged: false };
    if (isPaused) this.pause();
    this.#options.onChange('state');
    await this.#options.ports.records.put(this.#record);
  }

  stop(): void {
    this.#abort?.abort();
  }

  view(): TransferView {
    const { id, name, addedAtMs, sizeBytes, files, state, policy, verified, problems } = this.#record;
    const { isStaged = false, site = null } = this.#record;
    const patience = this.#record.patience.choice;
    const rates = { peerBytesPerS: 0, originBytesPerS: 0, uploadBytesPerS: 0, uploadedBytes: 0 };
    const sources = {
      secondsLeft: null,
      peersConnected: 0,
      originsUsable: 0,
      isSeeding: false,
      seedingEnd: null,
      saved: null,
      delivery: null,
      isWaiting: false,
      halt: null,
      queuePlace: null,
      label: null,
      limits: NO_LIMITS,
      isStored: false,
      keepsCopy: null,
      playable: null,
      isPrivateWindow: this.#record.isPrivateWindow ?? false,
    };
    const known = { id, name, addedAtMs, sizeBytes, files, state, policy, patience, verified, problems };
    return { ...known, ...rates, ...sources, isStaged, site, ledger: EMPTY_LEDGER_VIEW };
  }

  async #choose(chosen: Partial<Pick<TransferRecord, 'policy' | 'patience'>>): Promise<void> {
    this.#record = { ...this.#record, ...chosen };
    this.#options.onChange('state');
    await this.#options.ports.records.put(this.#record);
  }

  async #fetch(signal: AbortSignal): Promise<void> {
    const url = this.#record.torrentUrls[0] ?? '';
    const { fetchTorrent, sha1 } = this.#options.ports;
    // The user clicked or typed this address, so their cookies for that site go along: a logged-in site works.
    const fetched = await fetchTorrent(url, true, signal);
    if (!fetched.ok) throw new TransferError(fetched.failure);
    const meta = await readTorrentOrMetalink(fetched.bytes, url, {
      fetchTorrent: (named) => fetchTorrent(named, false, signal),
      sha1,
    });
    signal.throwIfAborted();
    await this.#options.onFound(this, meta);
  }

  #move(event: TransferEvent): void {
    this.#record = { ...this.#record, state: nextState(this.#record.state, event) };
    void this.#options.ports.records.put(this.#record);
    this.#options.onChange('state');
  }
}
