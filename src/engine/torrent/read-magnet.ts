import { readInfoHash } from './info-hash.ts';
import { MAX_CONTENT_BYTES } from './read-info.ts';
import { readSelectedFiles } from './selected-files.ts';
import { makeSourceList, readHttpUrl } from './source-list.ts';
import type { MagnetLink } from './torrent-description.ts';
import { TorrentError } from './torrent-error.ts';

/** Links in the wild stay below 8 KiB. */
const MAX_LINK_CHARS = 65_536;
const MAX_TORRENT_URLS = 16;
const QUOTED_CHARS = 100;

/** `magnet:?`, and what hands make of it: no question mark, or slashes as of a web address. */
const MAGNET_PREFIX = /^magnet:(?:\/\/)?\/?\??/i;
/** The `&` of HTML, left in links that were copied from the source of a page, some of them twice. */
const HTML_AMPERSAND = /&(?:(?:amp|#38|#x26);)+/gi;
/** Where the `&` after the topic was lost, or another mark stands for it. */
const AFTER_TOPIC = /(urn:btih:(?:[0-9a-f]{40}|[a-z2-7]{32}))[?;,\s]*(?=(?:dn|tr|ws|xl|xs|as|so|xt|kt)(?:\.\d+)?=)/gi;
/** What editors and messengers leave in a hash: blanks, line breaks, soft hyphens, marks without width. */
const NO_DIGITS = /[\s\u00ad\u200b-\u200f\u2060\ufeff]/g;
/** The digits of BEP 9 and what follows them in links that libtorrent or magnet-uri take: a dot, a slash, a fragment. */
const V1_TOPIC = /^(?:urn:)?(?:btih:)?([0-9a-f]{40}|[a-z2-7]{32})(?![0-9a-z])/i;
const V2_TOPIC = /^urn:btmh:1220[0-9a-f]{64}$/i;

/**
 * Reads a magnet link (BEP 9, BEP 53). Keys may be in any case and carry a number (`tr.1`); the first sound
 * `xt=urn:btih:` counts, also without its `urn:` or `btih:`; peers (`x.pe`) and DHT nodes are ignored, because a browser cannot reach them.
 *
 * What others take, and hands and programs make of a link on its way, is taken too: see the table in
 * real-links.test.ts.
 *
 * Our own, because parse-torrent (magnet-uri 7) knows neither numbered nor upper-case keys, drops a value that contains
 * `=`, lets `decodeURIComponent` throw on a stray `%`, and makes an info hash of any 40 characters.
 * @throws {TorrentError} `bad-link` when it is no magnet or has no info hash, `v2-only` when it has only a SHA-256 one.
 */
export function readMagnet(text: string): MagnetLink {
  const link = text.trim();
  if (link.length > MAX_LINK_CHARS || !MAGNET_PREFIX.test(link)) throw badLink(text);
  const parameters = readParameters(mend(link.replace(MAGNET_PREFIX, '')));
  const valuesOf = (key: string) => parameters.filter((parameter) => parameter.key === key).map(({ value }) => value);

  const topics = valuesOf('xt').map((topic) => decodeAgain(topic, /^urn%3a/i).replace(NO_DIGITS, ''));
  const infoHash = topics.map(readTopic).find((hash) => hash !== null);
  if (infoHash === undefined || infoHash === null) {
    throw topics.some((topic) => V2_TOPIC.test(topic)) ? new TorrentError({ code: 'v2-only' }) : badLink(text);
  }

  const acceptable = valuesOf('as');
  const torrentUrls = [...valuesOf('xs'), ...acceptable.filter(isTorrentUrl)].flatMap((url) => readHttpUrl(url) ?? []);
  const lengthBytes = Number(valuesOf('xl').find((length) => /^\d{1,16}$/.test(length)) ?? Number.NaN);
  return {
    infoHash,
    name: valuesOf('dn').find((name) => name.trim() !== '') ?? null,
    lengthBytes: lengthBytes <= MAX_CONTENT_BYTES ? lengthBytes : null,
    sources: makeSourceList(valuesOf('tr'), [...valuesOf('ws'), ...acceptable.filter((url) => !isTorrentUrl(url))]),
    torrentUrls: [...new Set(torrentUrls)].slice(0, MAX_TORRENT_URLS),
    selectedFiles: readSelectedFiles(valuesOf('so').join(',')),
  };
}

/** The error for a link that means nothing to us. It quotes the beginning only. */
export function badLink(text: string): TorrentError {
  return new TorrentError({ code: 'bad-link', text: text.trim().slice(0, QUOTED_CHARS) });
}

function readParameters(query: string): { readonly key: string; readonly value: string }[] {
  return query.split('&').map((parameter) => {
    const equals = parameter.indexOf('=');
    const rawKey = equals < 0 ? parameter : parameter.slice(0, equals);
    const key = rawKey
      .trim()
      .toLowerCase()
      .replace(/\.\d*$/, '');
    const rawValue = equals < 0 ? '' : parameter.slice(equals + 1);
    // "+" is a blank in names only: info hashes have none, and URLs may need theirs.
    const value = decodePercents(key === 'dn' ? rawValue.replaceAll('+', ' ') : rawValue);
    return { key, value: decodeAgain(value, /^(?:wss?|https?|udp)%3a%2f%2f/i) };
  });
}

/** Separators that were lost on the way are put back. */
function mend(query: string): string {
  const plain = /^[^=&]*%3d/i.test(query) ? decodePercents(query) : query;
  return plain.replace(HTML_AMPERSAND, '&').replace(AFTER_TOPIC, '$1&');
}

/** Decodes once more what was encoded twice, as its beginning shows. */
const decodeAgain = (value: string, isEncoded: RegExp): string =>
  isEncoded.test(value) ? decodePercents(value) : value;

function readTopic(topic: string) {
  const digits = V1_TOPIC.exec(topic)?.[1];
  return digits === undefined ? null : readInfoHash(digits);
}

/** Decodes what can be decoded. A stray `%` stays, and bytes that are no UTF-8 become U+FFFD. */
function decodePercents(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    const bytes = Uint8Array.from(encoded.slice(1).split('%'), (hex) => Number.parseInt(hex, 16));
    return new TextDecoder().decode(bytes);
  });
}

/** Whether an address is that of a .torrent, or of a Metalink that may name one, rather than of the file itself. */
function isTorrentUrl(url: string): boolean {
  const href = readHttpUrl(url);
  return href !== null && /\.(?:torrent|meta4|metalink)$/i.test(new URL(href).pathname);
}
