import type { OriginFault } from '../../model/failure.ts';
import type { PieceIndex } from '../../model/ids.ts';
import { RateSpread } from './rate-spread.ts';

/** Gain of the smoothed time to the first byte, as TCP has it for round trips (RFC 6298). */
const FIRST_BYTE_GAIN = 1 / 8;

/** Counts what an origin has done so far. */
export class OriginTally {
  readonly spread = new RateSpread();
  readonly faults: Partial<Record<OriginFault, number>> = {};
  /** Pieces for which it sent wrong bytes, in the order of the proofs. */
  readonly lies: PieceIndex[] = [];
  requests = 0;
  bytes = 0;
  /** Smoothed; null before the first. */
  firstByteMs: number | null = null;
  bestFirstByteMs: number | null = null;

  bytesCame(bytes: number, firstByteMs: number | null, nowMs: number): void {
    this.bytes += bytes;
    this.spread.add(bytes, nowMs);
    if (firstByteMs === null) return;
    const smoothed = this.firstByteMs ?? firstByteMs;
    this.firstByteMs = smoothed + FIRST_BYTE_GAIN * (firstByteMs - smoothed);
    this.bestFirstByteMs = Math.min(this.bestFirstByteMs ?? firstByteMs, firstByteMs);
  }

  failed(fault: OriginFault): void {
    this.faults[fault] = (this.faults[fault] ?? 0) + 1;
  }

  /** Whether all that it did wrong so far is this, at least once. */
  hasOnly(fault: OriginFault): boolean {
    const met = Object.keys(this.faults);
    return met.length === 1 && met[0] === fault;
  }
}
