import { createHash } from 'node:crypto';
import type { EdgeEvent } from '../edge-event.ts';
import { type Islands, isWhole, withBytes } from './islands.ts';

/** Bytes of a published file that one answer brought to somebody. */
export type SentBytes = {
  readonly atMs: number;
  /** What limits go by: an IPv4 address, or the /64 of an IPv6 one. */
  readonly addressKey: string;
  readonly infoHash: string;
  readonly sizeBytes: number;
  readonly startByte: number;
  readonly bytes: number;
  /** Names the log line; null for what this edge sent itself. */
  readonly lineId: string | null;
};

/**
 * Finds downloads that are made of ranges: when the answers to one address within one day (UTC) together have every byte
 * of a file, somebody has it. Addresses of which the edge knows that their downloads are counted by another rule are left
 * out, for a download must never count twice. Nothing of it outlives the process.
 */
export type RangeDownloads = {
  /** An answer that was not the whole file by itself. */
  readonly sent: (answer: SentBytes) => void;
  /** Downloads of a file to this address are counted elsewhere today: it is in the swarm, or proved what it has. */
  readonly countedElsewhere: (addressKey: string, infoHash: string) => void;
  /** The downloads to be counted now, each once. `isEnd`: also those for which the edge would wait a little longer. */
  readonly due: (isEnd?: boolean) => EdgeEvent[];
};

export type RangeBounds = {
  /** Addresses and files that are followed at once; whoever was silent longest goes. */
  readonly followed: number;
  readonly islandsEach: number;
  /** Addresses and files that are left out on one day. When they are more, no ranges of that day count. */
  readonly elsewhere: number;
};

/** About 40 MB at worst. */
const BOUNDS: RangeBounds = { followed: 20_000, islandsEach: 64, elsewhere: 200_000 };
const DAY_MS = 86_400_000;
/** Logs of a CDN come up to a day late. */
const DAYS_BACK = 2;
/** Who is in the swarm announces itself while it downloads; who proves what it has does so a moment after the end. */
const WAIT_MS = 30_000;

/** What is remembered of one day. Its salt is as short-lived as the rest: names of two days cannot be compared. */
type Day = {
  readonly salt: Uint8Array;
  readonly followed: Map<string, Islands>;
  readonly elsewhere: Set<string>;
};
type Waiting = { readonly event: EdgeEvent; readonly day: Day; readonly name: string; readonly sinceMs: number };

/**
 * `random` gives so many bytes that nobody can guess. What was sent before now is left out: who was in the swarm then is
 * not known.
 */
export function createRangeDownloads(
  now: () => number,
  random: (bytes: number) => Uint8Array,
  bounds = BOUNDS,
): RangeDownloads {
  const days = new Map<number, Day>();
  // Logs have whole seconds.
  const sinceMs = Math.floor(now() / 1000) * 1000;
  let waiting: Waiting[] = [];

  const dayAt = (atMs: number): Day | null => {
    const today = Math.floor(now() / DAY_MS);
    for (const number of days.keys()) if (number < today - DAYS_BACK) days.delete(number);
    const number = Math.floor(atMs / DAY_MS);
    if (number > today || number < today - DAYS_BACK) return null;
    const day = days.get(number) ?? { salt: random(16), followed: new Map(), elsewhere: new Set() };
    days.set(number, day);
    return day;
  };

  const isLeftOut = ({ elsewhere }: Day, name: string) => elsewhere.size >= bounds.elsewhere || elsewhere.has(name);

  const follow = ({ followed }: Day, name: string, islands: Islands) => {
    followed.delete(name);
    followed.set(name, islands);
    const [oldest] = followed.keys();
    if (followed.size > bounds.followed && oldest !== undefined) followed.delete(oldest);
  };

  return {
    sent: ({ atMs, addressKey, infoHash, sizeBytes, startByte, bytes, lineId }) => {
      const day = atMs < sinceMs || bytes === 0 ? null : dayAt(atMs);
      if (day === null) return;
      const name = nameOf(day, addressKey, infoHash);
      if (isLeftOut(day, name)) return;
      const known = day.followed.get(name) ?? [];
      const islands = withBytes(known, startByte, startByte + bytes);
      if (!isWhole(islands, sizeBytes)) {
        return follow(day, name, islands.length / 2 > bounds.islandsEach ? known : islands);
      }
      day.followed.delete(name);
      const wholeId = lineId === null ? null : `${lineId} whole`;
      const event: EdgeEvent = { type: 'origin', atMs, infoHash, bytes: 0, whole: true, lineId: wholeId };
      if (waiting.length < bounds.followed) waiting.push({ event, day, name, sinceMs: now() });
    },
    countedElsewhere: (addressKey, infoHash) => {
      const atMs = now();
      dayAt(atMs);
      // Ranges from before midnight may be of the same download.
      for (const number of [0, 1].map((back) => Math.floor(atMs / DAY_MS) - back)) {
        const day = days.get(number);
        if (day === undefined || day.elsewhere.size >= bounds.elsewhere) continue;
        const name = nameOf(day, addressKey, infoHash);
        day.elsewhere.add(name);
        day.followed.delete(name);
      }
    },
    due: (isEnd = false) => {
      const isOver = ({ sinceMs: heldSinceMs }: Waiting) => isEnd || now() - heldSinceMs >= WAIT_MS;
      const over = waiting.filter(isOver);
      waiting = waiting.filter((held) => !isOver(held));
      return over.filter(({ day, name }) => !isLeftOut(day, name)).map(({ event }) => event);
    },
  };
}

/** Several edges share these records: who is in the swarm of one of them, the others do not know. */
export const NO_RANGE_DOWNLOADS: RangeDownloads = { sent: () => {}, countedElsewhere: () => {}, due: () => [] };

const nameOf = ({ salt }: Day, addressKey: string, infoHash: string): string =>
  createHash('sha256').update(salt).update(`${infoHash} ${addressKey}`).digest('base64').slice(0, 16);
