import type { OriginFault } from '../../model/failure.ts';
import type { FileIndex, PieceIndex } from '../../model/ids.ts';

/** Faults that may be of one file only: it is not there, not for everybody, or it is another file by now. */
export const FAULTS_OF_A_FILE: ReadonlySet<OriginFault> = new Set([
  'not-found',
  'forbidden',
  'wrong-length',
  'web-page',
]);

/** So many files refused in a row, and it is the origin that refuses. */
const SEVERAL = 3;
/** The same of an origin that has delivered: archives keep the private files of an item side by side. */
const SEVERAL_OF_A_DELIVERER = 8;
/** When nothing else can be asked for: a file, or one of several, is given up after so many refusals. A ban passes. */
const TIMES_TO_BELIEVE = 2;
const TIMES_TO_BELIEVE_SEVERAL = 4;

type Refused = { readonly file: FileIndex; readonly barred: PieceIndex[] };

/**
 * Files that one origin refuses to hand out (401, 403, 451, or a web page in their stead), and whether that is about them
 * or about us: servers say 403 of a private file, of an expired address and to somebody who asked for too much. It is
 * about them when another request was answered after.
 */
export class RefusedFiles {
  readonly #times = new Map<FileIndex, number>();
  /** Since a request was last answered, with the pieces that are not asked for because of it. */
  #inARow: Refused[] = [];

  /**
   * Takes note of a refusal, because of which these pieces are to be barred. Returns the pieces to be asked for again
   * when it is not the file's fault but the origin's; null when it is the file's as far as one can tell.
   */
  refused(file: FileIndex, pieces: readonly PieceIndex[], hasDelivered: boolean): readonly PieceIndex[] | null {
    this.#times.set(file, this.#timesOf(file) + 1);
    const known = this.#inARow.find((refused) => refused.file === file);
    if (known === undefined) this.#inARow.push({ file, barred: [...pieces] });
    else known.barred.push(...pieces);
    return this.#inARow.length >= (hasDelivered ? SEVERAL_OF_A_DELIVERER : SEVERAL) ? this.#lift() : null;
  }

  /** Whether anything was refused since a request was last answered. */
  get isAny(): boolean {
    return this.#inARow.length > 0;
  }

  /** A request that was sent later was answered: what it refused before, it refuses for good. */
  answered(): void {
    if (this.#inARow.length > 0) this.#inARow = [];
  }

  /** Nothing is left to be asked for but what it refused. Returns the pieces to be asked for again after a rest. */
  nothingElse(hasDelivered: boolean): readonly PieceIndex[] {
    const times = this.#inARow.length >= SEVERAL ? TIMES_TO_BELIEVE_SEVERAL : TIMES_TO_BELIEVE;
    const isBelieved = hasDelivered && this.#inARow.every(({ file }) => this.#timesOf(file) >= times);
    return isBelieved ? [] : this.#lift();
  }

  #lift(): PieceIndex[] {
    return this.#inARow.flatMap(({ barred }) => barred.splice(0));
  }

  #timesOf(file: FileIndex): number {
    return this.#times.get(file) ?? 0;
  }
}
