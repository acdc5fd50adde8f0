import type { OriginUrl } from '../../model/ids.ts';
import type { Decision } from '../schedule/plan-view.ts';
import { FLIGHT_VERSION, type FlightHeader, type Heard } from './flight-entry.ts';
import { LineRing } from './line-ring.ts';

const MAX_CHARS = 2_000_000;

/** Writes down what a download hears and decides. Times are milliseconds since 1970. */
export type FlightRecorder = {
  heard(atMs: number, entry: Heard): void;
  /** Decisions of one plan; none is no line. */
  decided(atMs: number, decisions: readonly Decision[]): void;
  /** The log: one JSON value a line, the header first; read it with `readFlightLog`. */
  text(): string;
};

/**
 * Begins a flight log. It holds at most about `maxChars` characters: the oldest entries make room, the header stays.
 * Logs are made to be shown to others: an origin's address is written without login and query, which may be secrets.
 */
export function recordFlight(header: FlightHeader, maxChars = MAX_CHARS): FlightRecorder {
  const nameOf = originNames();
  const origins = header.origins.map(nameOf);
  const firstLine = JSON.stringify({ flight: FLIGHT_VERSION, ...header, origins });
  const lines = new LineRing(maxChars);
  const renamed = withNames(nameOf);
  const write = (atMs: number, entry: object, namesOrigins: boolean) => {
    const timed = { at: Math.max(atMs - header.startedAtMs, 0), ...entry };
    // A replacer makes this several times slower, and most lines are blocks of peers.
    lines.push(namesOrigins ? JSON.stringify(timed, renamed) : JSON.stringify(timed));
  };
  return {
    heard: (atMs, entry) =>
      write(atMs, { heard: withoutReason(entry) }, entry.type === 'store' || entry.type === 'origins-added'),
    decided: (atMs, decisions) => {
      const namesOrigins = decisions.some((decision) => 'origin' in decision);
      if (decisions.length > 0) write(atMs, { decided: decisions }, namesOrigins);
    },
    text: () => {
      const dropped = lines.dropped === 0 ? [] : [JSON.stringify({ dropped: lines.dropped })];
      return `${[firstLine, ...dropped, ...lines.all()].join('\n')}\n`;
    },
  };
}

/** What the disk said when it failed may hold a path. */
function withoutReason(entry: Heard): Heard {
  if (entry.type !== 'store' || entry.event.type !== 'failed') return entry;
  return { type: 'store', event: { type: 'failed', failure: { code: entry.event.failure.code } } };
}

const withNames =
  (nameOf: (origin: OriginUrl) => OriginUrl) =>
  (member: string, value: unknown): unknown =>
    member === 'origin'
      ? nameOf(value as OriginUrl)
      : member === 'mirrors' || member === 'origins'
        ? (value as OriginUrl[]).map(nameOf)
        : value;

/** One name for each origin, the same throughout a log: two that differ only in secrets stay two. */
function originNames(): (origin: OriginUrl) => OriginUrl {
  const names = new Map<OriginUrl, OriginUrl>();
  const taken = new Set<string>();
  return (origin) => {
    const known = names.get(origin);
    if (known !== undefined) return known;
    const { protocol, host, pathname } = new URL(origin);
    const plain = `${protocol}//${host}${pathname}`;
    const name = taken.has(plain) ? `${plain}#${names.size}` : plain;
    names.set(origin, name as OriginUrl);
    taken.add(name);
    return name as OriginUrl;
  };
}
