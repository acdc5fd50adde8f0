import { setTimeout as wait } from 'node:timers/promises';

const POLL_EVERY_MS = 50;

export type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>;

/**
 * Asks again and again until the answer is truthy, and returns it. An attempt that throws counts as "not yet": a page
 * may be loading.
 * @throws {Error} after `timeoutMs` (10 s unless told), with `what` was awaited and the last error.
 */
export async function waitUntil<T>(
  attempt: () => T | Promise<T>,
  { timeoutMs = 10_000, what = attempt.toString() }: { readonly timeoutMs?: number; readonly what?: string } = {},
): Promise<Truthy<T>> {
  const until = performance.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      const answer = await attempt();
      if (answer) return answer as Truthy<T>;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() >= until) throw new Error(`waited ${timeoutMs} ms for: ${what}`, { cause: lastError });
    await wait(POLL_EVERY_MS);
  }
}
