import type { FileIndex, InfoHash, TransferId } from '../../model/ids.ts';
import { DEFAULT_PATIENCE, DEFAULT_POLICY } from '../../model/policy.ts';
import type { HostLimits } from '../origin/host-limits.ts';
import type { EnginePorts } from '../ports.ts';
import type { DepotSession, VerifiedPiece } from '../store/depot.ts';
import { countMissing } from '../store/journal.ts';
import type { SwarmPeer, SwarmSession } from '../swarm/swarm.ts';
import { readInfo } from '../torrent/read-info.ts';
import type { SourceList, TorrentInfo } from '../torrent/torrent-description.ts';
import { afterSaving } from './after-saving.ts';
import { bytesOfMarks, withPiece } from './bytes-by-source.ts';
import { checkSpace, withFigures } from './disk-space.ts';
import { Download } from './download.ts';
import { findMetadata } from './find-metadata.ts';
import { recordOfInfo } from './new-record.ts';
import { browserTrackers } from './problems.ts';
import { RateMeter } from './rate-meter.ts';
import { saveFiles } from './save-files.ts';
import { watchForSettling } from './settle.ts';
import type { Live } from './source-status.ts';
import type { TransferBook } from './transfer-book.ts';
import { TransferError } from './transfer-error.ts';
import { lastingProblems } from './view-of.ts';
import { withResolvers } from './with-resolvers.ts';

export type RunOptions = {
  readonly ports: EnginePorts;
  readonly hostLimits: HostLimits;
  readonly book: TransferBook;
  readonly mayShare: () => boolean;
  readonly signal: AbortSignal;
};

/** One run of a transfer, from start to stop: its place in the swarm and in the store, and its download. */
export class TransferRun {
  readonly uploadRate = new RateMeter();
  readonly #options: RunOptions;
  readonly #startedAtMs: number;
  readonly #peers = new Set<SwarmPeer>();
  #swarm: SwarmSession | null = null;
  #session: DepotSession | null = null;
  #download: Download | null = null;
  #stuck: NonNullable<Live['stuck']> | null = null;
  readonly #fromPeer = withResolvers<TorrentInfo>();

  constructor(options: RunOptions) {
    this.#options = options;
    this.#startedAtMs = options.ports.clock.nowMs();
  }

  get live(): Live {
    return {
      download: this.#download,
      trackers: this.#swarm?.trackers() ?? [],
      peers: this.#peers.size,
      startedAtMs: this.#startedAtMs,
      stuck: this.#stuck,
    };
  }

  get isInSwarm(): boolean {
    return this.#swarm !== null;
  }

  /** Metadata, store, pieces, Downloads folder, and then seeding for as long as the run lasts. */
  async download(): Promise<void> {
    const { ports, book, signal } = this.#options;
    this.#joinSwarm();
    const info = await this.#metadata();
    book.move({ type: 'metadata-received' });
    const session = await this.#openStore(info);
    const missing = countMissing(session.marks);
    book.move({ type: 'check-finished', piecesMissing: missing });
    this.#swarm?.setInfo(info, session.marks);
    let whole: ReadonlySet<FileIndex> | null = null;
    if (missing > 0) {
      await checkSpace(ports.depot, missing * info.pieceLengthBytes);
      whole = await this.#fetchAll(info, session);
      book.remember({ problems: lastingProblems(book.record, this.live, ports.clock.nowMs()) });
      book.move({ type: whole === null ? 'all-verified' : 'settled' });
    }
    await book.persist();
    await this.#save(info, whole);
    signal.throwIfAborted();
    book.move({ type: 'files-saved' });
    await book.persist();
    ports.notify(this.#id, book.record.name, book.record.shown?.downloadId ?? null);
    await this.#seedUntilStopped();
  }

  /** For a transfer that is done: seeds if the user shares, else gives the disk space back. */
  async seed(): Promise<void> {
    const infoBytes = await this.#options.ports.records.info(this.#id);
    if (this.#options.mayShare() && infoBytes !== null) {
      this.#joinSwarm();
      const info = await this.#describe(infoBytes);
      const session = await this.#openStore(info);
      this.#swarm?.setInfo(info, session.marks);
    }
    await this.#seedUntilStopped();
  }

  sharingChanged(): void {
    this.#swarm?.setSharing(this.#options.mayShare());
  }

  /** Lets go of the swarm and of the store; everything verified is on the disk when it resolves. */
  async close(): Promise<void> {
    const [swarm, session] = [this.#swarm, this.#session];
    this.#swarm = null;
    this.#session = null;
    this.#download?.stop();
    await session?.close().catch((error: unknown) => console.error('store', String(error)));
    this.#download = null;
    this.#peers.clear();
    await swarm?.leave();
  }

  async #seedUntilStopped(): Promise<void> {
    const { signal, mayShare } = this.#options;
    if (!mayShare() || this.#swarm === null) return this.#dropCopy();
    if (signal.aborted) return;
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  }

  /** The file is in Downloads and nobody may be served from the store: its copy only takes space. */
  async #dropCopy(): Promise<void> {
    const { ports, book } = this.#options;
    await this.close();
    await ports.depot.remove(this.#infoHash);
    book.remember({ isStored: false });
    await book.persist();
  }

  #joinSwarm(): void {
    const { ports, book, mayShare } = this.#options;
    const trackers = browserTrackers(book.record.trackers);
    if (trackers.length === 0) return;
    const { name, isPrivate } = book.record;
    this.#swarm = ports.swarm.join(
      { infoHash: this.#infoHash, name, trackers, isPrivate },
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
        claimed: (peer, pieces) => this.#download?.claimed(peer, pieces),
        refused: (peer, piece, offset) => this.#download?.refused(peer, piece, offset),
        uploaded: (bytes) => {
          this.uploadRate.add(bytes, ports.clock.nowMs());
          book.remember({ uploadedBytes: book.record.uploadedBytes + bytes });
        },
        read: (piece, offset, lengthBytes) =>
          this.#session?.read(piece, offset, lengthBytes) ?? Promise.reject(new Error('the store is closed')),
      },
    );
    this.#swarm.setSharing(mayShare());
  }

  async #metadata(): Promise<TorrentInfo> {
    const { ports, book, signal } = this.#options;
    const known = await ports.records.info(this.#id);
    if (known !== null) return this.#describe(known);
    const info = await findMetadata({
      fromPeers: this.#fromPeer.promise,
      hasSwarm: this.#swarm !== null,
      torrentUrls: book.record.torrentUrls,
      infoHash: this.#infoHash,
      fetchTorrent: (url) => ports.fetchTorrent(url, false, signal),
      sha1: ports.sha1,
      onSources: (sources) => this.#sourcesFound(sources),
      signal,
    });
    await ports.records.putInfo(this.#id, info.infoBytes);
    return this.#describe(info.infoBytes);
  }

  /** The library has checked the hash, so what is wrong with these bytes is wrong with the torrent: nobody says better. */
  async #metadataFromPeer(bytes: Uint8Array): Promise<void> {
    try {
      const info = await readInfo(bytes, this.#options.ports.sha1);
      if (info.infoHash === this.#infoHash) this.#fromPeer.resolve(info);
    } catch (error) {
      this.#fromPeer.reject(error);
    }
  }

  #sourcesFound(sources: SourceList): void {
    const { record } = this.#options.book;
    const trackers = [...new Set([...record.trackers, ...sources.trackers])];
    const origins = [...new Set([...record.origins, ...sources.origins])];
    this.#options.book.remember({ trackers, origins });
    if (this.#swarm === null) this.#joinSwarm();
  }

  async #describe(infoBytes: Uint8Array): Promise<TorrentInfo> {
    const info = await readInfo(infoBytes, this.#options.ports.sha1);
    this.#options.book.remember(recordOfInfo(info));
    return info;
  }

  async #openStore(info: TorrentInfo): Promise<DepotSession> {
    const { ports, book, signal } = this.#options;
    book.remember({ isStored: true });
    await book.persist();
    const session = await ports.depot.open(info, (event) => this.#download?.hear(event));
    this.#session = session;
    book.remember({ verified: bytesOfMarks(info, session.marks) });
    signal.throwIfAborted();
    return session;
  }

  /** Fetches until all is verified (null), or until nobody can bring the rest: then the files that are whole. */
  async #fetchAll(info: TorrentInfo, session: DepotSession): Promise<ReadonlySet<FileIndex> | null> {
    const { ports, book, signal } = this.#options;
    const end = withResolvers<ReadonlySet<FileIndex> | null>();
    signal.throwIfAborted();
    signal.addEventListener('abort', () => end.reject(signal.reason));
    const download = new Download({
      info,
      session,
      clock: ports.clock,
      seed: Math.floor(ports.random() * 2 ** 31),
      origins: book.record.origins,
      hostLimits: this.#options.hostLimits,
      policy: () => book.record.policy ?? DEFAULT_POLICY,
      patience: DEFAULT_PATIENCE,
      playback: () => null,
      claim: (pieces) => this.#swarm?.claim(pieces),
      onVerified: (pieces) => {
        this.#verified(info, pieces);
        if (download.board.left === 0) end.resolve(null);
      },
      onFailed: (failure) =>
        void withFigures(ports.depot, failure, download.board.leftBytes).then((told) =>
          end.reject(new TransferError(told)),
        ),
    });
    this.#download = download;
    for (const peer of this.#peers) download.peerJoined(peer);
    const stopWatching = watchForSettling({
      info,
      session,
      clock: ports.clock,
      download,
      hasTrackers: () => this.#swarm !== null,
      vouchedBefore: book.record.vouched ?? [],
      onVouched: (file) => book.remember({ vouched: [...new Set([...(book.record.vouched ?? []), file])] }),
      onSettled: (whole) => end.resolve(whole),
      onStuck: (problem) => {
        this.#stuck = problem;
      },
      onFailed: (error) => end.reject(error),
    });
    const whole = await end.promise.finally(stopWatching);
    download.stop();
    return whole;
  }

  #verified(info: TorrentInfo, pieces: readonly VerifiedPiece[]): void {
    let { verified } = this.#options.book.record;
    for (const { piece, mark } of pieces) {
      verified = withPiece(verified, info, piece, mark);
      this.#swarm?.announce(piece);
    }
    this.#options.book.remember({ verified });
  }

  async #save(info: TorrentInfo, whole: ReadonlySet<FileIndex> | null): Promise<void> {
    const { ports, book, signal } = this.#options;
    const saved = await saveFiles({
      info,
      whole,
      saver: ports.saver,
      clock: ports.clock,
      signal,
      saved: book.record.saved,
      folder: book.record.folder,
      remember: (entries, folder) => {
        book.remember({ saved: entries, folder });
        return book.persist();
      },
    });
    book.remember(afterSaving(info, book.record, saved, whole));
  }

  get #id(): TransferId {
    return this.#options.book.record.id;
  }

  /** A transfer is named by its info hash. */
  get #infoHash(): InfoHash {
    return this.#id as string as InfoHash;
  }
}
