import { HostLimits } from '../../../src/engine/origin/host-limits.ts';
import type { Clock } from '../../../src/engine/ports.ts';
import type { DepotSession, WorkEvent } from '../../../src/engine/store/depot.ts';
import { MISSING } from '../../../src/engine/store/journal.ts';
import type { PeerStatus, SwarmPeer } from '../../../src/engine/swarm/swarm.ts';
import type { TorrentFile, TorrentInfo } from '../../../src/engine/torrent/torrent-description.ts';
import { Download } from '../../../src/engine/transfer/download.ts';
import type { Playback } from '../../../src/engine/transfer/download-ports.ts';
import type { FlightHeader, FlightLog, Heard, LoggedDecision } from '../../../src/engine/transfer/flight-entry.ts';
import type { FileIndex, InfoHash, PeerId, PieceIndex } from '../../../src/model/ids.ts';
import type { Patience, Policy } from '../../../src/model/policy.ts';
import { IDLE_PEER_STATUS } from './idle-peer-status.ts';

/** One plan of a log: what was decided then, and what is decided when the log is played back. */
export type ReplayedPlan = {
  readonly atMs: number;
  readonly logged: readonly LoggedDecision[];
  /** Null when no plan would have been made then. */
  readonly replayed: readonly LoggedDecision[] | null;
};

/** A log cannot be played back; the message says why. */
export class ReplayError extends Error {}

/**
 * Plays a log back into a real `Download`: it hears what was heard, at the same moments, and plans when it was planned.
 * The log alone decides what sources do, so the plans are comparable up to the first that differs, and no further.
 *
 * What no log has: other downloads that were at the same host, and a wish of the store that is no event. Where these
 * played a part, plans differ.
 * @throws {ReplayError} when the log lacks its beginning, or has more files than are written down.
 */
export function replayFlight(log: FlightLog): ReplayedPlan[] {
  if (log.dropped > 0) throw new ReplayError(`its first ${log.dropped} entries had to make room`);
  const [first, ...entries] = log.entries;
  if (first === undefined || !('heard' in first) || first.heard.type !== 'begun') {
    throw new ReplayError('it does not begin with a beginning');
  }
  const flight = new Replay(log.header, first.atMs);
  const plans: ReplayedPlan[] = [];
  for (const entry of entries) {
    flight.clock.passTo(entry.atMs);
    if ('decided' in entry) plans.push({ atMs: entry.atMs, logged: entry.decided, replayed: flight.plan() });
    else if (entry.heard.type === 'plan') plans.push({ atMs: entry.atMs, logged: [], replayed: flight.plan() });
    else flight.hear(entry.heard);
  }
  return plans;
}

/** The plans that came out otherwise. After the first of them the log tells of what would not have happened. */
export const differences = (plans: readonly ReplayedPlan[]): ReplayedPlan[] =>
  plans.filter(({ logged, replayed }) => !isSame(logged, replayed));

function isSame(logged: readonly LoggedDecision[], replayed: readonly LoggedDecision[] | null): boolean {
  if (replayed === null || logged.length !== replayed.length) return false;
  return logged.every((decision, at) => textOf(decision) === textOf(replayed[at] as LoggedDecision));
}

/** Members in order of name: reading a log puts them in another. */
const textOf = (decision: LoggedDecision): string =>
  JSON.stringify(Object.entries(decision).sort(([a], [b]) => (a < b ? -1 : 1)));

class Replay {
  readonly clock: LogClock;
  readonly #download: Download;
  readonly #peers = new Map<PeerId, LoggedPeer>();
  readonly #bytes: Uint8Array;
  #policy: Policy;
  #patience: Patience;
  #playback: Playback | null = null;
  #isAlone = false;
  #decided: readonly LoggedDecision[] = [];

  constructor(header: FlightHeader, atMs: number) {
    this.clock = new LogClock(atMs);
    this.#policy = header.policy;
    this.#patience = header.patience;
    // Nobody looks at what is in a block.
    this.#bytes = new Uint8Array(header.pieceLengthBytes);
    this.#download = new Download({
      info: infoOf(header),
      session: idleSession(header),
      clock: this.clock,
      seed: header.seed,
      origins: header.origins,
      hostLimits: new HostLimits(),
      policy: () => this.#policy,
      patience: () => this.#patience,
      playback: () => this.#playback,
      isAlone: () => this.#isAlone,
      recorder: {
        heard: () => undefined,
        decided: (_atMs, decisions) => {
          this.#decided = decisions;
        },
        text: () => '',
      },
      claim: () => undefined,
      onVerified: () => undefined,
      onFailed: () => undefined,
    });
  }

  /** Makes the plan that is due; null when none is. */
  plan(): readonly LoggedDecision[] | null {
    this.#decided = [];
    return this.clock.ring() ? this.#decided : null;
  }

  hear(heard: Heard): void {
    const download = this.#download;
    switch (heard.type) {
      case 'peer-joined': {
        const peer = new LoggedPeer(heard, (piece, offset) => download.refused(peer, piece, offset));
        this.#peers.set(heard.peer, peer);
        return download.peerJoined(peer);
      }
      case 'peer-changed': {
        const peer = this.#peer(heard.peer);
        peer.isChoking = heard.isChoking;
        if (heard.pieces !== null) peer.holds(heard.pieces);
        if (heard.piece !== null) peer.pieces.add(heard.piece);
        return download.peerChanged(peer, heard.piece);
      }
      case 'peer-left':
        return download.peerLeft(this.#peer(heard.peer));
      case 'block': {
        const { peer, piece, offset, lengthBytes } = heard;
        return download.block(this.#peer(peer), piece, offset, this.#bytes.subarray(0, lengthBytes));
      }
      case 'refused':
        return download.refused(this.#peer(heard.peer), heard.piece, heard.offset);
      case 'claimed':
        return download.claimed(this.#peer(heard.peer), heard.pieces);
      case 'origins-added':
        return download.originsAdded(heard.origins);
      case 'store':
        // What a log leaves out of an event is what only a user is told.
        return download.hear(heard.event as WorkEvent);
      case 'policy':
        this.#policy = heard.policy;
        return;
      case 'patience':
        this.#patience = heard.patience;
        return;
      case 'pace': {
        const { peersBytesPerS, originsBytesPerS } = heard;
        return download.setPace({ peersBytesPerS, originsBytesPerS });
      }
      case 'playback':
        this.#playback = heard.playback;
        return download.playbackChanged();
      case 'alone':
        this.#isAlone = heard.isAlone;
        return;
      case 'tick':
        return this.clock.tick();
      case 'begun':
        throw new ReplayError('it begins twice');
      case 'plan':
        return;
    }
  }

  #peer(id: PeerId): LoggedPeer {
    const peer = this.#peers.get(id);
    if (peer === undefined) throw new ReplayError(`nobody called ${id} has joined`);
    return peer;
  }
}

/** Time that moves with a log: its timers ring when the log says that they rang. */
class LogClock implements Clock {
  #nowMs: number;
  #pending: (() => void) | null = null;
  #looks: (() => void) | null = null;

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(_delayMs: number, callback: () => void): () => void {
    this.#pending = callback;
    return () => {
      if (this.#pending === callback) this.#pending = null;
    };
  }

  every(_periodMs: number, callback: () => void): () => void {
    this.#looks = callback;
    return () => {
      this.#looks = null;
    };
  }

  passTo(nowMs: number): void {
    this.#nowMs = nowMs;
  }

  tick(): void {
    this.#looks?.();
  }

  /** Rings what waits; false when nothing does. */
  ring(): boolean {
    const callback = this.#pending;
    this.#pending = null;
    callback?.();
    return callback !== null;
  }
}

/**
 * A peer that has what the log says and does nothing but refuse what is taken back from it, at once, as wires do. The log
 * has those refusals too, and a second one means nothing.
 */
class LoggedPeer implements SwarmPeer {
  readonly id: PeerId;
  readonly client: string;
  readonly maxRequests: number;
  isChoking: boolean;
  pieces = new Set<PieceIndex>();
  readonly #refuses: (piece: PieceIndex, offset: number) => void;

  constructor(
    { peer, client, maxRequests, isChoking, pieces }: Extract<Heard, { readonly type: 'peer-joined' }>,
    refuses: (piece: PieceIndex, offset: number) => void,
  ) {
    this.#refuses = refuses;
    this.id = peer;
    this.client = client;
    this.maxRequests = maxRequests;
    this.isChoking = isChoking;
    this.holds(pieces);
  }

  holds(bitfield: string): void {
    this.pieces = new Set(piecesOf(bitfield));
  }

  has(piece: PieceIndex): boolean {
    return this.pieces.has(piece);
  }

  cancel(piece: PieceIndex, offset: number): void {
    this.#refuses(piece, offset);
  }

  status(): PeerStatus {
    return { ...IDLE_PEER_STATUS, pieces: this.pieces.size };
  }

  request(): void {}
  drop(): void {}
}

function* piecesOf(bitfield: string): Generator<PieceIndex> {
  const bytes = Uint8Array.from(atob(bitfield), (letter) => letter.charCodeAt(0));
  for (let piece = 0; piece < bytes.length * 8; piece++) {
    if (((bytes[piece >> 3] as number) & (0x80 >> (piece & 7))) !== 0) yield piece as PieceIndex;
  }
}

/** A store that takes everything and tells nothing by itself. */
function idleSession({ pieceCount, here }: FlightHeader): DepotSession {
  const marks = new Uint8Array(pieceCount).fill(MISSING);
  for (const piece of piecesOf(here)) marks[piece] = MISSING + 1;
  return {
    marks,
    putBlock: () => undefined,
    dropPiece: () => undefined,
    startRun: () => undefined,
    shortenRun: () => undefined,
    stopRun: () => undefined,
    setRunRate: () => undefined,
    hasten: () => undefined,
    read: () => Promise.reject(new ReplayError('a log holds no bytes')),
    vouch: () => Promise.resolve(false),
    check: () => Promise.resolve(marks),
    close: () => Promise.resolve(),
  };
}

function infoOf({ fileLengths, paddingFiles, ...header }: FlightHeader): TorrentInfo {
  if (fileLengths === null) throw new ReplayError('it has too many files to have been written down');
  const files: TorrentFile[] = [];
  let startByte = 0;
  for (const [index, lengthBytes] of fileLengths.entries()) {
    const isPadding = paddingFiles.includes(index);
    files.push({ index: index as FileIndex, path: [`file ${index}`], lengthBytes, startByte, isPadding });
    startByte += lengthBytes;
  }
  const { pieceLengthBytes, lengthBytes, pieceCount, isMultiFile, isPrivate } = header;
  const nothing = new Uint8Array(0);
  return {
    infoHash: '0'.repeat(40) as InfoHash,
    name: 'flight',
    pieceLengthBytes,
    lengthBytes,
    pieceCount,
    pieceHashes: nothing,
    files,
    isMultiFile,
    isPrivate,
    infoBytes: nothing,
  };
}
