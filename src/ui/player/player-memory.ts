import { type ReadonlySignal, signal } from '@preact/signals';
import type { FileIndex, TransferId } from '../../model/ids.ts';
import { type Remembered, readRemembered, type Watched, watchedOf, withPlace } from './remembered.ts';

/** Where a player writes down what it remembers. */
export type MemoryPort = {
  readonly readMemory: () => string | null;
  readonly writeMemory: (text: string) => void;
  readonly nowMs: () => number;
};

const PLACE_EVERY_MS = 5_000;

/**
 * What players remember from one time to the next, read when the page opens and written down at each change. What is
 * private is remembered as long as the page is open, and never written down.
 */
export class PlayerMemory {
  readonly #port: MemoryPort;
  readonly #mayWrite: () => boolean;
  readonly #now;
  readonly now: ReadonlySignal<Remembered>;
  #placeAtMs: number;

  /** @param mayWrite Whether what is played now is none that is to be forgotten. */
  constructor(port: MemoryPort, mayWrite: () => boolean) {
    this.#port = port;
    this.#mayWrite = mayWrite;
    this.#now = signal(readRemembered(port.readMemory()));
    this.now = this.#now;
    this.#placeAtMs = port.nowMs();
  }

  remember(change: Partial<Omit<Remembered, 'files'>>): void {
    this.#write((before) => ({ ...before, ...change }));
  }

  rememberSubtitles(change: Partial<Remembered['subtitles']>): void {
    this.#write((before) => ({ ...before, subtitles: { ...before.subtitles, ...change } }));
  }

  rememberPlace(id: TransferId, file: FileIndex, place: Omit<Watched, 'isDone' | 'atMs'>): void {
    this.#placeAtMs = this.#port.nowMs();
    this.#write((before) => withPlace(before, id, file, { ...place, atMs: this.#placeAtMs }));
  }

  /** Whether the place was last written down long enough ago to be written down again while the film goes on. */
  isPlaceDue(): boolean {
    return this.#port.nowMs() - this.#placeAtMs >= PLACE_EVERY_MS;
  }

  watched(id: TransferId, file: FileIndex): Watched | null {
    return watchedOf(this.#now.value, id, file);
  }

  /** Other players write to the same place: what they wrote is read first. */
  #write(change: (before: Remembered) => Remembered): void {
    if (!this.#mayWrite()) {
      this.#now.value = change(this.#now.peek());
      return;
    }
    const after = change(readRemembered(this.#port.readMemory()));
    this.#now.value = after;
    this.#port.writeMemory(JSON.stringify(after));
  }
}
