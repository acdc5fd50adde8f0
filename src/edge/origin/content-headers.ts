import { basename } from 'node:path';
import type { Publication } from '../catalogue/read-folder.ts';

/** Headers of an answer; several values are several lines. */
export type Headers = Readonly<Record<string, string | readonly string[]>>;

const EXPOSED = [
  'Accept-Ranges',
  'Content-Length',
  'Content-Range',
  'ETag',
  'Last-Modified',
  'Link',
  'Repr-Digest',
  'Retry-After',
];

/** Every page may read what is published, with its ranges and links. No page learns who is signed in here: no credentials. */
export const OPEN_TO_PAGES: Headers = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': EXPOSED.join(', '),
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Timing-Allow-Origin': '*',
  'X-Content-Type-Options': 'nosniff',
};

/** What a page must be told before it may ask for a range (Fetch standard, CORS preflight). */
export const PREFLIGHT: Headers = {
  ...OPEN_TO_PAGES,
  'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
  'Access-Control-Allow-Headers': 'Range, If-Range, If-None-Match, If-Modified-Since',
  'Access-Control-Max-Age': '86400',
};

/**
 * What the .torrent beside a file lets its origin say of it: where torrent, Metalink and mirrors are (RFC 6249), and, if
 * the torrent gives the SHA-256, a strong ETag that is the same on every machine (RFC 9110 §8.8.3) and `Repr-Digest`
 * (RFC 9530). `host` is the request's; addresses of the same host are no mirrors.
 *
 * One `Link` a line and `rel` without quotes, because aria2 ignores all others.
 */
export function contentHeaders({ sha256, origins, torrentPath, metalinkPath }: Publication, host: string): Headers {
  const beside = (path: string) => encodeURIComponent(basename(path));
  const links = [`<${beside(torrentPath)}>; rel=describedby; type="application/x-bittorrent"`];
  if (metalinkPath !== null) links.push(`<${beside(metalinkPath)}>; rel=describedby; type="application/metalink4+xml"`);
  const mirrors = origins.filter((url) => new URL(url).host !== host);
  for (const [index, url] of mirrors.entries()) links.push(`<${url}>; rel=duplicate; pri=${index + 2}`);
  if (sha256 === null) return { Link: links };
  const digest = Buffer.from(sha256, 'hex').toString('base64');
  return { Link: links, ETag: `"${sha256}"`, 'Repr-Digest': `sha-256=:${digest}:` };
}

/** Documents in which a browser would run scripts or styles. What has another ending is never taken for one: `nosniff`. */
const ACTIVE = /\.(?:[xs]?html?|xht|mht|mhtml|xml|xslt?|svgz?|rdf|rss|atom)$/i;

/**
 * Documents that run scripts get an origin of their own: a file of the folder must not act in the name of the publisher
 * who is signed in on the same host.
 */
export function headersForPath(localPath: string): Headers {
  return ACTIVE.test(localPath)
    ? { 'Content-Security-Policy': 'sandbox allow-scripts allow-popups allow-downloads' }
    : {};
}
