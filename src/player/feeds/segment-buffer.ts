/** What has been played longer ago than this makes room. */
const KEPT_BEHIND_S = 60;
/** And all but this when the browser says that there is no room. */
const LEAST_BEHIND_S = 5;
const FULL_PAUSE_MS = 1_000;

/** One source buffer of a media source: segments go in one after the other, and what was played makes room for them. */
export class SegmentBuffer {
  readonly #buffer: SourceBuffer;
  readonly #playedAtS: () => number;
  #turn: Promise<void> = Promise.resolve();

  constructor(buffer: SourceBuffer, playedAtS: () => number) {
    this.#buffer = buffer;
    this.#playedAtS = playedAtS;
  }

  /**
   * Appends a segment; resolves when it is in, however long there is no room for it.
   * @throws what the browser says against the segment; the reason of `signal` when it fires while there is no room.
   */
  append(segment: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      for (;;) {
        signal.throwIfAborted();
        try {
          this.#buffer.appendBuffer(segment);
          await this.#settled();
          break;
        } catch (error) {
          if (!(error instanceof DOMException) || error.name !== 'QuotaExceededError') throw error;
          await this.#remove(0, this.#playedAtS() - LEAST_BEHIND_S);
          await new Promise((resolve) => setTimeout(resolve, FULL_PAUSE_MS));
        }
      }
      const { buffered } = this.#buffer;
      const playedS = this.#playedAtS();
      if (buffered.length > 0 && buffered.start(0) < playedS - 1.5 * KEPT_BEHIND_S) {
        await this.#remove(0, playedS - KEPT_BEHIND_S);
      }
    });
  }

  /** Another kind of segments comes from now on, and nothing of those before stays. */
  change(type: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#buffer.abort();
      this.#buffer.changeType(type);
      await this.#remove(0, Number.POSITIVE_INFINITY);
    });
  }

  /** What was begun of a segment is forgotten; the next one may be of any time. */
  restart(): Promise<void> {
    return this.#inTurn(async () => this.#buffer.abort());
  }

  async #remove(startS: number, endS: number): Promise<void> {
    if (endS <= startS) return;
    this.#buffer.remove(startS, endS);
    await this.#settled();
  }

  #settled(): Promise<void> {
    const buffer = this.#buffer;
    return new Promise((resolve, reject) => {
      const leave = () => {
        buffer.removeEventListener('updateend', done);
        buffer.removeEventListener('error', failed);
      };
      const done = () => {
        leave();
        resolve();
      };
      const failed = () => {
        leave();
        reject(new DOMException('The browser cannot read this segment.', 'EncodingError'));
      };
      buffer.addEventListener('updateend', done);
      buffer.addEventListener('error', failed);
    });
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(task);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
