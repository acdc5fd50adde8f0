import { byteCount, httpStatus, type LogLine, lineFrom } from './log-line.ts';

/**
 * `address - user [22/Nov/2026:11:50:00 +0100] "GET /path HTTP/1.1" 200 1234 …`: what nginx calls "combined", and what
 * Apache, Caddy and others write too (https://nginx.org/en/docs/http/ngx_http_log_module.html). What follows the bytes may
 * be anything.
 */
const LINE =
  /^\S+ \S+ [^[\]]* ?\[(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})\] "([A-Z]{1,20}) ([^ "]+)(?: [^ "]*)?" (\d{3}) (\d+|-)(?: |$)/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function readCombinedLine(line: string): LogLine | null {
  const parts = LINE.exec(line);
  if (parts === null) return null;
  const [, day, month = '', year, hour, minute, second, sign, zoneHours, zoneMinutes, method, target] = parts;
  const local = Date.UTC(
    ...([Number(year), MONTHS.indexOf(month), Number(day)] as [number, number, number]),
    ...[Number(hour), Number(minute), Number(second)],
  );
  const zoneMs = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000 * (sign === '-' ? -1 : 1);
  const atMs = MONTHS.includes(month) ? local - zoneMs : Number.NaN;
  return lineFrom(atMs, method, target, httpStatus(parts[12] ?? ''), byteCount(parts[13] ?? ''));
}
