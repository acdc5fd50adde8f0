/** Most links that clicks of one tab may bring in {@link SPAN_MS}: more is a page that has found a way to click. */
export const MAX_CLICKS = 20;
const SPAN_MS = 2_000;

type Clicks = { readonly takenMs: readonly number[]; readonly refusedMs: number };

/** Counts the links that each tab's clicks bring. Forgets with the background, which loses two seconds at most. */
export class ClickRate {
  readonly #tabs = new Map<number, Clicks>();

  /** Whether one more may come now, and whether it is the first of a burst that may not. Times are ms, ascending. */
  take(tabId: number, nowMs: number): 'taken' | 'first-refused' | 'refused' {
    const isRecent = (atMs: number) => nowMs - atMs < SPAN_MS;
    for (const [id, { takenMs, refusedMs }] of this.#tabs) {
      if (!isRecent(takenMs.at(-1) ?? 0) && !isRecent(refusedMs)) this.#tabs.delete(id);
    }
    const { takenMs = [], refusedMs = Number.NEGATIVE_INFINITY } = this.#tabs.get(tabId) ?? {};
    const recentMs = takenMs.filter(isRecent);
    if (recentMs.length < MAX_CLICKS) {
      this.#tabs.set(tabId, { takenMs: [...recentMs, nowMs], refusedMs });
      return 'taken';
    }
    this.#tabs.set(tabId, { takenMs: recentMs, refusedMs: nowMs });
    return isRecent(refusedMs) ? 'refused' : 'first-refused';
  }
}
