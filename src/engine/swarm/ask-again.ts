/** How long nobody is waited for in vain before the trackers are asked again; then their own interval has to do. */
const AGAIN_AFTER_MS = [10_000, 20_000, 40_000];

/**
 * Asks the trackers again before their interval (mostly two minutes) is over, while nobody is connected although somebody
 * should be. An offer is handed to one peer, and it is lost when that one has gone, cannot be reached or was too busy.
 */
export class AskAgain {
  readonly #ask: () => void;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(ask: () => void) {
    this.#ask = ask;
  }

  /** There are others, or one has just begun to connect; nobody is connected yet. */
  somebodyIsThere(): void {
    const afterMs = AGAIN_AFTER_MS[this.#asked];
    if (this.#timer !== null || afterMs === undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#asked += 1;
      this.#ask();
    }, afterMs);
  }

  /** Somebody is connected. When all have left, it begins anew. */
  somebodyCame(): void {
    this.stop();
    this.#asked = 0;
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
