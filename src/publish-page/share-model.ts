import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { infoHashOfDigest } from '../engine/torrent/info-hash.ts';
import type { TransferId } from '../model/ids.ts';
import type { Sharing } from '../model/settings.ts';
import type { TransferView } from '../model/transfer-view.ts';
import { choosePieceLength } from '../publishing/piece-length.ts';
import { encodeStrictly } from '../publishing/published-urls.ts';
import { writeInfo, writeTorrent } from '../publishing/write-torrent.ts';
import type { ActionFailure, Actions } from '../ui/actions.ts';
import { JobError, type JobFailure } from './publish-job.ts';
import { followProgress, type JobProgress } from './rate-of.ts';
import type { RunJob } from './run-job.ts';

/** A file of the user, hashed: what is needed to share it. */
export type ReadyFile = { readonly infoHash: TransferId; readonly infoBytes: Uint8Array };

export type ShareFailure =
  | JobFailure
  | { readonly code: 'empty-file' }
  | { readonly code: 'no-room'; readonly neededBytes: number; readonly freeBytes: number }
  | { readonly code: 'not-taken'; readonly failure: ActionFailure };

/**
 * What is done with a file. `asks`: it is hashed and waits for a tracker, or for the word that may be uploaded.
 * `known`: the list has it already and is not done with it.
 */
export type ShareState =
  | { readonly phase: 'waiting' }
  | { readonly phase: 'hashing' | 'copying'; readonly progress: JobProgress }
  | { readonly phase: 'asks' }
  | { readonly phase: 'shared'; readonly magnet: string; readonly wasInList: boolean }
  | { readonly phase: 'failed'; readonly failure: ShareFailure };

export type Share = {
  readonly nth: number;
  readonly file: File;
  readonly state: ReadonlySignal<ShareState>;
};

type OwnShare = Share & {
  readonly state: Signal<ShareState>;
  readonly abort: AbortController;
  ready: ReadyFile | null;
};

export type SharePorts = {
  readonly runJob: RunJob;
  readonly sha1: (bytes: Uint8Array) => Promise<Uint8Array>;
  readonly nowMs: () => number;
  readonly freeBytes: () => Promise<number>;
  /** Removes what a copy that was stopped has left. */
  readonly discard: (infoHash: string) => Promise<void>;
  readonly adopt: (torrentBytes: Uint8Array) => ReturnType<Actions['addFile']>;
  /** What the list shows of a torrent now; null when it has none. */
  readonly inList: (id: TransferId) => TransferView | null;
  /** What the user has said about uploading. */
  readonly sharing: () => Sharing;
};

/** A copy needs a little more than the file: the journal, and what the browser keeps for itself. */
const SPARE_BYTES = 1_048_576;

/** Files that were dropped or picked, each on its way to a link for a friend. One is worked on at a time. */
export class ShareModel {
  readonly #shares = signal<readonly OwnShare[]>([]);
  readonly #ports: SharePorts;
  #count = 0;
  #queue: Promise<void> = Promise.resolve();

  readonly shares: ReadonlySignal<readonly Share[]> = this.#shares;
  readonly trackers = signal<readonly string[]>([]);

  constructor(ports: SharePorts) {
    this.#ports = ports;
  }

  add(files: readonly File[]): void {
    for (const file of files) {
      this.#count += 1;
      const state = signal<ShareState>({ phase: 'waiting' });
      const share: OwnShare = { nth: this.#count, file, state, abort: new AbortController(), ready: null };
      this.#shares.value = [share, ...this.#shares.value];
      this.#inTurn(share, () => this.#hash(share));
    }
  }

  /** Goes on with what waited for a tracker or for consent; asks again when there is still none. */
  goOn(): void {
    for (const share of this.#shares.value) {
      if (share.state.value.phase === 'asks') this.#inTurn(share, () => this.#offer(share));
    }
  }

  /** Stops what is done with a file and takes it off the page. A file that is shared goes on being shared. */
  remove(share: Share): void {
    this.#shares.value = this.#shares.value.filter((other) => {
      if (other === share) other.abort.abort();
      return other !== share;
    });
  }

  #inTurn(share: OwnShare, task: () => Promise<void>): void {
    this.#queue = this.#queue.then(async () => {
      if (share.abort.signal.aborted) return;
      try {
        await task();
      } catch (error) {
        if (share.abort.signal.aborted) return;
        const failure: ShareFailure =
          error instanceof JobError ? error.failure : { code: 'store-failed', reason: String(error) };
        share.state.value = { phase: 'failed', failure };
      }
    });
  }

  async #hash(share: OwnShare): Promise<void> {
    const { file, abort } = share;
    if (file.size === 0) {
      share.state.value = { phase: 'failed', failure: { code: 'empty-file' } };
      return;
    }
    const pieceLengthBytes = choosePieceLength(file.size);
    const tell = this.#teller(share, 'hashing');
    const hashes = await this.#ports.runJob({ type: 'hash-file', file, pieceLengthBytes }, tell, abort.signal);
    if (hashes === null) throw new Error('a job that hashes gave no hashes');
    const hashed = { path: [file.name], sizeBytes: file.size, modifiedAtMs: file.lastModified, pieceLengthBytes };
    const infoBytes = writeInfo({ ...hashed, ...hashes });
    const infoHash = infoHashOfDigest(await this.#ports.sha1(infoBytes)) as string as TransferId;
    share.ready = { infoHash, infoBytes };
    await this.#offer(share);
  }

  /** Shares a file that is hashed, unless something is still to be said. */
  async #offer(share: OwnShare): Promise<void> {
    const { ready } = share;
    const trackers = this.trackers.value;
    if (ready === null) return;
    if (trackers.length === 0 || this.#ports.sharing() !== 'share') {
      share.state.value = { phase: 'asks' };
      return;
    }
    const known = this.#ports.inList(ready.infoHash);
    // Its place in the store is open for whoever shares or fetches it now.
    const isOpen = known !== null && (known.isSeeding || known.state.phase !== 'done');
    if (!isOpen && !(await this.#copy(share, ready))) return;
    const torrentBytes = writeTorrent(ready.infoBytes, trackers, []);
    const reply = await this.#ports.adopt(torrentBytes);
    if (reply.ok) {
      const magnet = friendLink(share.file, ready.infoHash, trackers);
      share.state.value = { phase: 'shared', magnet, wasInList: isOpen };
    } else share.state.value = { phase: 'failed', failure: { code: 'not-taken', failure: reply.failure } };
  }

  async #copy(share: OwnShare, { infoHash, infoBytes }: ReadyFile): Promise<boolean> {
    const { file, abort } = share;
    const neededBytes = file.size + SPARE_BYTES;
    const freeBytes = await this.#ports.freeBytes();
    if (freeBytes < neededBytes) {
      share.state.value = { phase: 'failed', failure: { code: 'no-room', neededBytes, freeBytes } };
      return false;
    }
    try {
      const tell = this.#teller(share, 'copying');
      await this.#ports.runJob({ type: 'put-file', file, infoBytes }, tell, abort.signal);
      return true;
    } catch (error) {
      await this.#ports.discard(infoHash);
      throw error;
    }
  }

  #teller(share: OwnShare, phase: 'hashing' | 'copying'): (bytes: number) => void {
    const progress = followProgress(share.file.size, this.#ports.nowMs);
    const tell = (bytes: number) => {
      if (!share.abort.signal.aborted) share.state.value = { phase, progress: progress(bytes) };
    };
    tell(0);
    return tell;
  }
}

/** A magnet link for somebody who finds the file at its trackers alone. */
function friendLink(file: File, infoHash: string, trackers: readonly string[]): string {
  const parameters = [
    `xt=urn:btih:${infoHash}`,
    `dn=${encodeStrictly(file.name)}`,
    `xl=${file.size}`,
    ...trackers.map((tracker) => `tr=${encodeStrictly(tracker)}`),
  ];
  return `magnet:?${parameters.join('&')}`;
}
