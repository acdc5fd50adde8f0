import type { Publication } from './publication.ts';
import { encodeStrictly } from './published-urls.ts';

/**
 * A magnet link that works also where nobody shares yet: it names the .torrent (`xs`) and the file's own addresses (`ws`)
 * beside the trackers.
 * @see BEP 9, BEP 19 (`ws`).
 */
export function writeMagnet({ infoHash, name, file, trackers, url, mirrorUrls, torrentUrl }: Publication): string {
  const parameters = [
    `xt=urn:btih:${infoHash}`,
    `dn=${encodeStrictly(name)}`,
    `xl=${file.sizeBytes}`,
    ...trackers.map((tracker) => `tr=${encodeStrictly(tracker)}`),
    ...[url, ...mirrorUrls].map((address) => `ws=${encodeStrictly(address)}`),
    `xs=${encodeStrictly(torrentUrl)}`,
  ];
  return `magnet:?${parameters.join('&')}`;
}
