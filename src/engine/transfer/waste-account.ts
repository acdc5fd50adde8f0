import type { PeerId, PieceIndex } from '../../model/ids.ts';
import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';

/**
 * Bytes that may come twice: a share of what came, and this much to begin with. Which of the cancelled blocks were on
 * their way is a guess: with these, at most 1 % and 256 KiB come in vain.
 */
const WASTE_SHARE = 0.008;
const FIRST_WASTE_BYTES = 196_608;
/** A block that was cancelled may still come for a round trip, and for as long as the peer takes to send one. */
const IN_DOUBT_MS = 250;
/**
 * Of those that were heard of no more, at least so many came all the same, if their peer sent others meanwhile: what was
 * cancelled is thrown away unseen.
 */
const UNHEARD_SHARE = 0.4;

/** Whether a block that is cancelled comes all the same, because it is sent before that is heard. */
export type ComesAnyway = 'surely' | 'perhaps' | 'no';

type InDoubt = { readonly peer: PeerId; readonly atMs: number; readonly untilMs: number; isPeerHeard: boolean };

/** What came in vain, and what may: nothing more is asked for twice than can be afforded at the worst. */
export class WasteAccount {
  /** Bytes that came and were of no use. */
  wastedBytes = 0;
  /** Blocks that a peer was told not to send, and that may be on their way: since when, and until when they may come. */
  readonly #inDoubt = new Map<string, InDoubt>();
  #unheardBytes = 0;

  /** @param comes What surely comes is thrown away before anybody here hears of it. */
  cancelled(
    { peer, piece, block }: { readonly peer: PeerId; readonly piece: PieceIndex; readonly block: number },
    roundTripMs: number,
    comes: ComesAnyway,
    nowMs: number,
  ): void {
    if (comes === 'no') return;
    const untilMs = comes === 'surely' ? Number.POSITIVE_INFINITY : nowMs + roundTripMs + IN_DOUBT_MS;
    this.#inDoubt.set(`${peer} ${piece}.${block}`, { peer, atMs: nowMs, untilMs, isPeerHeard: false });
  }

  /** A block came, wanted or not: it is in doubt no more. */
  came(peer: PeerId, piece: PieceIndex, block: number): void {
    this.#inDoubt.delete(`${peer} ${piece}.${block}`);
    for (const it of this.#inDoubt.values()) if (it.peer === peer) it.isPeerHeard = true;
  }

  /** A peer has sent nothing since then of what it still owes: what it was told not to send after that has not come either. */
  fellSilent(peer: PeerId, sinceMs: number): void {
    for (const [block, it] of this.#inDoubt) if (it.peer === peer && it.atMs >= sinceMs) this.#inDoubt.delete(block);
  }

  /**
   * Bytes that may yet be asked for twice.
   * @param duplicateBytes What is asked of several sources now.
   */
  allowanceBytes(receivedBytes: number, duplicateBytes: number, nowMs: number): number {
    for (const [block, { untilMs, isPeerHeard }] of this.#inDoubt) {
      if (untilMs > nowMs) continue;
      this.#inDoubt.delete(block);
      if (isPeerHeard) this.#unheardBytes += UNHEARD_SHARE * BLOCK_LENGTH_BYTES;
    }
    const doubtfulBytes = this.#inDoubt.size * BLOCK_LENGTH_BYTES + duplicateBytes + this.#unheardBytes;
    return receivedBytes * WASTE_SHARE + FIRST_WASTE_BYTES - this.wastedBytes - doubtfulBytes;
  }
}
