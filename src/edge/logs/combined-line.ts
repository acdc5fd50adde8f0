import { byteCount, firstByteOf, httpStatus, type LogLine, lineFrom } from './log-line.ts';

/**
 * `address - user [22/Nov/2026:11:50:00 +0100] "GET /path HTTP/1.1" 200 1234 …`: what nginx calls "combined", and what
 * Apache, Caddy and others write too (https://nginx.org/en/docs/http/ngx_http_log_module.html). What follows the bytes may
 * be anything; a value in quotes that is a `Content-Range` says which part of the file was sent.
 */
const LINE =
  /^(\S+) \S+ [^[\]]* ?\[(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})\] "([A-Z]{1,20}) ([^ "]+)(?: [^ "]*)?" (\d{3}) (\d+|-)(?: |$)/;
/** The last one of a line: what clients call themselves stands before it. */
const CONTENT_RANGE = /^.*"(bytes \d{1,16}-\d{1,16}\/[\d*]{1,16})"/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function readCombinedLine(line: string): LogLine | null {
  const parts = LINE.exec(line);
  if (parts === null) return null;
  const [, address, day, month = '', year, hour, minute, second, sign, zoneHours, zoneMinutes, method, target] = parts;
  const local = Date.UTC(
    ...([Number(year), MONTHS.indexOf(month), Number(day)] as [number, number, number]),
    ...[Number(hour), Number(minute), Number(second)],
  );
  const zoneMs = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000 * (sign === '-' ? -1 : 1);
  const atMs = MONTHS.includes(month) ? local - zoneMs : Number.NaN;
  const startByte = firstByteOf(CONTENT_RANGE.exec(line.slice(parts[0].length))?.[1] ?? '');
  const [status, bytes] = [httpStatus(parts[13] ?? ''), byteCount(parts[14] ?? '')];
  return lineFrom(atMs, method, target, status, bytes, { address, startByte });
}
