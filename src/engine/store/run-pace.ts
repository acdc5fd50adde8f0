import { TokenBucket } from '../limits/token-bucket.ts';
import { Serial } from './serial.ts';

/** Bytes are handed on in parts of about this long, so that a slow stream never looks like one that has come to a halt. */
const PART_S = 0.1;
const LEAST_PART_BYTES = 64;
const MOST_PART_BYTES = 65_536;

/**
 * Holds the streams of one session to a rate together: bytes that came are handed on no faster, and nothing more is read
 * meanwhile. The rest is done by the flow control of HTTP and TCP: the server sends no faster either, but for what the
 * browser and the network keep in between.
 */
export class RunPace {
  readonly #bucket = new TokenBucket(PART_S);
  readonly #turns = new Serial();
  readonly #nowMs: () => number;
  #changed: () => void = () => undefined;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Takes hold at once. Null: as fast as they come. */
  setRate(bytesPerS: number | null): void {
    this.#bucket.setRate(bytesPerS, this.#nowMs());
    this.#changed();
  }

  /** How many of so many bytes may be handed on when its turn has come; whoever waits takes turns with the others. */
  async take(bytes: number, signal: AbortSignal): Promise<number> {
    if (this.#bucket.bytesPerS === null) return bytes;
    return this.#turns.run(async () => {
      while (!signal.aborted && this.#bucket.waitMs(this.#nowMs()) > 0) await this.#pause(signal);
      signal.throwIfAborted();
      const rate = this.#bucket.bytesPerS;
      if (rate === null) return bytes;
      const part = Math.min(Math.max(Math.floor(rate * PART_S), LEAST_PART_BYTES), MOST_PART_BYTES, bytes);
      this.#bucket.take(part, this.#nowMs());
      return part;
    });
  }

  /** Until something may be taken, the rate is another, or nobody waits any more. */
  #pause(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waitMs = this.#bucket.waitMs(this.#nowMs());
      const timer = Number.isFinite(waitMs) ? setTimeout(done, Math.ceil(waitMs)) : undefined;
      function done() {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
      signal.addEventListener('abort', done);
      this.#changed = done;
    });
  }
}
