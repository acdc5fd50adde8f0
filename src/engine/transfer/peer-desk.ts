import type { PieceIndex } from '../../model/ids.ts';
import type { PeerView } from '../schedule/plan-view.ts';
import type { SwarmPeer } from '../swarm/swarm.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { RateMeter } from './rate-meter.ts';
import { RoundTrip } from './round-trip.ts';
import type { ComesAnyway } from './waste-account.ts';

/** Requests to a peer that has shown nothing yet; each block that comes allows one more, until the rate says how many. */
const FIRST_REQUESTS = 8;
/** A peer is asked for no fewer, however slow it is. */
const LEAST_REQUESTS = 4;
/** Requests in flight cover a round trip and this much time, so that a pause between two plans costs nothing. */
const DEPTH_S = 0.4;
/** And so much more of what can wait: a peer that has become four times as fast has no pause before that is noticed. */
const CALM_DEPTH_S = 1;
/** Who takes what from whom depends on the rate of now; of so few blocks in that time it cannot be told. */
const LATELY_MS = 800;
const LATELY_BLOCKS = 8;
const ONE_MORE_BYTES_PER_S = (BLOCK_LENGTH_BYTES * 1_000) / LATELY_MS;
const TELLING_BYTES_PER_S = LATELY_BLOCKS * ONE_MORE_BYTES_PER_S;
/** One whose rate has fallen so much within this time has become slower; less may be chance. */
const JUST_NOW_MS = 250;
/** What it brings in the long run, whatever it does for a few seconds. */
const USUAL_MS = 12_000;
const SLOWER = 1.6;
const PERHAPS_SLOWER = 1.3;
const MIN_SILENCE_MS = 1_000;
/** The same for a peer that has shown nothing yet. */
const MIN_FIRST_SILENCE_MS = 4_000;
const MAX_SILENCE_MS = 20_000;
/** What a peer will send within this time and a round trip may be on its way when a cancellation reaches it. */
const SENT_AHEAD_MS = 20;
/** A peer that has sent nothing for so long, and for so many blocks' time, is sending nothing. */
const MIN_QUIET_MS = 300;
const QUIET_BLOCKS = 3;

/** So much faster a peer may become at once. */
const FASTER = 2.5;

type Asked = { readonly piece: PieceIndex; readonly block: number; readonly atMs: number; readonly ahead: number };

/** What we know of one peer besides what it has: what it owes us, how fast it is, and whether it is doubted. */
export class PeerDesk {
  readonly peer: SwarmPeer;
  readonly barred = new Set<PieceIndex>();
  readonly rate = new RateMeter();
  /** The same with a short memory: a peer that has become faster is soon asked for more. */
  readonly #lately = new RateMeter(LATELY_MS);
  readonly #justNow = new RateMeter(JUST_NOW_MS);
  readonly #usual = new RateMeter(USUAL_MS);
  readonly #asked = new Map<string, Asked>();
  #allowed = FIRST_REQUESTS;
  readonly #roundTrip = new RoundTrip();
  #lastBlockMs = 0;
  /** Its rate when the last block came: while it is silent its rate falls, and would excuse the silence. */
  #provenBytesPerS = 0;
  /** Silences since its last block: each next one must be twice as long. */
  #silences = 0;

  constructor(peer: SwarmPeer) {
    this.peer = peer;
  }

  get roundTripMs(): number {
    return this.#roundTrip.ms;
  }

  get measuredRoundTripMs(): number | null {
    return this.#roundTrip.measuredMs;
  }

  /** When its last block came, or it was asked for the first of those that it owes. */
  get lastBlockMs(): number {
    return this.#lastBlockMs;
  }

  get owed(): number {
    return this.#asked.size;
  }

  asked(piece: PieceIndex, block: number, nowMs: number): void {
    if (this.#asked.size === 0) this.#lastBlockMs = nowMs;
    this.rate.start(nowMs);
    this.#lately.start(nowMs);
    this.#justNow.start(nowMs);
    this.#usual.start(nowMs);
    this.#asked.set(`${piece}.${block}`, { piece, block, atMs: nowMs, ahead: this.#asked.size });
  }

  /** A block came. Returns whether it was owed. */
  received(piece: PieceIndex, block: number, bytes: number, nowMs: number): boolean {
    this.rate.add(bytes, nowMs);
    this.#lately.add(bytes, nowMs);
    this.#justNow.add(bytes, nowMs);
    this.#usual.add(bytes, nowMs);
    this.#provenBytesPerS = this.rate.rate(nowMs);
    const sinceLastMs = nowMs - this.#lastBlockMs;
    this.#lastBlockMs = nowMs;
    this.#silences = 0;
    this.#allowed += 1;
    const key = `${piece}.${block}`;
    const asked = this.#asked.get(key);
    if (asked === undefined) return false;
    this.#asked.delete(key);
    this.#restWhenIdle(nowMs);
    this.#roundTrip.answered(nowMs - asked.atMs, asked.ahead, sinceLastMs);
    return true;
  }

  /** A block that it owed will not come from it, or need not. Returns whether it was owed. */
  released(piece: PieceIndex, block: number, nowMs: number): boolean {
    const wasOwed = this.#asked.delete(`${piece}.${block}`);
    this.#restWhenIdle(nowMs);
    return wasOwed;
  }

  /** Whether a block that it owes comes all the same when it is cancelled now: it is being sent when that is heard. */
  comesAnyway(piece: PieceIndex, block: number, nowMs: number): ComesAnyway {
    const key = `${piece}.${block}`;
    const bytesPerMs = (this.#slowed(nowMs, SLOWER) ?? this.#rateNow(nowMs)) / 1_000;
    const sentByThenBytes = bytesPerMs * (1.25 * this.#roundTrip.ms + SENT_AHEAD_MS);
    // Of the first block that it owes, it has sent what it could since the last one came.
    let aheadBytes = -Math.min(bytesPerMs * (nowMs - this.#lastBlockMs), BLOCK_LENGTH_BYTES);
    for (const owed of this.#asked.keys()) {
      if (owed !== key) {
        aheadBytes += BLOCK_LENGTH_BYTES;
        continue;
      }
      if (aheadBytes <= sentByThenBytes) return this.#isQuiet(nowMs) ? 'perhaps' : 'surely';
      return aheadBytes <= FASTER * sentByThenBytes ? 'perhaps' : 'no';
    }
    return 'no';
  }

  /** Whether it is silent for longer than it takes to send some blocks: it may be gone, with all that it was sending. */
  #isQuiet(nowMs: number): boolean {
    const blocksMs = (QUIET_BLOCKS * BLOCK_LENGTH_BYTES * 1_000) / Math.max(this.#provenBytesPerS, 1);
    return nowMs - this.#lastBlockMs > Math.max(blocksMs + this.#roundTrip.ms, MIN_QUIET_MS);
  }

  /** Everything it owes, in the order in which it was asked. */
  owedBlocks(): Asked[] {
    return [...this.#asked.values()];
  }

  /** Whether it has been silent for so long that others should have its blocks. */
  isSilent(nowMs: number): boolean {
    if (this.#asked.size === 0) return false;
    const proven = this.#provenBytesPerS;
    const leastMs = proven === 0 ? MIN_FIRST_SILENCE_MS : MIN_SILENCE_MS;
    const blocksMs = proven === 0 ? 0 : (3 * BLOCK_LENGTH_BYTES * 1_000) / proven + 2 * this.#roundTrip.ms;
    const limitMs = Math.max(4 * this.#roundTrip.ms, blocksMs, leastMs) * 2 ** this.#silences;
    return nowMs - this.#lastBlockMs > Math.min(limitMs, MAX_SILENCE_MS);
  }

  /**
   * It is silent: from now on it is asked for one block at a time, and has twice as long for it as before. It is never
   * left without one: it may only have become slow, and a peer that is asked for nothing cannot show that it is there.
   * Returns what others should have: all but the block that it may be sending, or that as well if it owes nothing else or
   * somebody waits for it.
   */
  doubt(isWaitedFor: boolean): readonly Asked[] {
    this.#silences += 1;
    this.#allowed = LEAST_REQUESTS;
    const owed = this.owedBlocks();
    return owed.length > 1 && !isWaitedFor ? owed.slice(1) : owed;
  }

  view(nowMs: number): PeerView {
    const isUsable = !this.peer.isChoking;
    const { peer, barred } = this;
    return {
      id: peer.id,
      freeRequests: isUsable ? Math.max(this.#depth(nowMs, DEPTH_S) - this.#asked.size, 0) : 0,
      calmRequests: isUsable ? Math.max(this.#depth(nowMs, CALM_DEPTH_S) - this.#asked.size, 0) : 0,
      rateBytesPerS: this.rate.totalBytes === 0 ? null : this.#rateNow(nowMs),
      slowedBytesPerS: this.#slowedPerhaps(nowMs),
      usualBytesPerS: this.#usual.rate(nowMs),
      roundTripS: this.#roundTrip.ms / 1_000,
      silentS: this.#asked.size === 0 ? 0 : (nowMs - this.#lastBlockMs) / 1_000,
      isDoubted: this.#silences > 0,
      owedBlocks: this.#asked.size,
      barred,
      has: (piece) => peer.has(piece),
      owed: () => this.owedBlocks(),
    };
  }

  #rateNow(nowMs: number): number {
    const lately = this.#lately.rate(nowMs);
    return lately >= TELLING_BYTES_PER_S ? lately : this.rate.rate(nowMs);
  }

  /** What it has come down to just now; null when it has not become slower, or too little comes to tell. */
  #slowed(nowMs: number, slower: number): number | null {
    const lately = this.#lately.rate(nowMs);
    if (lately < TELLING_BYTES_PER_S) return null;
    const justNow = this.#justNow.rate(nowMs);
    return justNow * slower < lately ? justNow : null;
  }

  /** The same for a film, which cannot wait until it is sure. */
  #slowedPerhaps(nowMs: number): number | null {
    const lately = this.#lately.rate(nowMs);
    if (lately >= TELLING_BYTES_PER_S) return this.#slowed(nowMs, PERHAPS_SLOWER);
    // Too few to tell what it is, but one block more would have come of what it is not.
    const mostBytesPerS = lately + ONE_MORE_BYTES_PER_S;
    return mostBytesPerS < this.rate.rate(nowMs) ? mostBytesPerS : null;
  }

  #restWhenIdle(nowMs: number): void {
    if (this.#asked.size > 0) return;
    this.rate.stop(nowMs);
    this.#lately.stop(nowMs);
    this.#justNow.stop(nowMs);
    this.#usual.stop(nowMs);
  }

  #depth(nowMs: number, depthS: number): number {
    const bytesPerS = Math.max(this.rate.rate(nowMs), this.#lately.rate(nowMs));
    const steady = (bytesPerS * (this.#roundTrip.ms / 1_000 + depthS)) / BLOCK_LENGTH_BYTES;
    if (this.#silences > 0) return 1; // until it shows that it is there
    const most = this.rate.totalBytes === 0 ? FIRST_REQUESTS : Math.ceil(steady) + LEAST_REQUESTS;
    const wanted = Math.max(Math.min(this.#allowed, most), LEAST_REQUESTS);
    return Math.min(wanted, this.peer.maxRequests);
  }
}
