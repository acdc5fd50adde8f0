import { displayName } from './display-name.ts';

const MAX_CHARS = 100;
/** What some system does not allow in a file name. */
const FORBIDDEN = /[\\/:*?"<>|\ufffd]/gu;

/** Name of the file that the log of a transfer is saved as: the transfer's own, made safe for every system. */
export function logFileName(name: string): string {
  const safe = Array.from(displayName(name).replace(FORBIDDEN, '_')).slice(0, MAX_CHARS).join('');
  return `${safe.replace(/^\.+|[. ]+$/gu, '') || 'transfer'}.rivulet-log.jsonl`;
}
