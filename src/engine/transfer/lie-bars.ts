import type { PieceIndex } from '../../model/ids.ts';
import type { OriginDesk } from './origin-desk.ts';
import type { PeerDesk } from './peer-desk.ts';

type Bar = { readonly desk: OriginDesk | PeerDesk; readonly piece: PieceIndex };

/** Who must not be asked for which piece, because what it sent for it was proven wrong. */
export class LieBars {
  #bars: Bar[] = [];

  add(desk: OriginDesk | PeerDesk, piece: PieceIndex): void {
    desk.barred.add(piece);
    this.#bars.push({ desk, piece });
  }

  /**
   * Lifts the bars of pieces that nobody else can bring any more: whoever lied is asked once more, and is dropped when
   * it lies again. Without it, a transfer whose only source had one bad moment would wait for ever.
   */
  lift(peers: Iterable<PeerDesk>, origins: readonly OriginDesk[]): void {
    if (this.#bars.length === 0) return;
    const desks = [...peers];
    const usable = origins.filter((origin) => !origin.isGone);
    this.#bars = this.#bars.filter(({ desk, piece }) => {
      if ('lacks' in desk && desk.lacks.has(piece)) return false; // that bar stays
      const canOthers =
        usable.some((origin) => !origin.barred.has(piece)) ||
        desks.some((other) => other.peer.has(piece) && !other.barred.has(piece));
      if (!canOthers) desk.barred.delete(piece);
      return canOthers;
    });
  }
}
