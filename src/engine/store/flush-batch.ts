import type { PieceIndex } from '../../model/ids.ts';
import type { VerifiedPiece } from './depot.ts';
import type { Serial } from './serial.ts';
import type { SessionJournal } from './session-journal.ts';
import type { StoreFiles } from './store-files.ts';

/** Written bytes are flushed and journalled after this long, or after this many. */
const FLUSH_AFTER_MS = 400;
const FLUSH_AFTER_BYTES = 128 * 1_048_576;

export type FlushPorts = {
  readonly files: Pick<StoreFiles, 'flush'>;
  readonly journal: Pick<SessionJournal, 'record'>;
  readonly disk: Serial;
  /** They are safe now. */
  readonly onSafe: (pieces: readonly VerifiedPiece[]) => void;
  /** They are lost, for what the disk threw. */
  readonly onLost: (pieces: readonly VerifiedPiece[], error: unknown) => void;
};

/** Pieces that are written and not safe yet: many are flushed and journalled at once. To be called in turns of the disk. */
export class FlushBatch {
  readonly #ports: FlushPorts;
  #pieces: VerifiedPiece[] = [];
  #bytes = 0;
  #hastened: ReadonlySet<PieceIndex> = new Set();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: FlushPorts) {
    this.#ports = ports;
  }

  /** @param isLast Nobody waits for more. */
  add(piece: VerifiedPiece, lengthBytes: number, isLast: boolean): void {
    this.#pieces.push(piece);
    this.#bytes += lengthBytes;
    if (isLast || this.#bytes >= FLUSH_AFTER_BYTES || this.#hasHastened) this.flush();
    else this.#timer ??= setTimeout(() => void this.#ports.disk.run(() => this.flush()), FLUSH_AFTER_MS);
  }

  /** Somebody waits for these pieces, and no longer for others. Returns whether one of them is written already. */
  hasten(pieces: readonly PieceIndex[]): boolean {
    this.#hastened = new Set(pieces);
    return this.#hasHastened;
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pieces.length === 0) return;
    const pieces = this.#pieces;
    const { files, journal, onSafe, onLost } = this.#ports;
    this.#pieces = [];
    this.#bytes = 0;
    try {
      files.flush();
      journal.record(pieces);
    } catch (error) {
      return onLost(pieces, error);
    }
    onSafe(pieces);
  }

  get #hasHastened(): boolean {
    return this.#hastened.size > 0 && this.#pieces.some(({ piece }) => this.#hastened.has(piece));
  }
}
