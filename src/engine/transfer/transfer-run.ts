import type { FileIndex, InfoHash, TransferId } from '../../model/ids.ts';
import type { HostLimits } from '../origin/host-limits.ts';
import type { EnginePorts } from '../ports.ts';
import type { DepotEvent, DepotSession } from '../store/depot.ts';
import { countMissing } from '../store/journal.ts';
import type { SourceList, TorrentInfo } from '../torrent/torrent-description.ts';
import { bytesOfMarks } from './bytes-by-source.ts';
import { patienceOf } from './chosen-patience.ts';
import { describeTorrent } from './describe-torrent.ts';
import { checkSpace, withFigures } from './disk-space.ts';
import { Download } from './download.ts';
import { findMetadata } from './find-metadata.ts';
import type { FlightArchive } from './flight-archive.ts';
import { flightHeader } from './flight-entry.ts';
import { keepVerified } from './keep-verified.ts';
import { afterEvent, withWaste } from './ledger.ts';
import { MetadataFromPeers } from './metadata-from-peers.ts';
import { browserTrackers } from './problems.ts';
import { RateMeter } from './rate-meter.ts';
import { saveTransfer } from './save-transfer.ts';
import { watchForSettling } from './settle.ts';
import type { Live } from './source-status.ts';
import { SwarmPlace } from './swarm-place.ts';
import type { TransferBook } from './transfer-book.ts';
import { TransferError } from './transfer-error.ts';
import { lastingProblems } from './view-of.ts';
import { withResolvers } from './with-resolvers.ts';

export type RunOptions = {
  readonly ports: EnginePorts;
  readonly hostLimits: HostLimits;
  readonly book: TransferBook;
  readonly mayShare: () => boolean;
  readonly flights: FlightArchive;
  readonly signal: AbortSignal;
};

/** One run of a transfer, from start to stop: its place in the swarm and in the store, and its download. */
export class TransferRun {
  readonly uploadRate = new RateMeter();
  readonly #options: RunOptions;
  readonly #startedAtMs: number;
  readonly #place: SwarmPlace;
  #session: DepotSession | null = null;
  #download: Download | null = null;
  #stuck: NonNullable<Live['stuck']> | null = null;
  #hasMetadata = false;
  #isClosed = false;
  readonly #fromPeers: MetadataFromPeers;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#startedAtMs = options.ports.clock.nowMs();
    this.#fromPeers = new MetadataFromPeers(this.#infoHash, options.ports.sha1);
    this.#place = this.#newPlace();
  }

  get live(): Live {
    return {
      download: this.#download,
      trackers: this.#place.trackers(),
      peers: this.#place.peers.size,
      startedAtMs: this.#startedAtMs,
      stuck: this.#stuck,
    };
  }

  get isInSwarm(): boolean {
    return this.#place.isIn;
  }

  /** Metadata, store, pieces, Downloads folder, and then seeding for as long as the run lasts. */
  async download(): Promise<void> {
    const { ports, book, signal } = this.#options;
    const known = await ports.records.info(this.#id);
    this.#hasMetadata = known !== null;
    this.#joinSwarm();
    const info = await describeTorrent(known ?? (await this.#findMetadata()), ports.sha1, book);
    this.#hasMetadata = true;
    this.policyChanged();
    book.move({ type: 'metadata-received' });
    const session = await this.#openStore(info);
    const missing = countMissing(session.marks);
    book.move({ type: 'check-finished', piecesMissing: missing });
    this.#place.setInfo(info, session.marks);
    let whole: ReadonlySet<FileIndex> | null = null;
    if (missing > 0) {
      await checkSpace(ports.depot, missing * info.pieceLengthBytes);
      whole = await this.#fetchAll(info, session);
      book.remember({ problems: lastingProblems(book.record, this.live, ports.clock.nowMs()) });
      book.move({ type: whole === null ? 'all-verified' : 'settled' });
    }
    await book.persist();
    await saveTransfer(info, whole, this.#options);
    signal.throwIfAborted();
    book.move({ type: 'files-saved' });
    await book.persist();
    ports.notify(this.#id, book.record.name, book.record.shown?.downloadId ?? null);
    await this.#seedUntilStopped();
  }

  /** For a transfer that is done: seeds if the user shares, else gives the disk space back. */
  async seed(): Promise<void> {
    const { ports, book, mayShare } = this.#options;
    const infoBytes = await ports.records.info(this.#id);
    if (mayShare() && infoBytes !== null) {
      this.#hasMetadata = true;
      this.#joinSwarm();
      const info = await describeTorrent(infoBytes, ports.sha1, book);
      const session = await this.#openStore(info);
      this.#place.setInfo(info, session.marks);
    }
    await this.#seedUntilStopped();
  }

  sharingChanged(): void {
    this.#place.sharingChanged();
  }

  /** With peers off it is in no swarm; lifted again, it goes back. What is seeded keeps its copy for that. */
  policyChanged(): void {
    if (this.#mayMeetPeers) this.#joinSwarm();
    else void this.#place.leave();
  }

  /** Lets go of the swarm and of the store; everything verified is on the disk when it resolves. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#isClosed = true;
    this.#session = null;
    this.#download?.stop();
    await session?.close().catch((error: unknown) => console.error('store', String(error)));
    this.#download = null;
    await this.#place.leave();
  }

  async #seedUntilStopped(): Promise<void> {
    const { signal, mayShare } = this.#options;
    if (!mayShare() || !this.#place.isIn) return this.#dropCopy();
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

  /** Without its metadata a transfer meets peers whatever its policy: a magnet may have nobody else to ask for it. */
  get #mayMeetPeers(): boolean {
    return !this.#hasMetadata || this.#options.book.record.policy !== 'peers-off';
  }

  #joinSwarm(): void {
    const { name, isPrivate, trackers: known } = this.#options.book.record;
    const trackers = browserTrackers(known);
    if (trackers.length === 0 || this.#isClosed || !this.#mayMeetPeers) return;
    this.#place.join({ infoHash: this.#infoHash, name, trackers, isPrivate });
  }

  #newPlace(): SwarmPlace {
    const { ports, book, mayShare } = this.#options;
    return new SwarmPlace({
      swarm: ports.swarm,
      mayShare,
      events: {
        metadata: (bytes) => void this.#fromPeers.offer(bytes),
        peerJoined: (peer) => this.#download?.peerJoined(peer),
        peerChanged: (peer, piece) => this.#download?.peerChanged(peer, piece),
        peerLeft: (peer) => this.#download?.peerLeft(peer),
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
    });
  }

  async #findMetadata(): Promise<Uint8Array> {
    const { ports, book, signal } = this.#options;
    const info = await findMetadata({
      fromPeers: this.#fromPeers.found,
      hasSwarm: this.#place.isIn,
      torrentUrls: book.record.torrentUrls,
      infoHash: this.#infoHash,
      fetchTorrent: (url) => ports.fetchTorrent(url, false, signal),
      sha1: ports.sha1,
      onSources: (sources) => this.#sourcesFound(sources),
      signal,
    });
    await ports.records.putInfo(this.#id, info.infoBytes);
    return info.infoBytes;
  }

  #sourcesFound(sources: SourceList): void {
    const { record } = this.#options.book;
    const trackers = [...new Set([...record.trackers, ...sources.trackers])];
    const origins = [...new Set([...record.origins, ...sources.origins])];
    this.#options.book.remember({ trackers, origins });
    this.#joinSwarm();
  }

  async #openStore(info: TorrentInfo): Promise<DepotSession> {
    const { ports, book, signal } = this.#options;
    book.remember({ isStored: true });
    await book.persist();
    const session = await ports.depot.open(info, (event) => this.#hear(info, event));
    this.#session = session;
    book.remember({ verified: bytesOfMarks(info, session.marks) });
    signal.throwIfAborted();
    return session;
  }

  /** Fetches until all is verified (null), or until nobody can bring the rest: then the files that are whole. */
  async #fetchAll(info: TorrentInfo, session: DepotSession): Promise<ReadonlySet<FileIndex> | null> {
    const { ports, book, flights, hostLimits, signal } = this.#options;
    const end = withResolvers<ReadonlySet<FileIndex> | null>();
    signal.throwIfAborted();
    signal.addEventListener('abort', () => end.reject(signal.reason));
    const seed = Math.floor(ports.random() * 2 ** 31);
    const { origins, policy } = book.record;
    const patience = () => patienceOf(book.record.patience);
    const begun = { startedAtMs: ports.clock.nowMs(), policy, patience: patience(), seed, origins };
    const keep = keepVerified(book, info, ports.clock);
    const download = new Download({
      info,
      session,
      clock: ports.clock,
      seed,
      origins,
      hostLimits,
      policy: () => book.record.policy,
      patience,
      playback: () => null,
      recorder: flights.begin(this.#id, flightHeader(info, session.marks, begun)),
      claim: (pieces) => this.#place.claim(pieces),
      onDuplicate: (bytes) => book.remember({ ledger: withWaste(book.record.ledger, 'duplicate', bytes) }),
      onVerified: (pieces) => {
        keep(pieces);
        for (const { piece, mark } of pieces) this.#place.announce(piece, mark);
        if (download.board.left === 0) end.resolve(null);
      },
      onFailed: (failure) =>
        void withFigures(ports.depot, failure, download.board.leftBytes).then((told) =>
          end.reject(new TransferError(told)),
        ),
    });
    this.#download = download;
    for (const peer of this.#place.peers) download.peerJoined(peer);
    const stopWatching = watchForSettling({
      info,
      session,
      clock: ports.clock,
      download,
      hasTrackers: () => this.#place.isIn,
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

  #hear(info: TorrentInfo, event: DepotEvent): void {
    const { book } = this.#options;
    const ledger = afterEvent(book.record.ledger, event, info, (peer) => this.#place.nameOf(peer));
    if (ledger !== book.record.ledger) book.remember({ ledger });
    this.#download?.hear(event);
  }

  get #id(): TransferId {
    return this.#options.book.record.id;
  }

  /** A transfer is named by its info hash. */
  get #infoHash(): InfoHash {
    return this.#id as string as InfoHash;
  }
}
