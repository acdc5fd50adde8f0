import type { Failure, Problem } from '../../model/failure.ts';
import type { InfoHash, TransferId } from '../../model/ids.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import type { EnginePorts } from '../ports.ts';
import type { DepotSession, VerifiedPiece } from '../store/depot.ts';
import { bytesOfMark, MISSING } from '../store/journal.ts';
import type { SwarmPeer, SwarmSession } from '../swarm/swarm.ts';
import { lengthOfPiece } from '../torrent/piece-length.ts';
import { readInfo } from '../torrent/read-info.ts';
import { safePaths } from '../torrent/safe-names.ts';
import type { SourceList, TorrentInfo } from '../torrent/torrent-description.ts';
import { Download } from './download.ts';
import { findMetadata } from './find-metadata.ts';
import { browserTrackers, problemsOf } from './problems.ts';
import { RateMeter } from './rate-meter.ts';
import { saveFiles } from './save-files.ts';
import { failureOfError, TransferError } from './transfer-error.ts';
import type { TransferRecord } from './transfer-record.ts';
import { afterStop, nextState, type TransferEvent } from './transfer-state.ts';

/** Kept free on the disk beyond what a transfer needs. */
const SPARE_DISK_BYTES = 64 * 1_048_576;

export type TransferOptions = {
  readonly ports: EnginePorts;
  readonly mayShare: () => boolean;
  /** Something that a screen would show has changed. */
  readonly onChange: () => void;
};

/** One transfer: its record, and while it runs its swarm, its place in the store and its download. */
export class Transfer {
  #record: TransferRecord;
  readonly #options: TransferOptions;
  #info: TorrentInfo | null = null;
  #swarm: SwarmSession | null = null;
  #session: DepotSession | null = null;
  #download: Download | null = null;
  readonly #peers = new Set<SwarmPeer>();
  #uploadRate = new RateMeter();
  #abort: AbortController | null = null;
  #running: Promise<void> = Promise.resolve();
  #startedAtMs = 0;
  #metadataCame: ((info: TorrentInfo) => void) | null = null;
  #allVerified: (() => void) | null = null;
  #stopWithFailure: ((error: TransferError) => void) | null = null;

  constructor(record: TransferRecord, options: TransferOptions) {
    this.#record = record;
    this.#options = options;
  }

  get id(): TransferId {
    return this.#record.id;
  }

  get record(): TransferRecord {
    return this.#record;
  }

  /** Runs: metadata, store, download, saving. Not while paused, failed, hidden, or done with nothing to seed. */
  get isRunning(): boolean {
    const { phase } = this.#record.state;
    return !this.#record.isHidden && phase !== 'paused' && phase !== 'failed' && phase !== 'done';
  }

  get isSeeding(): boolean {
    return this.#record.state.phase === 'done' && this.#swarm !== null && this.#options.mayShare();
  }

  /** Goes on from where its record says it was, unless it is stopped or has nothing to do. */
  start(): void {
    const { state, isStored } = this.#record;
    if (this.#abort !== null || this.#record.isHidden) return;
    if (state.phase === 'done') {
      if (isStored) this.#launch((signal) => this.#seedOrDrop(signal));
      return;
    }
    if (state.phase === 'paused' || state.phase === 'failed') return;
    this.#remember({ state: afterStop(state) });
    this.#launch((signal) => this.#run(signal));
  }

  async pause(): Promise<void> {
    if (this.#record.state.phase === 'done') return;
    this.#move({ type: 'pause-requested' });
    await this.#stop();
    await this.#persist();
  }

  resume(): void {
    this.#move({ type: 'resume-requested' });
    this.start();
  }

  /** More sources for a transfer that is there already. They count from its next start, or at once if it waits. */
  async addSources(sources: SourceList, torrentUrls: readonly string[]): Promise<void> {
    const union = <T>(old: readonly T[], more: readonly T[]): T[] => [...new Set([...old, ...more])];
    const trackers = union(this.#record.trackers, this.#record.isPrivate ? [] : sources.trackers);
    const origins = union(this.#record.origins, this.#record.isPrivate ? [] : sources.origins);
    const urls = union(this.#record.torrentUrls, torrentUrls);
    const isNews =
      trackers.length + origins.length + urls.length >
      this.#record.trackers.length + this.#record.origins.length + this.#record.torrentUrls.length;
    if (isNews) this.#remember({ trackers, origins, torrentUrls: urls });
    if (isNews && this.isRunning && this.#record.state.phase !== 'saving') {
      await this.#stop();
      this.start();
    }
  }

  /** Brings one back that was taken off the list with its pieces kept. */
  unhide(nowMs: number): void {
    this.#remember({ isHidden: false, addedAtMs: nowMs });
    if (this.#record.state.phase === 'paused') this.#move({ type: 'resume-requested' });
    this.start();
  }

  /** Applies the user's choice on uploading. */
  sharingChanged(): void {
    this.#swarm?.setSharing(this.#options.mayShare());
    if (this.#record.state.phase !== 'done') return;
    void this.#stop().then(() => this.start());
  }

  /** Stops for good; `keepPieces` leaves what is verified in the store. Returns whether the record is still needed. */
  async remove(deleteData: boolean): Promise<boolean> {
    const isUnfinished = this.#record.state.phase !== 'done';
    await this.#stop();
    const { saver, depot } = this.#options.ports;
    if (!deleteData && isUnfinished && this.#record.isStored) {
      this.#remember({ isHidden: true, state: { phase: 'paused', resumeTo: afterStop({ phase: 'downloading' }) } });
      await this.#persist();
      return true;
    }
    if (deleteData)
      for (const { downloadId } of this.#record.saved) await saver.delete(downloadId).catch(() => undefined);
    if (this.#record.isStored) await depot.remove(this.id as string as InfoHash);
    return false;
  }

  /** Lets go of everything, as it must be at a shutdown. */
  async close(): Promise<void> {
    await this.#stop();
    await this.#persist();
  }

  view(): TransferView {
    const { ports } = this.#options;
    const now = ports.clock.nowMs();
    const { id, name, addedAtMs, sizeBytes, files, state, verified, uploadedBytes, shown } = this.#record;
    const download = this.#download;
    const peerBytesPerS = download?.peerRate.rate(now) ?? 0;
    const originBytesPerS = download?.originRate.rate(now) ?? 0;
    const rate = peerBytesPerS + originBytesPerS;
    const leftBytes = (sizeBytes ?? 0) - verified.peerBytes - verified.originBytes - verified.hereBytes;
    return {
      id,
      name,
      addedAtMs,
      sizeBytes,
      files,
      state,
      verified,
      peerBytesPerS,
      originBytesPerS,
      uploadBytesPerS: this.#uploadRate.rate(now),
      uploadedBytes,
      secondsLeft: state.phase === 'downloading' && rate > 1_000 ? Math.max(leftBytes, 0) / rate : null,
      peersConnected: this.#peers.size,
      originsUsable: download?.origins.filter((origin) => origin.isUsable(now)).length ?? 0,
      isSeeding: this.isSeeding,
      problems: this.#problems(now),
      saved: shown,
    };
  }

  #problems(now: number): readonly Problem[] {
    const { phase } = this.#record.state;
    if (phase !== 'fetching-metadata' && phase !== 'downloading') return this.#record.problems;
    const download = this.#download;
    const rate = (download?.peerRate.rate(now) ?? 0) + (download?.originRate.rate(now) ?? 0);
    const live = problemsOf({
      trackerUrls: this.#record.trackers,
      trackers: this.#swarm?.trackers() ?? [],
      torrentUrls: phase === 'fetching-metadata' ? this.#record.torrentUrls.length : 0,
      origins: (download?.origins ?? this.#record.origins.map(() => null)).map((desk) => ({
        host: desk?.host ?? '',
        isUsable: desk?.isUsable(now) ?? true,
        isDropped: desk?.isDropped ?? false,
        lies: desk?.health.lies ?? 0,
        last:
          desk?.health.last === null || desk === null
            ? null
            : {
                code: 'origin-failed',
                host: desk.host,
                ...desk.health.last,
                retryInS: Math.max(Math.ceil((desk.health.restUntilMs - now) / 1000), 0),
              },
      })),
      peers: this.#peers.size,
      lyingPeers: download?.lyingPeers ?? new Map(),
      isMoving: rate > 1_000,
      runningForS: (now - this.#startedAtMs) / 1_000,
    });
    return live;
  }

  #launch(task: (signal: AbortSignal) => Promise<void>): void {
    const abort = new AbortController();
    this.#abort = abort;
    this.#startedAtMs = this.#options.ports.clock.nowMs();
    this.#running = task(abort.signal)
      .catch((error: unknown) => this.#failed(error, abort.signal))
      .finally(() => this.#letGo())
      .then(() => {
        if (this.#abort === abort) this.#abort = null;
      });
  }

  async #stop(): Promise<void> {
    this.#abort?.abort();
    await this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { ports } = this.#options;
    this.#joinSwarm();
    const info = await this.#metadata(signal);
    this.#move({ type: 'metadata-received' });
    const session = await this.#openStore(info);
    signal.throwIfAborted();
    const missing = session.marks.reduce((count, mark) => count + Number(mark === MISSING), 0);
    this.#move({ type: 'check-finished', piecesMissing: missing });
    this.#swarm?.setInfo(info, session.marks);
    if (missing > 0) {
      await this.#checkSpace(missing * info.pieceLengthBytes);
      await this.#fetchAll(info, session, signal);
      this.#rememberLies();
      this.#move({ type: 'all-verified' });
    }
    await this.#persist();
    await this.#save(info, signal);
    this.#move({ type: 'files-saved' });
    await this.#persist();
    ports.notify(this.id, this.#record.name, 'saved');
    await this.#seedUntilStopped(signal);
  }

  /** After a restart of something that is done: seeds if the user shares, else gives the disk space back. */
  async #seedOrDrop(signal: AbortSignal): Promise<void> {
    if (this.#options.mayShare()) {
      const infoBytes = await this.#options.ports.records.info(this.id);
      if (infoBytes === null) return;
      this.#joinSwarm();
      const info = await this.#describe(infoBytes);
      const session = await this.#openStore(info);
      this.#swarm?.setInfo(info, session.marks);
    }
    await this.#seedUntilStopped(signal);
  }

  async #seedUntilStopped(signal: AbortSignal): Promise<void> {
    if (!this.#options.mayShare() || this.#swarm === null) return this.#dropCopy();
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  }

  /** The file is in Downloads and nobody may be served from the store: its copy only takes space. */
  async #dropCopy(): Promise<void> {
    await this.#letGo();
    await this.#options.ports.depot.remove(this.id as string as InfoHash);
    this.#remember({ isStored: false });
    await this.#persist();
  }

  #joinSwarm(): void {
    const trackers = browserTrackers(this.#record.trackers);
    if (trackers.length === 0) return;
    const { id, name, isPrivate } = this.#record;
    const infoHash = id as string as InfoHash;
    this.#swarm = this.#options.ports.swarm.join(
      { infoHash, name, trackers, isPrivate },
      {
        metadata: (bytes) => void this.#metadataFromPeer(bytes),
        peerJoined: (peer) => {
          this.#peers.add(peer);
          this.#download?.peerJoined(peer);
        },
        peerChanged: (peer, piece) => this.#download?.peerChanged(peer, piece),
        peerLeft: (peer) => {
          this.#peers.delete(peer);
          this.#download?.peerLeft(peer);
        },
        block: (peer, piece, offset, bytes) => this.#download?.block(peer, piece, offset, bytes),
        refused: (peer, piece, offset) => this.#download?.refused(peer, piece, offset),
        uploaded: (bytes) => {
          this.#uploadRate.add(bytes, this.#options.ports.clock.nowMs());
          this.#record = { ...this.#record, uploadedBytes: this.#record.uploadedBytes + bytes };
          this.#options.onChange();
        },
        read: (piece, offset, lengthBytes) =>
          this.#session?.read(piece, offset, lengthBytes) ?? Promise.reject(new Error('the store is closed')),
      },
    );
    this.#swarm.setSharing(this.#options.mayShare());
  }

  async #metadata(signal: AbortSignal): Promise<TorrentInfo> {
    const { records, fetchTorrent, sha1 } = this.#options.ports;
    const known = await records.info(this.id);
    if (known !== null) return this.#describe(known);
    const fromPeers = new Promise<TorrentInfo>((resolve) => {
      this.#metadataCame = resolve;
    });
    const info = await findMetadata({
      fromPeers,
      hasSwarm: this.#swarm !== null,
      torrentUrls: this.#record.torrentUrls,
      infoHash: this.id as string as InfoHash,
      fetchTorrent: (url) => fetchTorrent(url, false, signal),
      sha1,
      onSources: (sources) => this.#sourcesFound(sources),
      signal,
    });
    this.#metadataCame = null;
    await records.putInfo(this.id, info.infoBytes);
    return this.#describe(info.infoBytes);
  }

  async #metadataFromPeer(bytes: Uint8Array): Promise<void> {
    try {
      const info = await readInfo(bytes, this.#options.ports.sha1);
      if (info.infoHash === (this.id as string)) this.#metadataCame?.(info);
    } catch (error) {
      // The hash was right, so this is what the torrent really says: no other peer will say better.
      const failure = failureOfError(error);
      if (failure !== null) this.#fail(failure);
    }
  }

  #sourcesFound(sources: SourceList): void {
    if (this.#record.isPrivate) return;
    const trackers = [...new Set([...this.#record.trackers, ...sources.trackers])];
    const origins = [...new Set([...this.#record.origins, ...sources.origins])];
    this.#remember({ trackers, origins });
    if (this.#swarm === null) this.#joinSwarm();
  }

  async #describe(infoBytes: Uint8Array): Promise<TorrentInfo> {
    const info = await readInfo(infoBytes, this.#options.ports.sha1);
    const files = info.files.filter((file) => !file.isPadding).length;
    this.#info = info;
    this.#remember({ name: info.name, sizeBytes: info.lengthBytes, files, isPrivate: info.isPrivate });
    return info;
  }

  async #openStore(info: TorrentInfo): Promise<DepotSession> {
    this.#remember({ isStored: true });
    await this.#persist();
    const session = await this.#options.ports.depot.open(info, (event) => this.#download?.hear(event));
    this.#session = session;
    let verified = { peerBytes: 0, originBytes: 0, hereBytes: 0 };
    for (const [piece, mark] of session.marks.entries()) verified = added(verified, info, piece, mark);
    this.#remember({ verified });
    return session;
  }

  async #checkSpace(missingBytes: number): Promise<void> {
    const freeBytes = await this.#options.ports.depot.freeBytes();
    // The store's copy, and the one in Downloads beside it.
    const neededBytes = missingBytes + SPARE_DISK_BYTES;
    if (freeBytes < neededBytes) throw new TransferError({ code: 'disk-full', neededBytes, freeBytes });
  }

  async #fetchAll(info: TorrentInfo, session: DepotSession, signal: AbortSignal): Promise<void> {
    const done = new Promise<void>((resolve, reject) => {
      this.#allVerified = resolve;
      this.#stopWithFailure = reject;
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    const { clock, random } = this.#options.ports;
    const download = new Download({
      info,
      session,
      clock,
      seed: Math.floor(random() * 2 ** 31),
      origins: this.#record.origins,
      onVerified: (pieces) => this.#verified(info, pieces),
      onFailed: (failure) => this.#stopWithFailure?.(new TransferError(failure)),
    });
    this.#download = download;
    for (const peer of this.#peers) download.peerJoined(peer);
    await done;
  }

  #verified(info: TorrentInfo, pieces: readonly VerifiedPiece[]): void {
    let { verified } = this.#record;
    for (const { piece, mark } of pieces) {
      verified = added(verified, info, piece, mark);
      this.#swarm?.announce(piece);
    }
    this.#remember({ verified });
    if (this.#download?.board.left === 0) this.#allVerified?.();
  }

  async #save(info: TorrentInfo, signal: AbortSignal): Promise<void> {
    const { saver, clock } = this.#options.ports;
    const saved = await saveFiles({
      info,
      saver,
      clock,
      signal,
      saved: this.#record.saved,
      folder: this.#record.folder,
      remember: (entries, folder) => {
        this.#remember({ saved: entries, folder });
        return this.#persist();
      },
    });
    const largest = saved.toSorted((a, b) => lengthOf(info, b.file) - lengthOf(info, a.file))[0];
    const { changed } = safePaths(info);
    const problems = this.#record.problems.filter(({ code }) => code !== 'names-changed');
    if (changed > 0) problems.push({ code: 'names-changed', files: changed });
    this.#remember({
      shown: largest === undefined ? null : { downloadId: largest.downloadId, files: saved.length },
      problems,
    });
  }

  /** Who lied is told also when the transfer is done. */
  #rememberLies(): void {
    const lies = this.#problems(this.#options.ports.clock.nowMs()).filter(({ code }) => code.endsWith('-lied'));
    this.#remember({ problems: lies });
  }

  #fail(failure: Failure): void {
    this.#move({ type: 'failed', failure });
    this.#abort?.abort();
    void this.#persist();
  }

  async #failed(error: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const failure = failureOfError(error) ?? { code: 'store-failed' as const, reason: String(error) };
    if (failureOfError(error) === null) console.error('transfer', this.id, error);
    this.#move({ type: 'failed', failure });
    await this.#persist();
  }

  async #letGo(): Promise<void> {
    const { swarm, session, download } = { swarm: this.#swarm, session: this.#session, download: this.#download };
    download?.stop();
    await session?.close().catch((error: unknown) => console.error('store', String(error)));
    this.#download = null;
    this.#swarm = null;
    this.#session = null;
    this.#peers.clear();
    await swarm?.leave();
    this.#options.onChange();
  }

  #move(event: TransferEvent): void {
    this.#remember({ state: nextState(this.#record.state, event) });
  }

  #remember(changes: Partial<TransferRecord>): void {
    this.#record = { ...this.#record, ...changes };
    this.#options.onChange();
  }

  #persist(): Promise<void> {
    return this.#options.ports.records.put(this.#record);
  }
}

const lengthOf = (info: TorrentInfo, file: number): number => info.files[file]?.lengthBytes ?? 0;

function added(
  sum: TransferView['verified'],
  info: TorrentInfo,
  piece: number,
  mark: number,
): TransferView['verified'] {
  if (mark === MISSING) return sum;
  const bytes = bytesOfMark(mark, lengthOfPiece(info, piece as Parameters<typeof lengthOfPiece>[1]));
  return {
    peerBytes: sum.peerBytes + bytes.peerBytes,
    originBytes: sum.originBytes + bytes.originBytes,
    hereBytes: sum.hereBytes + bytes.hereBytes,
  };
}
