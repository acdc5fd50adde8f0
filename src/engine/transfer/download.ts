import type { OriginUrl, PeerId, PieceIndex } from '../../model/ids.ts';
import type { Overtaken } from '../schedule/piece-map.ts';
import { plan } from '../schedule/plan.ts';
import type { Decision } from '../schedule/plan-view.ts';
import type { WorkEvent } from '../store/depot.ts';
import type { SwarmPeer } from '../swarm/swarm.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { Blame } from './blame.ts';
import { broughtForLater } from './brought-for-later.ts';
import { demandOf } from './demand.ts';
import { type DownloadPorts, isSamePlayback, type Playback } from './download-ports.ts';
import { FirstFiles } from './first-files.ts';
import { type Heard, wholeEighths } from './flight-entry.ts';
import { peerChangedEntry, peerJoinedEntry } from './flight-of-peer.ts';
import { joinMirrors, joinOrigins } from './mirror-desks.ts';
import { OriginDesk } from './origin-desk.ts';
import { PeerDesk } from './peer-desk.ts';
import type { Pace } from './peer-pace.ts';
import { PeerRequests } from './peer-requests.ts';
import { PieceBoard } from './piece-board.ts';
import { rateAtHand } from './rate-at-hand.ts';
import { RateMeter } from './rate-meter.ts';
import { RatePromise } from './rate-promise.ts';
import { RunControl } from './run-control.ts';
import { viewOfDownload } from './view-of-download.ts';
import { WasteAccount } from './waste-account.ts';

/** Plans are made when something happened, but not more often than this. */
const PLAN_EVERY_MS = 10;
/** And at least this often, for what only time changes: rests that end, peers that fall silent, bytes that fall due. */
const LOOK_EVERY_MS = 250;
/** The loop of one download: state to view, view to plan, plan to requests. It decides nothing itself. */
export class Download {
  readonly board: PieceBoard;
  readonly origins: OriginDesk[];
  readonly peers = new Map<PeerId, PeerDesk>();
  readonly peerRate = new RateMeter();
  readonly #blame: Blame;
  readonly #first: FirstFiles;
  readonly #promise = new RatePromise();
  #isAlone = false;
  readonly #waste = new WasteAccount();
  readonly #requests: PeerRequests;
  readonly #ports: DownloadPorts;
  readonly #runs: RunControl;
  readonly #startedAtMs: number;
  readonly #logged: number;
  readonly #stopLooking: () => void;
  /** The moment of what is being heard: one for all that follows from it, so that a log can be played back. */
  #nowMs = 0;
  #plannedAtMs = 0;
  #cancelPlan: (() => void) | null = null;
  #isStopped = false;
  #playback: Playback | null = null;

  constructor(ports: DownloadPorts) {
    this.#ports = ports;
    this.#logged = ports.recorder === undefined ? 0 : ports.info.pieceCount;
    this.#hears({ type: 'begun' });
    this.#startedAtMs = this.#nowMs;
    this.board = new PieceBoard(ports.info, ports.session.marks, ports.seed, ports.wanted);
    this.#first = new FirstFiles(this.board, this.#nowMs);
    this.origins = ports.origins.map((origin) => new OriginDesk(origin, ports.hostLimits));
    const { info, session, claim } = ports;
    const originOf = (origin: OriginUrl) => this.#origin(origin);
    const onOvertaken = (blocks: readonly Overtaken[]) => {
      for (const { peer, piece, block } of blocks) this.#requests.cancel(peer, piece, block, this.#nowMs);
    };
    const { board, peers } = this;
    this.#requests = new PeerRequests({ board, peers, waste: this.#waste, session });
    this.#runs = new RunControl({ info, session, board, originOf, onOvertaken, claim });
    this.#blame = new Blame({ info, board, peers, originOf, onOriginLied: (desk) => this.#runs.stopInVain(desk) });
    this.#stopLooking = ports.clock.every(LOOK_EVERY_MS, () => this.#look());
    this.#planSoon();
  }

  /** Peers whose bytes were proven wrong, with the number of pieces. */
  get lyingPeers(): ReadonlyMap<string, number> {
    return this.#blame.lyingPeers;
  }

  /** Bytes a second of all origins. */
  get originRate(): RateMeter {
    return this.#runs.rate;
  }

  /** Bytes a second that a player may reckon with. */
  rateAtHand(nowMs: number): number {
    const originBytesPerS = this.originRate.rate(nowMs);
    const { paceBytesPerS } = this.#runs;
    const { origins, board } = this;
    const forLater = this.#playback === null ? 0 : broughtForLater(this.peers.values(), board, this.#playback, nowMs);
    const peerBytesPerS = Math.max(this.peerRate.rate(nowMs) - forLater, 0);
    return rateAtHand({ policy: this.#ports.policy(), origins, peerBytesPerS, originBytesPerS, paceBytesPerS }, nowMs);
  }

  peerJoined(peer: SwarmPeer): void {
    this.#hears(peerJoinedEntry(peer, this.#logged));
    this.peers.set(peer.id, new PeerDesk(peer));
    this.board.holds(peer);
    this.#planSoon();
  }

  peerChanged(peer: SwarmPeer, piece: PieceIndex | null): void {
    this.#hears(peerChangedEntry(peer, piece, this.#logged));
    if (piece === null) this.board.holds(peer);
    else this.board.holdsAlso(peer.id, piece);
    if (peer.isChoking) this.#requests.takeBack(this.peers.get(peer.id), this.#nowMs);
    this.#planSoon();
  }

  peerLeft(peer: SwarmPeer): void {
    this.#hears({ type: 'peer-left', peer: peer.id });
    const desk = this.peers.get(peer.id);
    this.peers.delete(peer.id);
    this.#requests.takeBack(desk, this.#nowMs);
    for (const piece of this.board.freeSoleOf(peer.id)) this.#ports.session.dropPiece(piece);
    this.board.gone(peer.id);
    this.#planSoon();
  }

  block(peer: SwarmPeer, piece: PieceIndex, offset: number, bytes: Uint8Array): void {
    this.#hears({ type: 'block', peer: peer.id, piece, offset, lengthBytes: bytes.length });
    const block = offset / BLOCK_LENGTH_BYTES;
    const wasOwed = this.peers.get(peer.id)?.received(piece, block, bytes.length, this.#nowMs);
    if (!wasOwed) this.#requests.pace.asked(bytes.length, this.#nowMs);
    this.peerRate.add(bytes.length, this.#nowMs);
    this.#waste.came(peer.id, piece, block);
    const others = this.board.map.open(piece)?.peers[block] ?? [];
    if (this.board.map.came(piece, block)) {
      this.#ports.session.putBlock(piece, block, bytes, peer.id);
      for (const other of others) if (other !== peer.id) this.#requests.cancel(other, piece, block, this.#nowMs);
    } else {
      this.#waste.wastedBytes += bytes.length;
      this.#ports.onDuplicate?.(bytes.length);
    }
    this.#planSoon();
  }

  refused(peer: SwarmPeer, piece: PieceIndex, offset: number): void {
    this.#hears({ type: 'refused', peer: peer.id, piece, offset });
    const block = offset / BLOCK_LENGTH_BYTES;
    this.#requests.refused(peer.id, piece, block, this.#nowMs);
    this.#planSoon();
  }

  /** A neighbour fetches these pieces from an origin and will have them soon. */
  claimed(peer: SwarmPeer, pieces: readonly PieceIndex[]): void {
    this.#hears({ type: 'claimed', peer: peer.id, pieces });
    for (const piece of pieces) this.board.claimed(piece, this.#nowMs);
  }

  /** The user named more origins: they are asked from now on. */
  originsAdded(origins: readonly OriginUrl[]): void {
    this.#hears({ type: 'origins-added', origins });
    joinOrigins(this.origins, origins, this.#ports.hostLimits);
    this.#planSoon();
  }

  /** What the player's port tells may have changed. */
  playbackChanged(): void {
    if (!this.#isStopped && this.#notePlayback()) this.#planSoon();
  }

  /** What the store tells. */
  hear(event: WorkEvent): void {
    if (this.#isStopped && event.type !== 'verified') return;
    this.#hears({ type: 'store', event });
    switch (event.type) {
      case 'verified':
        for (const { piece } of event.pieces) this.#requests.verified(piece, this.#nowMs);
        this.#ports.onVerified(event.pieces);
        break;
      case 'run-progress':
        this.#runs.progress(event, this.#nowMs);
        break;
      case 'run-answered':
        return this.#runs.answered(event, this.#nowMs);
      case 'origin-requested':
        return this.#origin(event.origin)?.requested();
      case 'mirrors-named':
        joinMirrors(this.origins, event, this.#ports);
        break;
      case 'run-ended':
        this.#runs.ended(event, this.#nowMs);
        break;
      case 'piece-failed':
        this.#blame.pieceFailed(event.piece, event.sources);
        break;
      case 'liars-found':
        for (const source of event.sources) this.#blame.lied(source, event.piece);
        break;
      case 'wasted':
        this.#waste.wastedBytes += event.bytes;
        break;
      case 'failed':
        return this.#ports.onFailed(event.failure);
    }
    this.#planSoon();
  }

  /** Holds peers and origins to rates from now on. */
  setPace(pace: Pace): void {
    this.#hears({ type: 'pace', ...pace });
    this.#requests.pace.setRate(pace.peersBytesPerS, this.#nowMs);
    this.#runs.setPace(pace.originsBytesPerS);
    this.#planSoon();
  }

  /** Takes every request back. The store's session is the caller's to close. */
  stop(): void {
    this.#isStopped = true;
    this.#stopLooking();
    this.#cancelPlan?.();
    this.#nowMs = wholeEighths(this.#ports.clock.nowMs());
    this.#runs.stopAll();
    for (const desk of this.origins) desk.leave();
    for (const desk of this.peers.values()) this.#requests.takeBack(desk, this.#nowMs);
  }

  #look(): void {
    this.#hears({ type: 'tick' });
    const now = this.#nowMs;
    this.#blame.lift(this.origins);
    for (const desk of this.peers.values()) {
      if (!desk.isSilent(now)) continue;
      this.#waste.fellSilent(desk.peer.id, desk.lastBlockMs);
      this.#requests.takeBack(desk, this.#nowMs, desk.doubt(this.#playback !== null));
    }
    this.#planSoon();
  }

  #planSoon(): void {
    if (this.#isStopped || this.#cancelPlan !== null || this.board.left === 0) return;
    const waitMs = Math.max(this.#plannedAtMs + PLAN_EVERY_MS - this.#nowMs, 0);
    this.#cancelPlan = this.#ports.clock.after(waitMs, () => this.#planNow());
  }

  #planNow(): void {
    const { seed, recorder } = this.#ports;
    this.#notePlayback();
    this.#noteAlone();
    this.#nowMs = wholeEighths(this.#ports.clock.nowMs());
    const now = this.#nowMs;
    const [policy, patience] = [this.#ports.policy(), this.#ports.patience()];
    const receivedBytes = this.peerRate.totalBytes + this.originRate.totalBytes;
    [this.#cancelPlan, this.#plannedAtMs] = [null, now];
    this.#first.look(receivedBytes, now);
    const view = viewOfDownload(this, this.#runs, this.#waste, receivedBytes, now);
    const gotBytes = receivedBytes - this.#waste.wastedBytes;
    const elapsedS = (now - this.#startedAtMs) / 1_000;
    const progress = { origins: this.origins, isAlone: this.#isAlone, gotBytes, elapsedS, nowMs: now };
    const demand = demandOf(policy, patience, this.#promise, progress);
    const peers = this.#requests.pace.views(view.peers, now);
    const decisions = plan({ ...view, peers, policy, demand, playback: this.#playback, seed });
    if (decisions.length === 0) recorder?.heard(now, { type: 'plan' });
    else recorder?.decided(now, decisions);
    for (const decision of decisions) this.#carryOut(decision);
  }

  /** Returns whether it has changed. */
  #notePlayback(): boolean {
    const playback = this.#ports.playback();
    if (isSamePlayback(playback, this.#playback)) return false;
    this.#hears({ type: 'playback', playback });
    this.#playback = playback;
    return true;
  }

  #noteAlone(): void {
    const isAlone =
      this.peers.size === 0 && this.#ports.policy() === 'spare-origin' && this.#ports.isAlone?.() === true;
    if (isAlone === this.#isAlone) return;
    this.#hears({ type: 'alone', isAlone });
    this.#isAlone = isAlone;
  }

  /** Writes down what is heard, and holds the clock until all that follows from it is done. */
  #hears(entry: Heard): void {
    this.#nowMs = wholeEighths(this.#ports.clock.nowMs());
    this.#ports.recorder?.heard(this.#nowMs, entry);
  }

  #carryOut(decision: Decision): void {
    switch (decision.type) {
      case 'start-run':
        return this.#runs.start(decision, this.#nowMs);
      case 'shorten-run':
        return this.#runs.shorten(decision);
      case 'ask':
        return this.#requests.ask(decision, this.#nowMs);
      case 'cancel':
        return this.#requests.takeAway(decision, this.#nowMs);
    }
  }

  #origin(origin: OriginUrl): OriginDesk | undefined {
    return this.origins.find((desk) => desk.origin === origin);
  }
}
