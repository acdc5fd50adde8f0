import { byteCount, httpStatus, lineFrom, type ReadLine } from './log-line.ts';

const NEEDED = ['date', 'time', 'cs-method', 'cs-uri-stem', 'sc-status', 'sc-bytes'] as const;
/** Who asked, and where the part begins that was sent: not needed, and in every standard log. */
const MORE = ['c-ip', 'sc-range-start'] as const;

/**
 * Reads CloudFront's standard log: values between tabs, named by a line `#Fields:` (W3C extended log format;
 * "Standard logging reference" of Amazon CloudFront). `sc-bytes` has the headers in it, and is what is billed.
 * Null when the fields that are needed are not among the names.
 */
export function cloudfrontReader(fieldsLine: string): ReadLine | null {
  const names = fieldsLine
    .replace(/^#Fields:/, '')
    .trim()
    .split(/\s+/);
  const [date, time, method, stem, status, bytes] = NEEDED.map((name) => names.indexOf(name));
  const [address, start] = MORE.map((name) => names.indexOf(name));
  if (NEEDED.some((name) => !names.includes(name))) return null;
  return (line) => {
    const values = line.split('\t');
    const value = (at: number | undefined): string => values[at ?? -1] ?? '';
    const atMs = Date.parse(`${value(date)}T${value(time)}Z`);
    const whence = { address: value(address), startByte: /^\d/.test(value(start)) ? byteCount(value(start)) : null };
    return lineFrom(atMs, value(method), value(stem), httpStatus(value(status)), byteCount(value(bytes)), whence);
  };
}
