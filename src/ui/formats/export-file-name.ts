import { displayName } from './display-name.ts';

const MAX_CHARS = 100;
/** What some system does not allow in a file name. */
const FORBIDDEN = /[\\/:*?"<>|~%\ufffd]/gu;

/** Name of a file that something of a transfer is saved as: `Sintel.rivulet-ledger.csv`. */
export function exportFileName(name: string, what: string): string {
  const safe = Array.from(displayName(name).replace(FORBIDDEN, '_')).slice(0, MAX_CHARS).join('');
  return `${safe.replace(/^\.+|[. ]+$/gu, '') || 'transfer'}.rivulet-${what}`;
}
