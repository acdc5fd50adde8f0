import * as v from 'valibot';
import { type LogLine, lineFrom } from './log-line.ts';

/** Seconds, milliseconds or nanoseconds since 1970, or a date: what Logpush can be told to write. */
const TIME = v.union([v.string(), v.pipe(v.number(), v.finite(), v.minValue(0))]);
const LINE = v.object({
  ClientRequestMethod: v.optional(v.string(), 'GET'),
  ClientRequestURI: v.string(),
  EdgeResponseStatus: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999)),
  EdgeResponseBytes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  ClientIP: v.optional(v.string()),
  EdgeStartTimestamp: v.optional(TIME),
  EdgeEndTimestamp: v.optional(TIME),
});

/** Reads a line of Cloudflare's Logpush: one JSON object of the data set "HTTP requests". It does not say which part of a file was sent. */
export function readCloudflareLine(line: string): LogLine | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = v.safeParse(LINE, value);
  if (!parsed.success) return null;
  const { ClientRequestMethod, ClientRequestURI, EdgeResponseStatus, EdgeResponseBytes } = parsed.output;
  const time = parsed.output.EdgeEndTimestamp ?? parsed.output.EdgeStartTimestamp;
  const whence = { address: parsed.output.ClientIP };
  return lineFrom(
    millisecondsOf(time),
    ClientRequestMethod,
    ClientRequestURI,
    EdgeResponseStatus,
    EdgeResponseBytes,
    whence,
  );
}

function millisecondsOf(time: string | number | undefined): number {
  if (time === undefined) return Number.NaN;
  if (typeof time === 'string') return Date.parse(time);
  if (time > 1e16) return Math.floor(time / 1e6);
  return time > 1e11 ? Math.floor(time) : Math.floor(time * 1000);
}
