import type { OriginFault } from '../../model/failure.ts';
import type { OriginUrl, PieceIndex } from '../../model/ids.ts';
import type { OriginView } from '../schedule/plan-view.ts';
import type { PieceRange } from '../torrent/file-ranges.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { judgeLies } from './judge-lies.ts';
import { afterBytes, afterFault, afterLie, isDropped, isGone, type OriginHealth, UNPROVEN } from './origin-health.ts';
import { RateMeter } from './rate-meter.ts';

/** Requests to one origin at a time, as a good download manager would: enough to hide its latency. */
const MAX_RUNS = 3;

/** What we know of one origin. */
export class OriginDesk {
  readonly origin: OriginUrl;
  readonly host: string;
  readonly barred = new Set<PieceIndex>();
  /** Those of them that it can never bring, because what it has there is another file by now, or none. */
  readonly lacks = new Set<PieceIndex>();
  readonly rate = new RateMeter();
  /** Pieces that it alone got wrong, and how often. */
  readonly #proofs = new Map<PieceIndex, number>();
  /** Faults since it last delivered that were of one file, and not its own. */
  #spoiltInARow = 0;
  #health: OriginHealth = UNPROVEN;
  #firstByteMs: number | null = null;

  constructor(origin: OriginUrl) {
    this.origin = origin;
    this.host = new URL(origin).host;
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

  isUsable(nowMs: number): boolean {
    return !this.isDropped && nowMs >= this.#health.restUntilMs;
  }

  bytesCame(bytes: number, firstByteMs: number | null, nowMs: number): void {
    this.rate.add(bytes, nowMs);
    if (firstByteMs !== null) this.#firstByteMs = Math.min(this.#firstByteMs ?? firstByteMs, firstByteMs);
    if (bytes === 0) return;
    this.#health = afterBytes(this.#health);
    this.#spoiltInARow = 0;
  }

  failed(fault: OriginFault, status: number | null, retryAfterS: number | null, nowMs: number): void {
    this.#health = afterFault(this.#health, fault, status, retryAfterS, nowMs);
  }

  /** What it sent for this piece is proven wrong. */
  lied(piece: PieceIndex, info: TorrentInfo): void {
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

  #lacksPiece(piece: PieceIndex): void {
    this.lacks.add(piece);
    this.barred.add(piece);
  }

  view(nowMs: number): OriginView {
    const rate = this.rate.rate(nowMs);
    return {
      origin: this.origin,
      maxRuns: MAX_RUNS,
      rateBytesPerS: rate > 0 ? rate : null,
      firstByteMs: this.#firstByteMs,
      ignoresRanges: this.#health.ignoresRanges,
      barred: this.barred,
    };
  }
}
