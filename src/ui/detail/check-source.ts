import { MAX_LINK_CHARS } from '../../model/limits.ts';

/** What the user typed to add, as trackers and origins; or which text cannot be one, and why. */
export type CheckedSources =
  | { readonly ok: true; readonly trackers: readonly string[]; readonly origins: readonly string[] }
  | { readonly ok: false; readonly reason: SourceRefusal; readonly text: string };

/**
 * `no-address`: not an address at all. `not-in-browsers`: a tracker whose protocol no browser speaks. `has-login`: an
 * address with a name and password in it, which would be sent to strangers.
 */
export type SourceRefusal = 'empty' | 'no-address' | 'not-in-browsers' | 'has-login' | 'too-long';

/**
 * Reads addresses, one or several with blanks between them. `ws:` and `wss:` are trackers, `http:` and `https:` origins
 * (BEP 19), unless they end as trackers do (BEP 3: `/announce`).
 */
export function checkSources(text: string): CheckedSources {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  if (words.length === 0) return { ok: false, reason: 'empty', text: '' };
  const trackers: string[] = [];
  const origins: string[] = [];
  for (const word of words) {
    const checked = checkOne(word);
    if ('reason' in checked) return { ok: false, reason: checked.reason, text: word };
    (checked.is === 'tracker' ? trackers : origins).push(word);
  }
  return { ok: true, trackers, origins };
}

function checkOne(word: string): { readonly is: 'tracker' | 'origin' } | { readonly reason: SourceRefusal } {
  if (word.length > MAX_LINK_CHARS) return { reason: 'too-long' };
  const url = URL.canParse(word) ? new URL(word) : null;
  if (url === null || url.hostname === '') return { reason: 'no-address' };
  if (url.username !== '' || url.password !== '') return { reason: 'has-login' };
  switch (url.protocol) {
    case 'ws:':
    case 'wss:':
      return { is: 'tracker' };
    case 'udp:':
      return { reason: 'not-in-browsers' };
    case 'http:':
    case 'https:':
      return /\/announce(?:\.php)?\/?$/iu.test(url.pathname) ? { reason: 'not-in-browsers' } : { is: 'origin' };
    default:
      return { reason: 'no-address' };
  }
}
