/** A transfer that moves nothing for so long is stalled: it does not keep others from running. */
export const STALLED_AFTER_MS = 60_000;
/** It counts again when it has moved for so long, so that one byte now and then does not push others out. */
const MOVES_AGAIN_AFTER_MS = 10_000;
/** Who moves nothing for so long has stopped moving. */
const PAUSE_MS = 5_000;
/** No look is further from the last one than this: the machine may have slept. */
const MOST_BETWEEN_LOOKS_MS = 5_000;

/** Watches whether a transfer gets on while it runs. */
export class IdleTime {
  #seen: string | null = null;
  #lookedAtMs: number | null = null;
  #idleMs = 0;
  #movingMs = 0;
  /** When it was found to be stalled; null while it moves, or nobody knows yet. */
  stalledAtMs: number | null = null;
  /** It runs, and is stalled. */
  isStalled = false;

  /** To be called now and then while it runs. @param progress Anything that differs when it has moved. */
  look(progress: string, nowMs: number): void {
    const passedMs = Math.min(nowMs - (this.#lookedAtMs ?? nowMs), MOST_BETWEEN_LOOKS_MS);
    this.#lookedAtMs = nowMs;
    const hasMoved = this.#seen !== null && this.#seen !== progress;
    this.#seen = progress;
    if (hasMoved) {
      this.#idleMs = 0;
      this.#movingMs += passedMs;
    } else {
      this.#idleMs += passedMs;
      if (this.#idleMs > PAUSE_MS) this.#movingMs = 0;
    }
    if (this.#movingMs >= MOVES_AGAIN_AFTER_MS) {
      this.isStalled = false;
      this.stalledAtMs = null;
    } else if (this.#idleMs >= STALLED_AFTER_MS && !this.isStalled) {
      this.isStalled = true;
      this.stalledAtMs = nowMs;
    }
  }

  /** It does not run any more. When it was found to be stalled is remembered: others are tried first. */
  stopped(): void {
    this.#seen = null;
    this.#lookedAtMs = null;
    this.#idleMs = 0;
    this.#movingMs = 0;
    this.isStalled = false;
  }

  /** The user wants it tried: it is as if it had never been. */
  forget(): void {
    this.stopped();
    this.stalledAtMs = null;
  }
}
