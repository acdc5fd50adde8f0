import type { Failure } from '../../model/failure.ts';
import type { OriginUrl, PeerId, PieceIndex } from '../../model/ids.ts';
import type { Patience, Policy } from '../../model/policy.ts';
import type { Clock } from '../ports.ts';
import { plan } from '../schedule/plan.ts';
import type { Decision, Demand } from '../schedule/plan-view.ts';
import type { DepotEvent, DepotSession, RunEnd, RunId, Source, VerifiedPiece } from '../store/depot.ts';
import type { SwarmPeer } from '../swarm/swarm.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { LieBars } from './lie-bars.ts';
import { OriginDesk } from './origin-desk.ts';
import { PeerDesk } from './peer-desk.ts';
import { PieceBoard } from './piece-board.ts';
import { RateMeter } from './rate-meter.ts';
import { type Run, RunDesk } from './run-desk.ts';
import { piecesOfSpoiltFile } from './spoilt-file.ts';

/** Plans are made when something happened, but not more often than this. */
const PLAN_EVERY_MS = 10;
/** And at least this often, for what only time changes: rests that end, peers that fall silent, bytes that fall due. */
const LOOK_EVERY_MS = 250;
/**
 * Bytes that may come twice: a share of what came, and this much to begin with. What is on its way when it is cancelled
 * is guessed; with these, at most 1 % and 256 KiB come in vain.
 */
const WASTE_SHARE = 0.008;
const FIRST_WASTE_BYTES = 196_608;

export type DownloadPorts = {
  readonly info: TorrentInfo;
  readonly session: DepotSession;
  readonly clock: Clock;
  readonly seed: number;
  readonly origins: readonly OriginUrl[];
  /** Asked anew for every plan: the user may change it while the download runs. */
  readonly policy: () => Policy;
  /** How long "spare-origin" may wait. */
  readonly patience: Patience;
  /** Where a player stands, or null while nothing is played. */
  readonly playback: () => Playback | null;
  /** Tells the neighbours that these pieces are being fetched from an origin: nobody else need fetch them there. */
  readonly claim: (pieces: readonly PieceIndex[]) => void;
  /** Pieces are safe on the disk. */
  readonly onVerified: (pieces: readonly VerifiedPiece[]) => void;
  /** The store cannot go on. */
  readonly onFailed: (failure: Failure) => void;
};

/** A player that plays from `positionByte` of the torrent on, at this rate. */
export type Playback = { readonly positionByte: number; readonly bytesPerS: number };

/** The loop of one download: state to view, view to plan, plan to requests. It decides nothing itself. */
export class Download {
  readonly board: PieceBoard;
  readonly origins: readonly OriginDesk[];
  readonly peers = new Map<PeerId, PeerDesk>();
  readonly peerRate = new RateMeter();
  readonly originRate = new RateMeter();
  /** Peers whose bytes were proven wrong, with the number of pieces. */
  readonly lyingPeers = new Map<string, number>();
  readonly #bars = new LieBars();
  #wastedBytes = 0;
  readonly #ports: DownloadPorts;
  readonly #runs = new RunDesk();
  readonly #startedAtMs: number;
  readonly #stopLooking: () => void;
  #plannedAtMs = 0;
  #cancelPlan: (() => void) | null = null;
  #isStopped = false;

  constructor(ports: DownloadPorts) {
    this.#ports = ports;
    this.#startedAtMs = ports.clock.nowMs();
    this.board = new PieceBoard(ports.info, ports.session.marks);
    this.origins = ports.origins.map((origin) => new OriginDesk(origin));
    this.#stopLooking = ports.clock.every(LOOK_EVERY_MS, () => this.#look());
    this.#planSoon();
  }

  peerJoined(peer: SwarmPeer): void {
    this.peers.set(peer.id, new PeerDesk(peer));
    this.board.holds(peer);
    this.#planSoon();
  }

  peerChanged(peer: SwarmPeer, piece: PieceIndex | null): void {
    if (piece === null) this.board.holds(peer);
    else this.board.holdsAlso(peer.id, piece);
    if (peer.isChoking) this.#takeBack(this.peers.get(peer.id));
    this.#planSoon();
  }

  peerLeft(peer: SwarmPeer): void {
    const desk = this.peers.get(peer.id);
    this.peers.delete(peer.id);
    this.#takeBack(desk);
    for (const piece of this.board.freeSoleOf(peer.id)) this.#ports.session.dropPiece(piece);
    this.board.gone(peer.id);
    this.#planSoon();
  }

  block(peer: SwarmPeer, piece: PieceIndex, offset: number, bytes: Uint8Array): void {
    const now = this.#ports.clock.nowMs();
    const block = offset / BLOCK_LENGTH_BYTES;
    this.peers.get(peer.id)?.received(piece, block, bytes.length, now);
    this.peerRate.add(bytes.length, now);
    const others = this.board.map.open(piece)?.peers[block] ?? [];
    if (this.board.map.came(piece, block)) {
      this.#ports.session.putBlock(piece, block, bytes, peer.id);
      for (const other of others) if (other !== peer.id) this.#cancel(other, piece, block);
    } else this.#wastedBytes += bytes.length;
    this.#planSoon();
  }

  refused(peer: SwarmPeer, piece: PieceIndex, offset: number): void {
    const block = offset / BLOCK_LENGTH_BYTES;
    const wasOwed = this.peers.get(peer.id)?.released(piece, block, this.#ports.clock.nowMs());
    if (wasOwed) this.#lost(piece, block, peer.id);
    this.#planSoon();
  }

  /** A neighbour fetches these pieces from an origin and will have them soon. */
  claimed(_peer: SwarmPeer, pieces: readonly PieceIndex[]): void {
    const now = this.#ports.clock.nowMs();
    for (const piece of pieces) this.board.claimed(piece, now);
  }

  /** What the store tells. */
  hear(event: DepotEvent): void {
    if (this.#isStopped && event.type !== 'verified') return;
    switch (event.type) {
      case 'verified':
        for (const { piece } of event.pieces) this.#verified(piece);
        this.#ports.onVerified(event.pieces);
        break;
      case 'run-progress':
        this.#runProgress(event.run, event.bytes, event.position, event.firstByteMs);
        break;
      case 'run-ended':
        this.#runEnded(event);
        break;
      case 'piece-failed':
        this.#pieceFailed(event.piece, event.sources);
        break;
      case 'liars-found':
        for (const source of event.sources) this.#lied(source, event.piece);
        break;
      case 'wasted':
        this.#wastedBytes += event.bytes;
        break;
      case 'failed':
        this.#ports.onFailed(event.failure);
        return;
    }
    this.#planSoon();
  }

  /** Takes every request back. The store's session is the caller's to close. */
  stop(): void {
    this.#isStopped = true;
    this.#stopLooking();
    this.#cancelPlan?.();
    for (const { run } of this.#runs.all()) this.#ports.session.stopRun(run);
    for (const desk of this.peers.values()) this.#takeBack(desk);
  }

  #look(): void {
    const now = this.#ports.clock.nowMs();
    this.#bars.lift(this.peers.values(), this.origins);
    for (const desk of this.peers.values()) {
      if (!desk.isSilent(now)) continue;
      this.#takeBack(desk);
      desk.rest(now);
    }
    this.#planSoon();
  }

  #planSoon(): void {
    if (this.#isStopped || this.#cancelPlan !== null || this.board.left === 0) return;
    const waitMs = Math.max(this.#plannedAtMs + PLAN_EVERY_MS - this.#ports.clock.nowMs(), 0);
    this.#cancelPlan = this.#ports.clock.after(waitMs, () => this.#planNow());
  }

  #planNow(): void {
    const { clock, seed, policy, playback } = this.#ports;
    const now = clock.nowMs();
    this.#cancelPlan = null;
    this.#plannedAtMs = now;
    const { map, holders, suspect } = this.board;
    const decisions = plan({
      nowMs: now,
      policy: policy(),
      demand: this.#demand(now),
      playback: playback(),
      map,
      holders,
      claimed: this.board.claims(now),
      suspect,
      origins: this.origins.filter((desk) => desk.isUsable(now)).map((desk) => desk.view(now)),
      runs: this.#runs.views(now),
      peers: [...this.peers.values()].map((desk) => desk.view(now)),
      wasteAllowanceBytes:
        this.#receivedBytes * WASTE_SHARE + FIRST_WASTE_BYTES - this.#wastedBytes - map.duplicateBytes,
      seed,
    });
    for (const decision of decisions) this.#carryOut(decision, now);
  }

  get #receivedBytes(): number {
    return this.peerRate.totalBytes + this.originRate.totalBytes;
  }

  /** By when bytes must be here; null when there is no reason to spare the origins, or no rate of theirs to keep up with. */
  #demand(nowMs: number): Demand | null {
    const { policy, patience } = this.#ports;
    const elapsedS = (nowMs - this.#startedAtMs) / 1_000;
    const gotBytes = this.#receivedBytes - this.#wastedBytes;
    switch (policy()) {
      case 'spare-origin':
        if (patience.type === 'deadline') return { type: 'deadline', inS: (patience.atMs - nowMs) / 1_000, elapsedS };
        return { type: 'rate', bytesPerS: patience.bytesPerS, elapsedS, gotBytes };
      case 'balanced': {
        let bytesPerS = 0;
        for (const desk of this.origins) if (desk.isUsable(nowMs)) bytesPerS += desk.bestBytesPerS;
        return bytesPerS === 0 ? null : { type: 'rate', bytesPerS, elapsedS, gotBytes };
      }
      default:
        return null;
    }
  }

  #carryOut(decision: Decision, now: number): void {
    const { session } = this.#ports;
    const { map, suspect } = this.board;
    switch (decision.type) {
      case 'start-run':
        return this.#startRun(decision, now);
      case 'shorten-run': {
        const run = this.#runs.get(decision.run);
        if (run === undefined) return;
        map.cut(run.run, run.positionByte, decision.endByte, run.endByte);
        run.endByte = decision.endByte;
        return session.shortenRun(decision.run, decision.endByte);
      }
      case 'ask': {
        const desk = this.peers.get(decision.peer);
        if (desk === undefined) return;
        const { piece, block } = decision;
        if (map.open(piece) === undefined) map.begin(piece, suspect.has(piece) ? decision.peer : null);
        map.ask(piece, block, decision.peer);
        desk.asked(piece, block, now);
        return desk.peer.request(piece, block * BLOCK_LENGTH_BYTES, map.blockLength(piece, block));
      }
      case 'cancel':
        map.lose(decision.piece, decision.block, decision.peer);
        return this.#cancel(decision.peer, decision.piece, decision.block);
    }
  }

  /** Tells a peer that a block need not come from it. */
  #cancel(peer: PeerId, piece: PieceIndex, block: number): void {
    const desk = this.peers.get(peer);
    const now = this.#ports.clock.nowMs();
    const lengthBytes = this.board.map.blockLength(piece, block);
    // It is paid for although nobody here will see it.
    if (desk?.isOnItsWay(piece, block, now)) this.#wastedBytes += lengthBytes;
    if (!desk?.released(piece, block, now)) return;
    desk.peer.cancel(piece, block * BLOCK_LENGTH_BYTES, lengthBytes);
  }

  #startRun(decision: Extract<Decision, { type: 'start-run' }>, now: number): void {
    const { origin, startByte, endByte } = decision;
    const { map } = this.board;
    const run = this.#runs.begin(origin, startByte, endByte, now);
    map.take(run.run, startByte, endByte);
    const desk = this.#origin(origin);
    desk?.runStarted();
    const fromFileStart = desk?.health.ignoresRanges ?? false;
    this.#ports.session.startRun({ run: run.run, origin, startByte, endByte, fromFileStart });
    if (decision.because !== 'inject' && decision.because !== 'due') return;
    const pieces: PieceIndex[] = [];
    for (let piece = map.pieceAt(startByte) as number; map.startOf(piece) < endByte; piece++) {
      pieces.push(piece as PieceIndex);
    }
    this.#ports.claim(pieces);
  }

  #runProgress(id: RunId, bytes: number, position: number, firstByteMs: number | null): void {
    const now = this.#ports.clock.nowMs();
    const run = this.#runs.get(id);
    if (run === undefined) return;
    this.originRate.add(bytes, now);
    this.#origin(run.origin)?.bytesCame(bytes, firstByteMs, now);
    this.#streamed(run, position, bytes, now);
  }

  #streamed(run: Run, position: number, bytes: number, now: number): void {
    const before = this.#runs.progress(run, bytes, position, now);
    for (const { peer, piece, block } of this.board.map.streamed(run.run, before, run.positionByte)) {
      this.#cancel(peer, piece, block);
    }
  }

  #runEnded({ run: id, positionByte, end }: RunEnd): void {
    const now = this.#ports.clock.nowMs();
    const run = this.#runs.end(id);
    if (run === undefined) return;
    this.#streamed(run, positionByte, 0, now);
    this.#letGo(run);
    const desk = this.#origin(run.origin);
    desk?.runEnded(now);
    if (end.type !== 'fault' || desk === undefined) return;
    const spoilt = piecesOfSpoiltFile(this.#ports.info, end.fault, run.positionByte);
    for (let piece = spoilt?.firstPiece ?? 0; piece < (spoilt?.endPiece ?? 0); piece++) {
      desk.barred.add(piece as PieceIndex);
    }
    // A first spoilt file is no reason to leave the origin alone: it goes on with the others.
    const goesOn = spoilt !== null && desk.health.faults === 0;
    desk.failed(end.fault, end.status, goesOn ? 0 : end.retryAfterS, now);
  }

  /** What a run that is over has not streamed is anybody's. */
  #letGo(run: Run): void {
    const { map, suspect } = this.board;
    map.cut(run.run, run.positionByte, run.positionByte, run.endByte);
    const piece = map.pieceAt(run.positionByte);
    const isInside = run.positionByte > map.startOf(piece) && run.positionByte < map.startOf(piece + 1);
    // What one source has brought of a suspect piece must not be mixed with another's.
    if (!isInside || !suspect.has(piece) || map.open(piece) === undefined) return;
    map.free(piece);
    this.#ports.session.dropPiece(piece);
  }

  #pieceFailed(piece: PieceIndex, sources: readonly Source[]): void {
    this.board.map.free(piece);
    const [only, ...others] = sources;
    if (only !== undefined && others.length === 0) this.#lied(only, piece);
    else this.board.suspect.add(piece);
  }

  /** A source is proven to have sent wrong bytes: somebody else brings the piece, if there is anybody. */
  #lied(source: Source, piece: PieceIndex): void {
    if (source.kind === 'origin') {
      const desk = this.#origin(source.origin);
      desk?.lied();
      const canOthers = this.peers.size > 0 || this.origins.some((other) => other !== desk && !other.isDropped);
      if (canOthers && desk !== undefined) this.#bars.add(desk, piece);
      if (desk?.isDropped) this.#stopRunsOf(source.origin);
      return;
    }
    const desk = this.peers.get(source.peer);
    const name = source.peer as string;
    const lies = (this.lyingPeers.get(name) ?? 0) + 1;
    this.lyingPeers.set(name, lies);
    if (desk !== undefined) this.#bars.add(desk, piece);
    if (lies >= 2) desk?.peer.drop();
  }

  #stopRunsOf(origin: OriginUrl): void {
    for (const run of this.#runs.all()) if (run.origin === origin) this.#ports.session.stopRun(run.run);
  }

  #verified(piece: PieceIndex): void {
    const open = this.board.map.open(piece);
    for (const [block, peers] of open?.peers.entries() ?? []) for (const peer of peers) this.#cancel(peer, piece, block);
    this.board.verified(piece);
  }

  #takeBack(desk: PeerDesk | undefined): void {
    for (const { piece, block } of desk?.owedBlocks() ?? []) {
      if (desk === undefined) return;
      if (desk.isOnItsWay(piece, block, this.#ports.clock.nowMs())) this.#wastedBytes += BLOCK_LENGTH_BYTES;
      desk.released(piece, block, this.#ports.clock.nowMs());
      desk.peer.cancel(piece, block * BLOCK_LENGTH_BYTES, this.board.map.blockLength(piece, block));
      this.#lost(piece, block, desk.peer.id);
    }
  }

  #lost(piece: PieceIndex, block: number, peer: PeerId): void {
    const isSuspect = this.board.suspect.has(piece);
    // What one source has brought of a suspect piece must not be mixed with another's.
    if (this.board.map.lose(piece, block, peer) && isSuspect) this.#ports.session.dropPiece(piece);
  }

  #origin(origin: OriginUrl): OriginDesk | undefined {
    return this.origins.find((desk) => desk.origin === origin);
  }
}
