import { readInfoHash } from './info-hash.ts';
import { badLink, readMagnet } from './read-magnet.ts';
import { readHttpUrl } from './source-list.ts';
import type { MagnetLink } from './torrent-description.ts';

/** What a user or a page can hand to us as text. A bare info hash is a magnet link without sources. */
export type Link =
  | { readonly kind: 'magnet'; readonly magnet: MagnetLink }
  | { readonly kind: 'info-hash'; readonly magnet: MagnetLink }
  | { readonly kind: 'torrent-url'; readonly url: string };

/**
 * Reads a magnet link, a bare info hash (40 hex or 32 base32 digits, also in groups or after its name) or the http(s)
 * address of a .torrent, with blanks or quotes around it. Any http(s) address will do: many .torrent files are served by a
 * script without a suffix.
 * @throws {TorrentError} `bad-link` for anything else, `v2-only` for a magnet that names no SHA-1 info hash.
 */
export function readLink(text: string): Link {
  const trimmed = unwrapped(text);
  if (/^magnet:/i.test(trimmed)) return { kind: 'magnet', magnet: readMagnet(trimmed) };
  const infoHash = readInfoHash(digitsOf(trimmed));
  if (infoHash !== null) return { kind: 'info-hash', magnet: readMagnet(`magnet:?xt=urn:btih:${infoHash}`) };
  const url = /^https?:/i.test(trimmed) ? readHttpUrl(trimmed) : null;
  if (url === null) throw badLink(text);
  return { kind: 'torrent-url', url };
}

/** A link without what stands around it in mails and chats: blanks, marks without width, quotes, angle brackets. */
function unwrapped(text: string): string {
  const bare = text.replace(/^[\s\u200b-\u200f\u2060\ufeff]+|[\s\u200b-\u200f\u2060\ufeff]+$/g, '');
  const quoted = /^(?:"(.*)"|'(.*)'|<(?:URL:)?(.*)>|`(.*)`|“(.*)”|„(.*)“|«(.*)»)$/s.exec(bare);
  return (quoted?.slice(1).find((inner) => inner !== undefined) ?? bare).trim();
}

/** The digits of an info hash: after its name, if it has one, and not in groups. */
function digitsOf(text: string): string {
  const bare = text.replace(/^(?:(?:urn:)?btih:|info[ _-]?hash\s*[:=]?)\s*/i, '');
  return /^[0-9a-f]{2,8}(?:[ :-][0-9a-f]{2,8})+$/i.test(bare) ? bare.replace(/[ :-]/g, '') : bare;
}
