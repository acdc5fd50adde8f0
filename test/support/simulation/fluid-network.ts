import { HostLimits } from '../../../src/engine/origin/host-limits.ts';
import type { VerifiedPiece } from '../../../src/engine/store/depot.ts';
import type { TorrentInfo } from '../../../src/engine/torrent/torrent-description.ts';
import { Download } from '../../../src/engine/transfer/download.ts';
import { flightHeader } from '../../../src/engine/transfer/flight-entry.ts';
import { type FlightRecorder, recordFlight } from '../../../src/engine/transfer/flight-log.ts';
import type { FileIndex, InfoHash, PieceIndex } from '../../../src/model/ids.ts';
import type { Patience } from '../../../src/model/policy.ts';
import { DecisionLog } from './decision-log.ts';
import { FluidDepot, urlOfOrigin } from './fluid-depot.ts';
import { blockOf, FluidPeer } from './fluid-peer.ts';
import { FluidPlayer } from './fluid-player.ts';
import { type FluidWorld, pieceCountOf } from './fluid-world.ts';
import { IdleWatch } from './idle-watch.ts';
import { StepClock } from './step-clock.ts';
import { WORLD_BEGINS_MS } from './virtual-clock.ts';

const STEP_MS = 10;
const STEP_S = STEP_MS / 1_000;
/** A connection whose other end is gone is noticed after this long (ICE consent, RFC 7675). */
const LEAVES_AFTER_SILENCE_S = 30;
const LOOK_EVERY_STEPS = 10;
/** As much as can be read back. */
const FLIGHT_CHARS = 7_000_000;

/** Told every decision that is carried out, in words, at its second. */
export type Trace = (atS: number, line: string) => void;

/** A real `Download` in a network of rates and delays, ten milliseconds a step. Same world, same steps. */
export class FluidNetwork {
  readonly world: FluidWorld;
  readonly clock = new StepClock(WORLD_BEGINS_MS);
  readonly depot: FluidDepot;
  readonly peers: readonly FluidPeer[];
  readonly download: Download;
  readonly player: FluidPlayer | null;
  readonly idle: IdleWatch;
  /** Bytes of blocks that peers sent, wanted or not. */
  peerBytes = 0;
  /** Those of them that were cancelled when they were already on their way. */
  lateBytes = 0;
  /** Everything before this offset is verified. */
  readyByte = 0;
  readonly #isVerified: Uint8Array;
  #duplicateBytes = 0;
  #steps = 0;

  readonly #decisions: DecisionLog | null;

  /** Of what is heard and decided, if that was asked for. */
  readonly flight: FlightRecorder | null;

  constructor(world: FluidWorld, trace: Trace | null = null, isRecorded = false) {
    this.world = world;
    const now = () => this.nowS;
    this.#decisions = trace === null ? null : new DecisionLog((line) => trace(this.nowS, line));
    this.depot = new FluidDepot(world, now);
    this.#isVerified = new Uint8Array(pieceCountOf(world));
    this.player =
      world.player === null ? null : new FluidPlayer(world.player, world.lengthBytes, world.pieceLengthBytes);
    this.peers = world.peers.map(
      (traits) =>
        new FluidPeer(traits, now, {
          block: (peer, piece, offset, lengthBytes) => this.download.block(peer, piece, offset, blockOf(lengthBytes)),
          refused: (peer, piece, offset) => this.download.refused(peer, piece, offset),
          bytesCame: (bytes, isTooLate) => {
            this.peerBytes += bytes;
            if (isTooLate) this.lateBytes += bytes;
          },
          left: (peer) => this.download.peerLeft(peer),
          asked: (peer, piece, offset, isTakenBack) => this.#decisions?.asked(peer.id, piece, offset, isTakenBack),
        }),
    );
    this.idle = new IdleWatch(this.depot, this.peers, world, now);
    const atMs = (s: number) => this.clock.beganMs + s * 1_000;
    const info = infoOf(world);
    const origins = world.origins.map(({ name }) => urlOfOrigin(name));
    const { policy, seed } = world;
    const { leastBytesPerS } = world;
    const patience: Patience =
      leastBytesPerS === undefined
        ? { type: 'deadline', atMs: atMs(world.deadlineS ?? 86_400) }
        : { type: 'least-rate', bytesPerS: leastBytesPerS };
    const begun = { startedAtMs: this.clock.nowMs(), policy, patience, seed, origins };
    this.flight = isRecorded ? recordFlight(flightHeader(info, this.depot.marks, begun), FLIGHT_CHARS) : null;
    this.download = new Download({
      info,
      session: this.#decisions === null ? this.depot : this.#decisions.follow(this.depot),
      clock: this.clock,
      seed,
      origins,
      hostLimits: new HostLimits(),
      policy: () => policy,
      patience: () => patience,
      playback: () => this.#playback(),
      ...(this.flight === null ? {} : { recorder: this.flight }),
      claim: () => undefined,
      onDuplicate: (bytes) => {
        this.#duplicateBytes += bytes;
      },
      onVerified: (pieces) => this.#verified(pieces),
      onFailed: (failure) => {
        throw new Error(`the download failed: ${failure.code}`);
      },
    });
  }

  get nowS(): number {
    return (this.clock.nowMs() - this.clock.beganMs) / 1_000;
  }

  /** Bytes that came, without those that came in vain. */
  get gotBytes(): number {
    const { originBytes, wastedBytes } = this.depot;
    return this.peerBytes - this.lateBytes - this.#duplicateBytes + originBytes - wastedBytes;
  }

  /** Bytes of pieces that are whole. */
  get wholeBytes(): number {
    const { lengthBytes, pieceLengthBytes } = this.world;
    let bytes = 0;
    for (const [piece, isWhole] of this.depot.pieces.isWhole.entries()) {
      if (isWhole === 1) bytes += Math.min(pieceLengthBytes, lengthBytes - piece * pieceLengthBytes);
    }
    return bytes;
  }

  get isDone(): boolean {
    return this.download.board.left === 0 && (this.player === null || this.player.isDone);
  }

  /** Lets one step pass. */
  step(): void {
    this.#steps += 1;
    this.clock.passTo(this.clock.beganMs + this.#steps * STEP_MS);
    this.#comeAndGo();
    this.#flow();
    for (const peer of this.peers) peer.deliver();
    this.depot.tell((event) => {
      this.#decisions?.heard(event);
      this.download.hear(event);
    });
    if (this.player?.jump(this.nowS)) this.download.playbackChanged();
    this.#play();
    this.clock.settle();
    this.#decisions?.endStep();
    if (this.#steps % LOOK_EVERY_STEPS === 0 && this.download.board.left > 0) {
      this.idle.look(LOOK_EVERY_STEPS * STEP_S);
    }
  }

  /** Lets time pass until all is done, at most `limitS`. Returns when the last piece was verified, or null. */
  run(limitS: number, afterStep: (network: FluidNetwork) => void = () => undefined): number | null {
    let tookS: number | null = null;
    while (!this.isDone && this.nowS < limitS) {
      this.step();
      afterStep(this);
      if (this.download.board.left === 0) tookS ??= this.nowS;
    }
    this.download.stop();
    return tookS;
  }

  #play(): void {
    if (this.player === null || this.player.isDone) return;
    const readyByte = this.#readyFrom(this.player.positionByte);
    this.player.step(this.nowS, STEP_S, readyByte, this.download.rateAtHand(this.clock.nowMs()));
    // An element reads as far ahead as it gets: it always waits for the first piece that is not here.
    this.depot.hasten([Math.floor(readyByte / this.world.pieceLengthBytes) as PieceIndex]);
  }

  #playback() {
    if (this.world.player === null || this.player === null || this.player.isDone) return null;
    const place = { positionByte: Math.floor(this.player.positionByte), bytesPerS: this.world.player.bytesPerS };
    const waitsForBytes = Math.ceil(this.player.waitsForBytes);
    return waitsForBytes === 0 ? place : { ...place, waitsForBytes };
  }

  #comeAndGo(): void {
    for (const peer of this.peers) {
      const { joinsAtS, death } = peer.traits;
      const leavesAtS =
        death === null ? Number.POSITIVE_INFINITY : death.atS + (death.how === 'leaves' ? 0 : LEAVES_AFTER_SILENCE_S);
      if (peer.isConnected && this.nowS >= leavesAtS) peer.drop();
      if (peer.hasJoined || this.nowS < joinsAtS || this.nowS >= leavesAtS) continue;
      peer.join();
      this.download.peerJoined(peer);
    }
  }

  /** Every source sends what it can; where the downlink is too narrow, all of them slow down alike. */
  #flow(): void {
    const ofPeers = this.peers.map((peer) => peer.wants(STEP_S));
    const ofOrigins = this.depot.origins.map((origin) => origin.wants(STEP_S));
    const sum = [...ofPeers, ...ofOrigins].reduce((total, bytes) => total + bytes, 0);
    const share = Math.min(1, (this.world.downlinkBytesPerS * STEP_S) / Math.max(sum, 1));
    for (const [index, peer] of this.peers.entries()) peer.send((ofPeers[index] ?? 0) * share);
    for (const [index, origin] of this.depot.origins.entries()) origin.send((ofOrigins[index] ?? 0) * share, STEP_S);
  }

  /** Everything from a byte on and before the one that is returned is verified. */
  #readyFrom(byte: number): number {
    if (byte <= this.readyByte) return this.readyByte;
    const { pieceLengthBytes, lengthBytes } = this.world;
    let next = Math.floor(byte / pieceLengthBytes);
    while (this.#isVerified[next] === 1) next += 1;
    return Math.min(Math.max(next * pieceLengthBytes, byte), lengthBytes);
  }

  #verified(pieces: readonly VerifiedPiece[]): void {
    for (const { piece } of pieces) this.#isVerified[piece] = 1;
    const { pieceLengthBytes, lengthBytes } = this.world;
    let next = Math.ceil(this.readyByte / pieceLengthBytes);
    while (this.#isVerified[next] === 1) next += 1;
    this.readyByte = Math.min(next * pieceLengthBytes, lengthBytes);
  }
}

/** The torrent of a world: one file, no hashes. */
export function infoOf(world: Pick<FluidWorld, 'lengthBytes' | 'pieceLengthBytes'>): TorrentInfo {
  const { lengthBytes, pieceLengthBytes } = world;
  const file = { index: 0 as FileIndex, path: ['world.bin'], lengthBytes, startByte: 0, isPadding: false };
  return {
    infoHash: '0'.repeat(40) as InfoHash,
    name: 'world.bin',
    pieceLengthBytes,
    lengthBytes,
    pieceCount: pieceCountOf(world),
    pieceHashes: new Uint8Array(0),
    files: [file],
    isMultiFile: false,
    isPrivate: false,
    infoBytes: new Uint8Array(0),
  };
}
