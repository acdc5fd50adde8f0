import type { Clock } from '../../../src/engine/ports.ts';

type Timer = { readonly atMs: number; readonly callback: () => void; isCancelled: boolean };

/** Where the time of every simulated world begins: 2026-01-01. */
export const WORLD_BEGINS_MS = Date.UTC(2026, 0, 1);

/**
 * Time that passes only when a test lets it. Between two timers everything that is ready runs to its end, so a world on
 * this clock takes the same turns on every machine.
 */
export class VirtualClock implements Clock {
  #nowMs = WORLD_BEGINS_MS;
  /** In order of time; among equals in order of setting. */
  #timers: Timer[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer: Timer = { atMs: this.#nowMs + Math.max(delayMs, 0), callback, isCancelled: false };
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#timers[middle] as Timer).atMs <= timer.atMs) low = middle + 1;
      else high = middle;
    }
    this.#timers.splice(low, 0, timer);
    return () => {
      timer.isCancelled = true;
    };
  }

  every(periodMs: number, callback: () => void): () => void {
    let stop = () => undefined as undefined;
    const next = () => {
      const cancel = this.after(periodMs, () => {
        next();
        callback();
      });
      stop = () => void cancel();
    };
    next();
    return () => stop();
  }

  /** Lets time pass until `isDone`, at most `limitMs`. Returns whether it is done. */
  async runUntil(isDone: () => boolean, limitMs: number): Promise<boolean> {
    const endMs = this.#nowMs + limitMs;
    for (;;) {
      await everythingReady();
      if (isDone()) return true;
      const timer = this.#timers[0];
      if (timer === undefined || timer.atMs > endMs) {
        this.#nowMs = endMs;
        return false;
      }
      this.#timers.shift();
      if (timer.isCancelled) continue;
      this.#nowMs = timer.atMs;
      timer.callback();
    }
  }

  /** Timers that are still to ring: what is left of something that should have ended. */
  get timersLeft(): number {
    return this.#timers.filter(({ isCancelled }) => !isCancelled).length;
  }

  async pass(ms: number): Promise<void> {
    await this.runUntil(() => false, ms);
  }

  /** Lets what is ready now run to its end; no time passes. */
  settle(): Promise<void> {
    return this.pass(0);
  }

  /** Waits for a promise while time passes, at most `limitMs`. */
  async untilSettled<T>(promise: Promise<T>, limitMs = 600_000): Promise<T> {
    let isSettled = false;
    const settled = promise.finally(() => {
      isSettled = true;
    });
    settled.catch(() => undefined);
    if (!(await this.runUntil(() => isSettled, limitMs))) throw new Error(`nothing came of it in ${limitMs} ms`);
    return settled;
  }

  /** Puts the timers of the language on this clock, for code that sets them itself; see `giveTimersBack`. */
  takeTimers(): void {
    const start = (way: 'after' | 'every') => (callback: () => void, ms?: number) => this[way](ms ?? 0, callback);
    const stop = (cancel?: () => void) => cancel?.();
    const ours = { setTimeout: start('after'), setInterval: start('every'), clearTimeout: stop, clearInterval: stop };
    Object.assign(globalThis, ours);
  }
}

const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;

/** Gives the timers of the language back to real time. For `afterEach`. */
export function giveTimersBack(): void {
  Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval });
}

/** Resolves when no promise is left to run: `setImmediate` comes after all of them. */
const everythingReady = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
