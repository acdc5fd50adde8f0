import type { OriginUrl } from '../../model/ids.ts';
import type { SourceList } from './torrent-description.ts';

const MAX_TRACKERS = 64;
const MAX_ORIGINS = 64;
/** Longer ones are no addresses; servers refuse them (RFC 9110 §4.1 asks for 8000 octets). */
const MAX_URL_CHARS = 8000;

const TRACKER_SCHEMES: ReadonlySet<string> = new Set(['ws:', 'wss:', 'http:', 'https:', 'udp:']);
const BROWSER_TRACKER_SCHEMES: ReadonlySet<string> = new Set(['ws:', 'wss:']);
const HTTP_SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:']);

/**
 * Makes the source list of what a torrent or magnet names: other schemes, malformed and empty texts are left out, and
 * what is named twice is kept once. Pure; never throws.
 *
 * At most 64 trackers and 64 origins are kept, the first ones; but a tracker that a browser can reach (`ws`, `wss`) is
 * never pushed out by others, because a list of a hundred UDP trackers may hide the only useful one.
 */
export function makeSourceList(trackers: readonly string[], origins: readonly string[]): SourceList {
  const trackerByHref = new Map<string, { readonly text: string; readonly isForBrowser: boolean }>();
  for (const given of trackers) {
    const text = given.trim();
    const url = parseUrl(text);
    if (url === null || !TRACKER_SCHEMES.has(url.protocol) || url.hostname === '') continue;
    if (!trackerByHref.has(url.href)) {
      trackerByHref.set(url.href, { text, isForBrowser: BROWSER_TRACKER_SCHEMES.has(url.protocol) });
    }
  }
  const all = [...trackerByHref.values()];
  let otherSlots = Math.max(0, MAX_TRACKERS - all.filter((tracker) => tracker.isForBrowser).length);
  const kept = all.filter((tracker) => tracker.isForBrowser || otherSlots-- > 0).slice(0, MAX_TRACKERS);

  const originUrls = new Set<OriginUrl>();
  for (const given of origins) {
    const url = readHttpUrl(given);
    if (url !== null && originUrls.size < MAX_ORIGINS) originUrls.add(url as OriginUrl);
  }
  return { trackers: kept.map((tracker) => tracker.text), origins: [...originUrls] };
}

/**
 * The address in its normal form (WHATWG URL: spaces encoded, host in lower case, no fragment), or null when it is not
 * an http or https URL. Backslashes and missing slashes are mended as browsers mend them.
 */
export function readHttpUrl(given: string): string | null {
  const url = parseUrl(given.trim());
  if (url === null || !HTTP_SCHEMES.has(url.protocol)) return null;
  url.hash = '';
  return url.href;
}

function parseUrl(text: string): URL | null {
  return text === '' || text.length > MAX_URL_CHARS ? null : URL.canParse(text) ? new URL(text) : null;
}
