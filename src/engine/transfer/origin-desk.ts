import type { OriginFault } from '../../model/failure.ts';
import type { FileIndex, OriginUrl, PieceIndex } from '../../model/ids.ts';
import type { OriginHealthView } from '../../model/origin-health-view.ts';
import type { HostLimits } from '../origin/host-limits.ts';
import { HALT_S } from '../schedule/halted.ts';
import type { OriginView } from '../schedule/plan-view.ts';
import type { PieceRange } from '../torrent/file-ranges.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { ChangingRate } from './changing-rate.ts';
import { judgeLies } from './judge-lies.ts';
import { afterBytes, afterFault, afterLie, isDropped, isGone, type OriginHealth, UNPROVEN } from './origin-health.ts';
import { OriginTally } from './origin-tally.ts';
import { FAULTS_OF_A_FILE, RefusedFiles } from './refused-files.ts';
import type { Place } from './run-desk.ts';

/** Faults of a host as a whole: what any other file there would meet too. */
const HOST_FAULTS: ReadonlySet<OriginFault> = new Set(['busy', 'server-error', 'unreachable', 'stalled']);

const TOO_MANY_REQUESTS = 429;

/** What comes first comes in a burst, and shows no rate that lasts. */
const PROVEN_BYTES = 2_097_152;

/** What is told with the first byte took a moment to come; of a short run that is all there is. */
const FIRST_CHUNK_MS = 10;

/** A fault, the seconds after which it may be asked again if it said, and when the run began. */
export type Failed = {
  readonly fault: OriginFault;
  readonly status: number | null;
  readonly retryAfterS: number | null;
  readonly begunAtMs?: number;
};

/** What we know of one origin, and its place among all that send requests to its host. */
export class OriginDesk {
  readonly origin: OriginUrl;
  readonly host: string;
  /** The origin that named this one; its own mirrors are not asked for. */
  readonly mirrorOf: OriginUrl | null;
  readonly barred = new Set<PieceIndex>();
  /** Those of them that it can never bring, because what it has there is another file by now, or none. */
  readonly lacks = new Set<PieceIndex>();
  /** Files that it does not have, or not as the torrent means them. */
  readonly spoilt = new Set<FileIndex>();
  readonly rate = new ChangingRate();
  readonly #limits: HostLimits;
  readonly #tally = new OriginTally();
  /** Pieces that it alone got wrong, and how often. */
  readonly #proofs = new Map<PieceIndex, number>();
  /** Faults since it last delivered that were of one file, and not its own. */
  #spoiltInARow = 0;
  readonly #refused = new RefusedFiles();
  #health: OriginHealth = UNPROVEN;
  #running = 0;
  /** Runs that have had their first byte. */
  #streams = 0;
  /** The host that its redirects led to last; null when they led nowhere, or there to a fault. */
  #target: string | null = null;
  /** Where it has sent requests. */
  readonly #hosts = new Set<string>();
  /** When it was first asked after its last byte; null when it has answered everything. */
  #waitsSinceMs: number | null = null;
  #bestBytesPerS = 0;

  constructor(origin: OriginUrl, limits: HostLimits, mirrorOf: OriginUrl | null = null) {
    this.origin = origin;
    this.host = new URL(origin).host;
    this.mirrorOf = mirrorOf;
    this.#limits = limits;
  }

  get health(): OriginHealth {
    return this.#health;
  }

  get isDropped(): boolean {
    return isDropped(this.#health);
  }

  /** Nothing is expected of it any more, though it may still be asked. */
  get isGone(): boolean {
    return isGone(this.#health, this.#spoiltInARow);
  }

  /** Where its next run will be answered, as far as is known: its requests count there. */
  get target(): string {
    return this.#target ?? this.host;
  }

  /** When its own rest and those of its host and of where that redirects are over. */
  get restUntilMs(): number {
    const ofHosts = [this.host, this.target].map((host) => this.#limits.restUntilMs(host));
    return Math.max(this.#health.restUntilMs, ...ofHosts);
  }

  /** Whether a run may ask for its next file before the current one ends. */
  get mayAskAhead(): boolean {
    return this.#limits.mayAskAhead(this.target);
  }

  isUsable(nowMs: number): boolean {
    return !this.isDropped && nowMs >= this.restUntilMs;
  }

  /** Takes a place at `target` for a run; false when there is none, and the run must not begin. */
  begins(nowMs: number): boolean {
    if (!this.#takes(this.target, nowMs)) return false;
    if (this.#running === 0) this.#tally.spread.start(nowMs);
    this.#running += 1;
    this.#waitsSinceMs ??= nowMs;
    return true;
  }

  /** A run is answered by another host than was thought. Null when that has no place left: the run must stop. */
  moved({ host, isAnswered }: Place, to: string, nowMs: number): Place | null {
    this.#target = to === this.host ? null : to;
    this.#limits.give(host, this, isAnswered ? nowMs : null);
    if (!this.#takes(to, nowMs)) return null;
    if (isAnswered) this.#limits.answered(to, this);
    return { host: to, isAnswered };
  }

  /** The first byte of a run comes. */
  streamBegins(nowMs: number): void {
    this.#streams += 1;
    this.rate.start(nowMs - FIRST_CHUNK_MS);
  }

  /** A run that had its first byte is over. While others wait for theirs, that is no slowness of the origin. */
  streamEnds(nowMs: number): void {
    this.#streams -= 1;
    if (this.#streams === 0) this.rate.stop(nowMs);
  }

  /** A run has ended, however: its place is free. */
  ended(nowMs: number, isWhole: boolean, place: Place | null = { host: this.host, isAnswered: false }): void {
    this.#running -= 1;
    if (this.#running === 0) this.rate.stop(nowMs);
    // One that was cut where it stood still has answered nothing.
    const hasHalted = nowMs - (this.#waitsSinceMs ?? nowMs) >= HALT_S * 1_000;
    if (this.#running === 0 && isWhole && !hasHalted) this.#waitsSinceMs = null;
    if (place !== null) this.#limits.give(place.host, this, place.isAnswered ? nowMs : null);
  }

  #takes(host: string, nowMs: number): boolean {
    this.#hosts.add(host);
    return this.#limits.take(host, this, nowMs) || this.#limits.takeAhead(host, this, nowMs);
  }

  /** The download is over: its places are free, and it is not waited for. */
  leave(): void {
    this.#running = 0;
    for (const host of this.#hosts) this.#limits.leave(host, this);
  }

  /** A request has been sent. A run sends several when it goes over files or is redirected anew. */
  requested(): void {
    this.#tally.requests += 1;
  }

  /** The best it has shown, which is what it could bring if it were asked for more. */
  get bestBytesPerS(): number {
    return this.#bestBytesPerS;
  }

  /** @param at The host that sent them. */
  bytesCame(bytes: number, firstByteMs: number | null, nowMs: number, at = this.host): void {
    // The wait for a first byte is not part of the rate: it does not get longer with the run.
    if (firstByteMs !== null) this.rate.start(nowMs);
    this.rate.add(bytes, nowMs);
    if (this.rate.totalBytes >= PROVEN_BYTES)
      this.#bestBytesPerS = Math.max(this.#bestBytesPerS, this.rate.meanRate(nowMs));
    this.#tally.bytesCame(bytes, firstByteMs, nowMs);
    if (bytes === 0) return;
    this.#limits.spoke(at, nowMs);
    if (firstByteMs !== null) this.#limits.answered(at, this);
    this.#waitsSinceMs = this.#running > 0 ? nowMs : null;
    this.#health = afterBytes(this.#health);
    this.#spoiltInARow = 0;
    if (firstByteMs !== null) this.#refused.answered();
  }

  /** A run met a fault. @param at The host that it was met at. */
  failed({ fault, status, retryAfterS, begunAtMs = Infinity }: Failed, nowMs: number, at = this.host): void {
    this.#tally.failed(fault);
    this.#target = null; // what its redirects led to is forgotten, and resolved anew
    const isOneTooMany = fault === 'busy' && this.#limits.refused(at, (retryAfterS ?? 0) * 1_000, nowMs);
    // The others go on, and it has not asked for a rest. "Too many requests" are too many however few at a time.
    if (isOneTooMany && retryAfterS === null && status !== TOO_MANY_REQUESTS) return;
    this.#health = afterFault(this.#health, fault, status, retryAfterS, nowMs, begunAtMs);
    if (HOST_FAULTS.has(fault)) this.#limits.failed(at);
    if (fault === 'busy') this.#limits.rest(at, this.#health.restUntilMs);
  }

  /** What it sent for this piece is proven wrong. */
  lied(piece: PieceIndex, info: TorrentInfo): void {
    this.#tally.lies.push(piece);
    this.#proofs.set(piece, (this.#proofs.get(piece) ?? 0) + 1);
    const deliveredPieces = this.rate.totalBytes / info.pieceLengthBytes;
    const judgement = judgeLies(info, this.#proofs, deliveredPieces - this.#proofs.size);
    this.#health = afterLie(this.#health, judgement);
    for (const lacked of judgement.lacks) this.#lacksPiece(lacked);
  }

  /** A file with these pieces is not there, or is another by now. Returns how many such files it had in a row. */
  lacksFile({ firstPiece, endPiece }: PieceRange): number {
    for (let piece = firstPiece as number; piece < endPiece; piece++) this.#lacksPiece(piece as PieceIndex);
    this.#spoiltInARow += 1;
    return this.#spoiltInARow;
  }

  /**
   * It refuses to hand out a file with these pieces. Returns how many files it could not bring in a row; null when not
   * the file but the origin is closed to us, and what it refused may be asked for again.
   */
  refusesFile(file: FileIndex, range: PieceRange): number | null {
    const pieces = Array.from({ length: range.endPiece - range.firstPiece }, (_, at) => range.firstPiece + at);
    const free = (pieces as PieceIndex[]).filter((piece) => !this.barred.has(piece));
    const lifted = this.#refused.refused(file, free, this.rate.totalBytes > 0);
    if (lifted === null) return this.lacksFile(range);
    this.#lift(lifted);
    return null;
  }

  /** Whether it refused a file, or has had none at all so far: what is to come there may not be there yet. */
  get mayReconsider(): boolean {
    return this.#refused.isAny || this.#hasNothing;
  }

  get #hasNothing(): boolean {
    return this.rate.totalBytes === 0 && this.#tally.hasOnly('not-found');
  }

  /**
   * After a run: when it refused all that it could still be asked for, or has nothing of a torrent of which nothing is
   * here, it is closed to us, or not ready, until it has had a rest.
   */
  reconsidersRefusals(unfetched: readonly PieceIndex[], pieceCount: number, nowMs: number): void {
    if (this.#running > 0 || !unfetched.every((piece) => this.barred.has(piece))) return;
    const refused = this.#refused.nothingElse(this.rate.totalBytes > 0);
    const lifted = this.#hasNothing && unfetched.length === pieceCount ? [...this.lacks] : refused;
    if (lifted.length === 0) return;
    this.#lift(lifted);
    const { fault, status } = this.#health.last ?? { fault: 'forbidden', status: null };
    this.#health = afterFault(this.#health, FAULTS_OF_A_FILE.has(fault) ? fault : 'forbidden', status, null, nowMs);
  }

  /** What it refused was no fault of the files, and does not count as many faults of its own. */
  #lift(pieces: readonly PieceIndex[]): void {
    this.#health = { ...this.#health, faults: Math.max(this.#health.faults - this.#spoiltInARow, 0) };
    this.#spoiltInARow = 0;
    for (const piece of pieces) {
      this.lacks.delete(piece);
      this.barred.delete(piece);
    }
  }

  #lacksPiece(piece: PieceIndex): void {
    this.lacks.add(piece);
    this.barred.add(piece);
  }

  view(nowMs: number): OriginView {
    return {
      origin: this.origin,
      maxRuns: this.#running + this.#limits.room(this.target, this, nowMs),
      rateBytesPerS: shown(this.rate.rate(nowMs)),
      shownBytes: this.rate.totalBytes,
      firstByteMs: this.#tally.firstByteMs,
      silentS: this.#waitsSinceMs === null ? 0 : (nowMs - this.#waitsSinceMs) / 1_000,
      ignoresRanges: this.#health.ignoresRanges,
      barred: this.barred,
    };
  }

  healthView(nowMs: number): OriginHealthView {
    const { spread, firstByteMs, bestFirstByteMs, requests, bytes, faults, lies } = this.#tally;
    const restsForS = this.isDropped ? 0 : Math.max(Math.ceil((this.restUntilMs - nowMs) / 1_000), 0);
    return {
      origin: this.origin,
      host: this.host,
      mirrorOf: this.mirrorOf,
      state: this.isDropped ? 'dropped' : restsForS > 0 ? 'resting' : 'usable',
      restsForS,
      dropped: this.isDropped ? { reason: 'wrong-bytes', pieces: [...lies] } : null,
      ignoresRanges: this.#health.ignoresRanges,
      runningRequests: this.#running,
      rateBytesPerS: shown(this.rate.meanRate(nowMs)),
      rateSpreadBytesPerS: spread.spreadBytesPerS,
      firstByteMs,
      bestFirstByteMs,
      requests,
      bytes,
      faults: { ...faults },
    };
  }
}

const shown = (bytesPerS: number): number | null => (bytesPerS > 0 ? bytesPerS : null);
