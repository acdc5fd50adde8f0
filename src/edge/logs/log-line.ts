import { isIP } from 'node:net';

/** One answer that a web server or a CDN wrote down. */
export type LogLine = {
  readonly atMs: number;
  readonly method: string;
  /** As it was asked for: percent-encoded, perhaps with a query. */
  readonly target: string;
  readonly status: number;
  /** What was sent. Some CDNs count their headers too, which is what they bill. */
  readonly bytes: number;
  /** Who asked; null when the log does not say. It is kept nowhere. */
  readonly address: string | null;
  /** Where in the file the bytes begin; null when the log does not say. */
  readonly startByte: number | null;
};

/** What a line has besides what every line must have. */
export type Whence = { readonly address?: string | undefined; readonly startByte?: number | null };

/** Reads one line; null for one that is not understood. */
export type ReadLine = (line: string) => LogLine | null;

/** The first byte of a `Content-Range` (RFC 9110 §14.4) such as `bytes 0-99/1000`; null for anything else. */
export function firstByteOf(contentRange: string): number | null {
  const digits = /^bytes (\d{1,16})-\d{1,16}\/(?:\d{1,16}|\*)$/.exec(contentRange)?.[1];
  return digits === undefined ? null : byteCount(digits);
}

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
  { address, startByte = null }: Whence = {},
): LogLine | null {
  if (!Number.isSafeInteger(atMs) || atMs < 0 || atMs > LAST_MS) return null;
  if (method === undefined || target === undefined || status === null || bytes === null) return null;
  // What is not a part of a file begins at its begin.
  return {
    atMs,
    method,
    target,
    status,
    bytes,
    address: address !== undefined && isIP(address) !== 0 ? address : null,
    startByte: status === 206 ? startByte : 0,
  };
}

/** The end of 9999: later times are faults, and no database could keep them. */
const LAST_MS = 253_402_300_799_000;
