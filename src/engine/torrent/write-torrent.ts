import type { SourceList } from './torrent-description.ts';

const encoder = new TextEncoder();

/**
 * A .torrent file (BEP 3, 12, 19) around an info dictionary, which stays as it is to the byte: its hash is the torrent's
 * name. The members of the outer dictionary are few and in order, so they are written here.
 */
export function writeTorrent(infoBytes: Uint8Array, { trackers, origins }: SourceList): Uint8Array<ArrayBuffer> {
  const parts: (string | Uint8Array)[] = ['d'];
  const [first] = trackers;
  if (first !== undefined) parts.push(text('announce'), text(first));
  if (trackers.length > 1) {
    parts.push(text('announce-list'), 'l', ...trackers.map((tracker) => `l${text(tracker)}e`), 'e');
  }
  parts.push(text('info'), infoBytes);
  if (origins.length > 0) parts.push(text('url-list'), 'l', ...origins.map(text), 'e');
  parts.push('e');
  return joined(parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part)));
}

const text = (value: string): string => `${encoder.encode(value).length}:${value}`;

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
