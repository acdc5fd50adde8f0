import type { SourceList } from './torrent-description.ts';

export type MagnetContents = SourceList & {
  /** 40 hex digits. */
  readonly infoHash: string;
  readonly name: string;
  /** Null while it is not known. */
  readonly sizeBytes: number | null;
  /** Addresses of the .torrent. */
  readonly torrentUrls: readonly string[];
};

/**
 * A magnet link by which others find what this transfer found: its trackers, its origins (`ws`, BEP 19) and where its
 * .torrent is (`xs`), beside the info hash.
 * @see BEP 9.
 */
export function writeMagnet({ infoHash, name, sizeBytes, trackers, origins, torrentUrls }: MagnetContents): string {
  const parameters = [
    `xt=urn:btih:${infoHash}`,
    `dn=${encode(name)}`,
    ...(sizeBytes === null ? [] : [`xl=${sizeBytes}`]),
    ...trackers.map((tracker) => `tr=${encode(tracker)}`),
    ...origins.map((origin) => `ws=${encode(origin)}`),
    ...torrentUrls.map((url) => `xs=${encode(url)}`),
  ];
  return `magnet:?${parameters.join('&')}`;
}

/** Half a character, which `encodeURIComponent` throws on. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Also what `encodeURIComponent` leaves, so that no quote or bracket ends the link where somebody pastes it. */
const encode = (text: string): string =>
  encodeURIComponent(text.replace(LONE_SURROGATE, '\ufffd')).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
