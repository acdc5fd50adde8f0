import { hexDigits } from '../engine/torrent/whole-hashes.ts';
import { escapeMarkup } from './escape-markup.ts';
import type { Publication } from './publication.ts';

/** What `generator` says in every .meta4 of ours. */
export const GENERATOR = 'Rivulet';
/** Readers refuse documents of more than 1 MiB, and a hash takes 54 bytes. Beyond, the .torrent has the hashes. */
const MAX_PIECES = 10_000;
const SHA1_BYTES = 20;

/**
 * A .meta4: size, SHA-256, piece hashes (SHA-1, as in the .torrent, so that aria2 needs one list), the file's addresses
 * in order and that of the .torrent. No date: the same file makes the same bytes.
 * The .torrent comes last: a client that takes peers before servers hangs where there are none.
 * @see RFC 5854.
 */
export function writeMetalink(publication: Publication): string {
  const { file, name, url, mirrorUrls, torrentUrl } = publication;
  const urls = [url, ...mirrorUrls];
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<metalink xmlns="urn:ietf:params:xml:ns:metalink">',
    `  <generator>${GENERATOR}</generator>`,
    `  <file name="${escapeMarkup(name)}">`,
    `    <size>${file.sizeBytes}</size>`,
    `    <hash type="sha-256">${hexDigits(file.sha256)}</hash>`,
    ...pieceLines(publication),
    ...urls.map((address, index) => `    <url priority="${index + 1}">${escapeMarkup(address)}</url>`),
    `    <metaurl mediatype="torrent" priority="${urls.length + 1}">${escapeMarkup(torrentUrl)}</metaurl>`,
    '  </file>',
    '</metalink>',
  ];
  return `${lines.join('\n')}\n`;
}

function pieceLines({ file: { pieceHashes, pieceLengthBytes } }: Publication): string[] {
  const hashes: string[] = [];
  for (let at = 0; at < pieceHashes.length; at += SHA1_BYTES) {
    hashes.push(`      <hash>${hexDigits(pieceHashes.subarray(at, at + SHA1_BYTES))}</hash>`);
  }
  if (hashes.length > MAX_PIECES) return [];
  return [`    <pieces type="sha-1" length="${pieceLengthBytes}">`, ...hashes, '    </pieces>'];
}
