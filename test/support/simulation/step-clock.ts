import { performance } from 'node:perf_hooks';
import type { Clock } from '../../../src/engine/ports.ts';

type Timer = { readonly atMs: number; readonly callback: () => void; isCancelled: boolean };

/**
 * Time without promises: whoever drives it says up to when timers ring. Much faster than `VirtualClock`, for worlds in
 * which nothing is asynchronous. It also measures how long the callbacks take in real time.
 */
export class StepClock implements Clock {
  readonly beganMs: number;
  /** Real time spent in callbacks, in ms: all of them, and the longest. */
  spentMs = 0;
  longestMs = 0;
  calls = 0;
  #nowMs: number;
  /** In order of time; among equals in order of setting. */
  readonly #timers: Timer[] = [];

  constructor(beganMs: number) {
    this.beganMs = beganMs;
    this.#nowMs = beganMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer: Timer = { atMs: this.#nowMs + Math.max(delayMs, 0), callback, isCancelled: false };
    let at = this.#timers.length;
    while (at > 0 && (this.#timers[at - 1] as Timer).atMs > timer.atMs) at -= 1;
    this.#timers.splice(at, 0, timer);
    return () => {
      timer.isCancelled = true;
    };
  }

  every(periodMs: number, callback: () => void): () => void {
    let cancel: () => void = () => undefined;
    const next = () => {
      cancel = this.after(periodMs, () => {
        next();
        callback();
      });
    };
    next();
    return () => cancel();
  }

  /** Rings every timer before `untilMs`, and leaves the clock there. */
  passTo(untilMs: number): void {
    this.#ring((timer) => timer.atMs < untilMs);
    this.#nowMs = untilMs;
  }

  /** Rings what is due at this very moment. */
  settle(): void {
    this.#ring((timer) => timer.atMs <= this.#nowMs);
  }

  #ring(isDue: (timer: Timer) => boolean): void {
    for (let timer = this.#timers[0]; timer !== undefined && isDue(timer); timer = this.#timers[0]) {
      this.#timers.shift();
      if (timer.isCancelled) continue;
      this.#nowMs = Math.max(timer.atMs, this.#nowMs);
      const startedMs = performance.now();
      timer.callback();
      const tookMs = performance.now() - startedMs;
      this.calls += 1;
      this.spentMs += tookMs;
      this.longestMs = Math.max(this.longestMs, tookMs);
    }
  }
}
