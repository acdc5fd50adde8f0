import type { InfoHash } from '../../model/ids.ts';
import type { TrackerError } from '../../model/transfer-details.ts';
import type { EnginePorts } from '../ports.ts';
import { type Counts, scrapeTracker } from './scrape-tracker.ts';
import { scrapeUrl } from './scrape-url.ts';

/** A tracker is asked about one torrent no more often. */
const LEAST_INTERVAL_MS = 15 * 60_000;
const TIME_LIMIT_MS = 15_000;
/** Requests that are under way at a time, of all transfers. */
const MAX_ASKED = 4;
/** Trackers of one transfer that are asked. */
const MAX_OF_TRANSFER = 8;
/** Answers that are remembered. */
const MAX_KEPT = 1_000;

/** What a tracker has counted of a torrent. */
export type Scraped = {
  /** The last ones that it gave; null when it never gave any. */
  readonly counts: Counts | null;
  /** Milliseconds since 1970. */
  readonly answeredAtMs: number | null;
  /** What went wrong since then. */
  readonly error: TrackerError | null;
};

type Kept = { readonly scraped: Scraped; readonly notBeforeMs: number };

/**
 * What HTTP trackers say of torrents that somebody looks at. A browser cannot meet peers through them, but their counts
 * tell how many seeds there are that it cannot reach.
 */
export class Scrapes {
  readonly #ports: Pick<EnginePorts, 'fetch' | 'clock'>;
  readonly #kept = new Map<string, Kept>();
  readonly #running = new Set<string>();

  constructor(ports: Pick<EnginePorts, 'fetch' | 'clock'>) {
    this.#ports = ports;
  }

  /** What is known; null before the first answer. */
  of(infoHash: InfoHash, tracker: string): Scraped | null {
    return this.#kept.get(keyOf(infoHash, tracker))?.scraped ?? null;
  }

  /** Asks those that may be asked again. To be called as often as anybody looks; asks nobody twice within 15 minutes. */
  refresh(infoHash: InfoHash, trackers: readonly string[]): void {
    for (const tracker of trackers.slice(0, MAX_OF_TRANSFER)) {
      const key = keyOf(infoHash, tracker);
      const notBeforeMs = this.#kept.get(key)?.notBeforeMs ?? 0;
      if (this.#running.has(key) || this.#ports.clock.nowMs() < notBeforeMs) continue;
      const url = scrapeUrl(tracker, infoHash);
      if (url === null)
        this.#keep(key, { ...this.#known(key), error: { code: 'no-scrape' } }, Number.POSITIVE_INFINITY);
      else if (this.#running.size < MAX_ASKED) void this.#ask(key, url, infoHash);
    }
  }

  async #ask(key: string, url: string, infoHash: InfoHash): Promise<void> {
    const { fetch, clock } = this.#ports;
    const abort = new AbortController();
    const cancel = clock.after(TIME_LIMIT_MS, () => abort.abort());
    this.#running.add(key);
    const result = await scrapeTracker(url, infoHash, fetch, abort.signal);
    this.#running.delete(key);
    cancel();
    const nowMs = clock.nowMs();
    const known = this.#known(key);
    const restMs = Math.max(LEAST_INTERVAL_MS, result.ok ? (result.intervalS ?? 0) * 1_000 : 0);
    const scraped = result.ok
      ? { counts: result.counts, answeredAtMs: nowMs, error: null }
      : { ...known, error: result.error };
    this.#keep(key, scraped, nowMs + restMs);
  }

  #known(key: string): Scraped {
    return this.#kept.get(key)?.scraped ?? { counts: null, answeredAtMs: null, error: null };
  }

  #keep(key: string, scraped: Scraped, notBeforeMs: number): void {
    this.#kept.delete(key);
    this.#kept.set(key, { scraped, notBeforeMs });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}

const keyOf = (infoHash: InfoHash, tracker: string): string => `${infoHash} ${tracker}`;
