/** One answer that a web server or a CDN wrote down. */
export type LogLine = {
  readonly atMs: number;
  readonly method: string;
  /** As it was asked for: percent-encoded, perhaps with a query. */
  readonly target: string;
  readonly status: number;
  /** What was sent. Some CDNs count their headers too, which is what they bill. */
  readonly bytes: number;
};

/** Reads one line; null for one that is not understood. */
export type ReadLine = (line: string) => LogLine | null;

/** A number of bytes as logs write it: digits, or `-` for none. Null for anything else. */
export function byteCount(text: string): number | null {
  if (text === '-') return 0;
  const bytes = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** A status of HTTP; null for anything else. CDNs write `000` for who left before the answer. */
export function httpStatus(text: string): number | null {
  return /^\d{3}$/.test(text) ? Number(text) : null;
}

/** A line, when all its parts were understood. */
export function lineFrom(
  atMs: number,
  method: string | undefined,
  target: string | undefined,
  status: number | null,
  bytes: number | null,
): LogLine | null {
  if (!Number.isSafeInteger(atMs) || atMs < 0 || atMs > LAST_MS) return null;
  if (method === undefined || target === undefined || status === null || bytes === null) return null;
  return { atMs, method, target, status, bytes };
}

/** The end of 9999: later times are faults, and no database could keep them. */
const LAST_MS = 253_402_300_799_000;
