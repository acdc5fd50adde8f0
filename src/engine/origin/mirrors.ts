import type { OriginUrl } from '../../model/ids.ts';
import { readLinks, type WebLink } from '../../model/read-links.ts';
import { leadsInward } from './private-host.ts';
import type { SpanAnswer } from './stream-span.ts';

/** What one origin may name: a list of hundreds would make a download a flood. */
export const MAX_MIRRORS = 16;
const LAST_PRIORITY = 999_999;

/**
 * The addresses at which an origin says that the same file can be had (`rel=duplicate`), the preferred first, at most
 * 16, each once. Nothing vouches for them: their bytes are good only under the hashes of pieces. http and https only,
 * and nothing on a local network when the origin is on the public web.
 *
 * An answer that came by a redirect to another host is a mirror's, and mirrors are not asked for mirrors. What the
 * redirect itself named is heard of in another way (transfer/links-of-redirect.ts).
 * @see RFC 6249 sections 3 and 6.
 */
export function mirrorsOf(origin: OriginUrl, answer: Pick<SpanAnswer, 'url' | 'link'>): OriginUrl[] {
  if (answer.link === null || new URL(answer.url).host !== new URL(origin).host) return [];
  const duplicates = readLinks(answer.link, answer.url)
    .filter(({ rels, href }) => rels.includes('duplicate') && /^https?:/.test(href) && !leadsInward(origin, href))
    .sort((a, b) => priorityOf(a) - priorityOf(b));
  const addresses = new Set(duplicates.map(({ href }) => href));
  addresses.delete(origin);
  addresses.delete(answer.url);
  return [...addresses].slice(0, MAX_MIRRORS) as OriginUrl[];
}

/** `pri` is 1 to 999999, lower first; anything else is as if it were not there. */
export function priorityOf({ parameters }: Pick<WebLink, 'parameters'>): number {
  const text = parameters.get('pri') ?? '';
  const priority = /^\d{1,6}$/.test(text) ? Number(text) : LAST_PRIORITY;
  return priority === 0 ? LAST_PRIORITY : priority;
}
