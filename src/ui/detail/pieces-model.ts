import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { PiecesDetail } from '../../model/transfer-details.ts';
import { changedPieces, countLooks, expandRuns } from './piece-looks.ts';

export type PieceFacts = Omit<PiecesDetail, 'runs'>;

/** How each piece of a torrent looks. Tells which pieces changed, so that a map draws no others. */
export class PiecesModel {
  /** Null while the metadata is not known; undefined before the engine has said anything. */
  readonly facts: ReadonlySignal<PieceFacts | null | undefined>;
  /** Index of each piece's look in `PIECE_LOOKS`, one byte a piece. The array is new whenever something changed. */
  readonly looks: ReadonlySignal<Uint8Array>;
  /** How many pieces have each look, in the order of `PIECE_LOOKS`. */
  readonly counts: ReadonlySignal<readonly number[]>;

  readonly #facts = signal<PieceFacts | null | undefined>(undefined);
  readonly #looks = signal<Uint8Array>(new Uint8Array());
  readonly #counts = signal<readonly number[]>(countLooks(new Uint8Array()));

  constructor() {
    this.facts = this.#facts;
    this.looks = this.#looks;
    this.counts = this.#counts;
  }

  /** The engine's word. */
  take(pieces: PiecesDetail | null): void {
    const looks = pieces === null ? new Uint8Array() : expandRuns(pieces.runs, pieces.count);
    batch(() => {
      const before = this.#facts.peek();
      if (pieces === null) this.#facts.value = null;
      else {
        const { runs: _, ...facts } = pieces;
        if (JSON.stringify(facts) !== JSON.stringify(before)) this.#facts.value = facts;
      }
      const known = this.#looks.peek();
      if (known.length === looks.length && changedPieces(known, looks).length === 0) return;
      this.#looks.value = looks;
      this.#counts.value = countLooks(looks);
    });
  }
}
