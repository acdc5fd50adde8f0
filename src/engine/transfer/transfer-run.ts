import type { FileIndex, InfoHash, TransferId } from '../../model/ids.ts';
import type { HostLimits } from '../origin/host-limits.ts';
import type { EnginePorts } from '../ports.ts';
import type { DepotEvent, DepotSession } from '../store/depot.ts';
import { countMissing } from '../store/journal.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { isLeftAlone, patienceInForce, policyInForce } from './delivery.ts';
import { describeTorrent } from './describe-torrent.ts';
import { checkSpace, withFigures } from './disk-space.ts';
import { Download } from './download.ts';
import type { FlightArchive } from './flight-archive.ts';
import { flightHeader } from './flight-entry.ts';
import { keepVerified } from './keep-verified.ts';
import { afterEvent, withWaste } from './ledger.ts';
import { MetadataFromPeers } from './metadata-from-peers.ts';
import { metadataOfTransfer } from './metadata-of-transfer.ts';
import { type Needs, needsOf, verifiedBytes } from './needs.ts';
import { browserTrackers } from './problems.ts';
import { RateMeter } from './rate-meter.ts';
import { runSwarmEvents } from './run-swarm-events.ts';
import { saveTransfer } from './save-transfer.ts';
import { watchForSettling } from './settle.ts';
import type { Live } from './source-status.ts';
import { SwarmPlace } from './swarm-place.ts';
import { type DeliveryTime, timeDelivery } from './time-delivery.ts';
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
  /** The files are in the Downloads folder; the copy in the store is kept until this resolves. */
  readonly onSaved: (info: TorrentInfo, session: DepotSession) => Promise<void>;
};

/** The files that are whole, when not all wanted ones can be had; null when all are. */
type Whole = ReadonlySet<FileIndex> | null;

/** One run of a transfer, from start to stop: its place in the swarm and in the store, and its download. */
export class TransferRun {
  readonly uploadRate = new RateMeter();
  /** One mark a piece (journal.ts); null before the store is open. */
  marks: Uint8Array | null = null;
  readonly #options: RunOptions;
  readonly #startedAtMs: number;
  readonly #place: SwarmPlace;
  #session: DepotSession | null = null;
  #download: Download | null = null;
  #stuck: NonNullable<Live['stuck']> | null = null;
  #hasMetadata = false;
  #isClosed = false;
  #time: DeliveryTime | null = null;
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
    this.#time = timeDelivery(book, ports.clock);
    const known = await ports.records.info(this.#id);
    this.#hasMetadata = known !== null;
    this.#joinSwarm();
    const info = await describeTorrent(known ?? (await this.#findMetadata()), ports.sha1, book);
    this.#hasMetadata = true;
    this.policyChanged();
    book.move({ type: 'metadata-received' });
    const needs = needsOf(info, book.record);
    const session = await this.#openStore(info, needs);
    const missing = countMissing(session.marks, needs.wanted);
    book.move({ type: 'check-finished', piecesMissing: missing });
    this.#place.setInfo(info, session.marks);
    let whole: Whole = null;
    if (missing > 0) {
      await checkSpace(ports.depot, missing * info.pieceLengthBytes);
      whole = await this.#fetchAll(info, session, needs);
      book.remember({ problems: lastingProblems(book.record, this.live, ports.clock.nowMs()) });
      book.move({ type: whole === null ? 'all-verified' : 'settled' });
    }
    await book.persist();
    await saveTransfer(info, whole, this.#options);
    signal.throwIfAborted();
    this.#time?.end();
    book.move({ type: 'files-saved' });
    await book.persist();
    ports.notify(this.#id, book.record.name, book.record.shown?.downloadId ?? null);
    await this.#seedUntilStopped(this.#options.onSaved(info, session));
  }

  /** For a transfer that is done: seeds if the user shares, else gives the disk space back. */
  async seed(): Promise<void> {
    const { ports, book, mayShare } = this.#options;
    const infoBytes = await ports.records.info(this.#id);
    if (mayShare() && infoBytes !== null) {
      this.#hasMetadata = true;
      this.#joinSwarm();
      const info = await describeTorrent(infoBytes, ports.sha1, book);
      this.#place.setInfo(info, (await this.#openStore(info, needsOf(info, book.record))).marks);
    }
    await this.#seedUntilStopped(Promise.resolve());
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
    this.#time?.end();
    this.#isClosed = true;
    this.#session = null;
    this.#download?.stop();
    await session?.close().catch((error: unknown) => console.error('store', String(error)));
    this.#download = null;
    await this.#place.leave();
  }

  /** @param isRead Resolves when nobody else needs the copy. */
  async #seedUntilStopped(isRead: Promise<void>): Promise<void> {
    const { signal, mayShare } = this.#options;
    if (!mayShare() || !this.#place.isIn) return this.#dropCopy(isRead);
    if (signal.aborted) return;
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  }

  /** The file is in Downloads and nobody may be served from the store: its copy only takes space. */
  async #dropCopy(isRead: Promise<void>): Promise<void> {
    const { ports, book } = this.#options;
    await isRead;
    await this.close();
    await ports.depot.remove(this.#infoHash);
    book.remember({ isStored: false });
    await book.persist();
  }

  /** Without its metadata a transfer meets peers whatever its policy: a magnet may have nobody else to ask for it. */
  get #mayMeetPeers(): boolean {
    const { book, mayShare } = this.#options;
    return !isLeftAlone(book.record, mayShare()) && (!this.#hasMetadata || book.record.policy !== 'peers-off');
  }

  #joinSwarm(): void {
    const { name, isPrivate, trackers: known } = this.#options.book.record;
    const trackers = browserTrackers(known);
    if (trackers.length === 0 || this.#isClosed || !this.#mayMeetPeers) return;
    this.#place.join({ infoHash: this.#infoHash, name, trackers, isPrivate });
  }

  #newPlace(): SwarmPlace {
    const { ports, book, mayShare } = this.#options;
    const events = runSwarmEvents({
      book,
      clock: ports.clock,
      fromPeers: this.#fromPeers,
      uploadRate: this.uploadRate,
      download: () => this.#download,
      session: () => this.#session,
    });
    return new SwarmPlace({ swarm: ports.swarm, mayShare, events });
  }

  #findMetadata(): Promise<Uint8Array> {
    return metadataOfTransfer(this.#options, {
      peers: this.#fromPeers.found,
      hasSwarm: this.#place.isIn,
      onSources: () => this.#joinSwarm(),
    });
  }

  async #openStore(info: TorrentInfo, needs: Needs): Promise<DepotSession> {
    const { ports, book, signal } = this.#options;
    book.remember({ isStored: true });
    await book.persist();
    const session = await ports.depot.open(info, (event) => this.#hear(info, event), needs.skipped);
    this.#session = session;
    this.marks = session.marks;
    book.remember({ verified: verifiedBytes(info, session.marks, needs) });
    signal.throwIfAborted();
    return session;
  }

  /** Fetches until all is verified (null), or until nobody can bring the rest: then the files that are whole. */
  async #fetchAll(info: TorrentInfo, session: DepotSession, { wanted, skipped }: Needs): Promise<Whole> {
    const { ports, book, flights, hostLimits, mayShare, signal } = this.#options;
    const end = withResolvers<Whole>();
    signal.throwIfAborted();
    signal.addEventListener('abort', () => end.reject(signal.reason));
    const seed = Math.floor(ports.random() * 2 ** 31);
    const { origins } = book.record;
    const policy = () => policyInForce(book.record, mayShare());
    const patience = () => patienceInForce(book.record);
    const begun = { startedAtMs: ports.clock.nowMs(), policy: policy(), patience: patience(), seed, origins };
    const keep = keepVerified(book, info, ports.clock, this.marks);
    const download = new Download({
      info,
      session,
      clock: ports.clock,
      seed,
      wanted,
      origins,
      hostLimits,
      policy,
      patience,
      playback: () => null,
      recorder: flights.begin(this.#id, flightHeader(info, session.marks, begun, wanted)),
      claim: (pieces) => this.#place.claim(pieces),
      onDuplicate: (bytes) => book.remember({ ledger: withWaste(book.record.ledger, 'duplicate', bytes) }),
      onVerified: (pieces) => {
        this.#time?.note();
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
      skipped,
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
