import type { TrackerRow } from '../../model/transfer-details.ts';
import type { Scraped } from '../scrape/scrapes.ts';
import type { TrackerStatus } from '../swarm/swarm.ts';

export type TrackerFacts = {
  /** All that the transfer names. */
  readonly urls: readonly string[];
  /** Those that are used now, for WebSocket trackers. */
  readonly used: readonly TrackerStatus[];
  readonly isInSwarm: boolean;
  /** What HTTP trackers have counted; null for one that was not asked. */
  readonly scrapeOf: (url: string) => Scraped | null;
  /** Trackers that the user has added to all torrents. */
  readonly added: readonly string[];
};

/** All trackers of a transfer, in their order, also those that a browser cannot speak to. Pure. */
export function trackerRows({ urls, used, isInSwarm, scrapeOf, added }: TrackerFacts): TrackerRow[] {
  return [...new Set(urls)].map((url) => {
    const row = { url, kind: kindOf(url), isAdded: added.includes(url) };
    if (row.kind === 'websocket')
      return {
        ...row,
        ...ofSocket(
          used.find((status) => status.url === url),
          isInSwarm,
        ),
      };
    return { ...row, ...(row.kind === 'http' ? ofScrape(scrapeOf(url)) : NEVER_ASKED) };
  });
}

export function kindOf(url: string): TrackerRow['kind'] {
  if (/^wss?:/i.test(url)) return 'websocket';
  if (/^https?:/i.test(url)) return 'http';
  return /^udp:/i.test(url) ? 'udp' : 'other';
}

type Said = Pick<TrackerRow, 'state' | 'seeds' | 'peers' | 'lastAnswerAtMs' | 'lastError'>;

const NEVER_ASKED: Said = {
  state: 'not-in-browsers',
  seeds: null,
  peers: null,
  lastAnswerAtMs: null,
  lastError: null,
};

function ofSocket(status: TrackerStatus | undefined, isInSwarm: boolean): Said {
  if (status === undefined) return { ...NEVER_ASKED, state: isInSwarm ? 'spare' : 'off' };
  const { state, seeds, peers, answeredAtMs, error } = status;
  // One that refuses answers, but is of no use.
  const isRefusing = error?.code === 'said';
  return { state: isRefusing ? 'failing' : state, seeds, peers, lastAnswerAtMs: answeredAtMs, lastError: error };
}

function ofScrape(scraped: Scraped | null): Said {
  if (scraped === null) return NEVER_ASKED;
  const { counts, answeredAtMs, error } = scraped;
  return {
    state: counts === null ? 'not-in-browsers' : 'counts-only',
    seeds: counts?.seeds ?? null,
    peers: counts?.peers ?? null,
    lastAnswerAtMs: answeredAtMs,
    lastError: error,
  };
}
