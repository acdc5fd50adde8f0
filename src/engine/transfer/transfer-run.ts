import type { TransferId } from '../../model/ids.ts';
import type { DepotEvent, DepotSession } from '../store/depot.ts';
import { countMissing } from '../store/journal.ts';
import type { SwarmPeer } from '../swarm/swarm.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { describeTorrent } from './describe-torrent.ts';
import { checkSpace } from './disk-space.ts';
import type { Download } from './download.ts';
import { fetchPieces, type Whole } from './fetch-pieces.ts';
import { afterEvent } from './ledger.ts';
import { unknownOrigins } from './mirror-desks.ts';
import { type Needs, needsOf, verifiedBytes } from './needs.ts';
import { RateMeter } from './rate-meter.ts';
import { checkIfAsked, noteChecked } from './recheck.ts';
import { RunInSwarm } from './run-in-swarm.ts';
import type { RunOptions } from './run-options.ts';
import { saveTransfer } from './save-transfer.ts';
import { seedUntilStopped } from './seed-until-stopped.ts';
import type { Live } from './source-status.ts';
import { tellSaved } from './tell-saved.ts';
import { type DeliveryTime, timeDelivery } from './time-delivery.ts';
import { untilAccepted } from './until-accepted.ts';
import { lastingProblems } from './view-of.ts';
import { withResolvers } from './with-resolvers.ts';

/** One run of a transfer, from start to stop: its place in the swarm and in the store, and its download. */
export class TransferRun {
  readonly uploadRate = new RateMeter();
  /** One mark a piece (journal.ts); null before the store is open. */
  marks: Uint8Array | null = null;
  readonly #options: RunOptions;
  readonly #startedAtMs: number;
  readonly #swarm: RunInSwarm;
  #session: DepotSession | null = null;
  #download: Download | null = null;
  #stuck: NonNullable<Live['stuck']> | null = null;
  #originsAlive = 0;
  readonly #accepted = withResolvers<void>();
  #time: DeliveryTime | null = null;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#startedAtMs = options.ports.clock.nowMs();
    this.#swarm = new RunInSwarm(options, {
      uploadRate: this.uploadRate,
      download: () => this.#download,
      session: () => this.#session,
    });
  }

  get live(): Live {
    return {
      download: this.#download,
      trackers: this.#swarm.place.trackers(),
      peers: this.#swarm.place.peers.size,
      startedAtMs: this.#startedAtMs,
      stuck: this.#stuck,
      originsAlive: this.#originsAlive,
    };
  }

  /** Its download, from the first piece that is fetched until the run ends. */
  get activeDownload(): Download | null {
    return this.#download;
  }

  /** Everybody it is connected with. */
  get connected(): ReadonlySet<SwarmPeer> {
    return this.#swarm.place.peers;
  }

  get isInSwarm(): boolean {
    return this.#swarm.place.isIn;
  }

  /** Metadata, store, pieces, Downloads folder, and then seeding for as long as the run lasts. */
  async download(): Promise<void> {
    const { ports, book, signal } = this.#options;
    this.#time = timeDelivery(book, ports.clock);
    const known = await ports.records.info(this.#id);
    if (known !== null) this.#swarm.metadataKnown();
    this.#swarm.join();
    const info = await describeTorrent(known ?? (await this.#swarm.findMetadata()), ports.sha1, book);
    this.#swarm.metadataKnown();
    this.policyChanged();
    book.move({ type: 'metadata-received' });
    const needs = needsOf(info, book.record);
    const session = await this.#openStore(info, needs);
    const missing = countMissing(session.marks, needs.wanted);
    book.move({ type: 'check-finished', piecesMissing: missing });
    this.#swarm.place.setInfo(info, session.marks);
    let whole: Whole = null;
    if (missing > 0) {
      await checkSpace(ports.depot, missing * info.pieceLengthBytes);
      whole = await this.#fetchAll(info, session, needs);
      book.remember({ problems: lastingProblems(book.record, this.live, ports.clock.nowMs()) });
      book.move({ type: whole === null ? 'all-verified' : 'settled' });
    }
    await book.persist();
    if (book.record.isPlayedOnly !== true) await saveTransfer(info, whole, this.#options);
    signal.throwIfAborted();
    this.#time?.end();
    book.move({ type: 'files-saved' });
    await book.persist();
    tellSaved(this.#options);
    await this.#seedUntilStopped(this.#options.onSaved(info, session));
  }

  /** Hashes again what the store has of it, and no more: it was paused and will be. */
  async check(): Promise<void> {
    const { ports, book } = this.#options;
    const infoBytes = await ports.records.info(this.#id);
    if (infoBytes !== null) {
      const info = await describeTorrent(infoBytes, ports.sha1, book);
      const needs = needsOf(info, book.record);
      const { marks } = await this.#openStore(info, needs);
      book.move({ type: 'check-finished', piecesMissing: countMissing(marks, needs.wanted) });
    }
    book.move({ type: 'pause-requested' });
    await book.persist();
  }

  /** Finds out what a torrent holds and who has it, and no more, until the user accepts it. */
  async stage(): Promise<void> {
    const { ports, book, signal } = this.#options;
    const known = await ports.records.info(this.#id);
    this.#swarm.join();
    const info = await describeTorrent(known ?? (await this.#swarm.findMetadata()), ports.sha1, book);
    await untilAccepted(info, this.#options, this.#accepted.promise, () => {
      this.#originsAlive += 1;
    });
    if (!signal.aborted) await this.download();
  }

  /** The user wants what was staged: it goes on in its place in the swarm, with the peers that it has met. */
  accepted(): void {
    this.#accepted.resolve();
  }

  /** For a transfer that is done: seeds if it may, else gives the disk space back when nobody wants the copy. */
  async seed(): Promise<void> {
    const { ports, book, rules, players } = this.#options;
    const infoBytes = await ports.records.info(this.#id);
    const seeds = rules.maySeed() && !rules.mayDropCopy(true);
    if ((seeds || players.isPlayed) && infoBytes !== null) {
      this.#swarm.metadataKnown();
      if (seeds) this.#swarm.join();
      const info = await describeTorrent(infoBytes, ports.sha1, book);
      this.#swarm.place.setInfo(info, (await this.#openStore(info, needsOf(info, book.record))).marks);
    }
    await this.#seedUntilStopped(Promise.resolve());
  }

  sharingChanged(): void {
    this.#swarm.place.sharingChanged();
  }

  /** Its record names other sources: new origins are asked from now on, and other trackers joined in place of these. */
  sourcesChanged(): void {
    this.#swarm.trackersChanged();
    const fresh = unknownOrigins(this.#download?.origins ?? [], this.#options.book.record.origins);
    if (fresh.length > 0) this.#download?.originsAdded(fresh);
  }

  /** With peers off it is in no swarm; lifted again, it goes back. What is seeded keeps its copy for that. */
  policyChanged(): void {
    this.#swarm.policyChanged();
  }

  /** Lets go of the swarm and of the store; everything verified is on the disk when it resolves. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#time?.end();
    this.#swarm.closes();
    this.#session = null;
    this.#options.players.storeIs(null);
    this.#download?.stop();
    await session?.close().catch((error: unknown) => console.error('store', String(error)));
    this.#download = null;
    await this.#swarm.place.leave();
  }

  /** @param isRead Resolves when nobody else needs the copy. */
  #seedUntilStopped(isRead: Promise<void>): Promise<void> {
    return seedUntilStopped(this.#options, { isInSwarm: this.#swarm.place.isIn, isRead, close: () => this.close() });
  }

  async #openStore(info: TorrentInfo, needs: Needs): Promise<DepotSession> {
    const { ports, book, players, signal } = this.#options;
    book.remember({ isStored: true });
    await book.persist();
    const session = await ports.depot.open(info, (event) => this.#hear(info, event), needs.skipped);
    this.#session = session;
    await checkIfAsked(session, book, signal);
    this.marks = session.marks;
    players.storeIs({ info, marks: session.marks, session });
    book.remember({ verified: verifiedBytes(info, session.marks, needs) });
    signal.throwIfAborted();
    return session;
  }

  #fetchAll(info: TorrentInfo, session: DepotSession, needs: Needs): Promise<Whole> {
    return fetchPieces({
      run: this.#options,
      info,
      session,
      needs,
      place: this.#swarm.place,
      marks: this.marks,
      onBegun: (download) => {
        this.#download = download;
        this.#options.rules.fetching();
      },
      onVerified: () => this.#time?.note(),
      onStuck: (problem) => {
        this.#stuck = problem;
      },
    });
  }

  #hear(info: TorrentInfo, event: DepotEvent): void {
    const { book } = this.#options;
    if (event.type === 'checked') return noteChecked(book, info, event);
    const ledger = afterEvent(book.record.ledger, event, info, (peer) => this.#swarm.place.nameOf(peer));
    if (ledger !== book.record.ledger) book.remember({ ledger });
    if (event.type !== 'came-aside') this.#download?.hear(event);
  }

  get #id(): TransferId {
    return this.#options.book.record.id;
  }
}
