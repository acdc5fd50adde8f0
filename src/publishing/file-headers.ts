import { base64Of } from '../model/base64.ts';
import { METALINK_TYPE, TORRENT_TYPE } from './media-type.ts';
import type { Publication } from './publication.ts';

export type Header = { readonly name: string; readonly value: string };

/** The `Link` headers that lead from a file to its .torrent and its .meta4 (RFC 6249 section 3). */
export function describedByHeaders({ torrentUrl, metalinkUrl }: Publication): readonly Header[] {
  // `rel` stays without quotes: aria2 reads no other.
  return [
    { name: 'Link', value: `<${torrentUrl}>; rel=describedby; type="${TORRENT_TYPE}"` },
    { name: 'Link', value: `<${metalinkUrl}>; rel=describedby; type="${METALINK_TYPE}"` },
  ];
}

/** The `Link` headers that name mirrors (RFC 6249 section 2). The origin itself has the first place. */
export function duplicateHeaders({ mirrorUrls }: Publication): readonly Header[] {
  return mirrorUrls.map((url, index) => ({ name: 'Link', value: `<${url}>; rel=duplicate; pri=${index + 2}` }));
}

/** `Repr-Digest` with the SHA-256 of the whole file, also on a part of it (RFC 9530). */
export function digestHeader({ file: { sha256 } }: Publication): Header {
  return { name: 'Repr-Digest', value: `sha-256=:${base64Of(sha256)}:` };
}

/**
 * All headers of a file, each `Link` one of its own: aria2 ignores links that are joined by commas.
 * `Accept-Ranges` is none of them: a server that serves ranges says so itself, and one that does not must not be made to.
 */
export function fileHeaders(publication: Publication): readonly Header[] {
  return [...describedByHeaders(publication), ...duplicateHeaders(publication), digestHeader(publication)];
}
