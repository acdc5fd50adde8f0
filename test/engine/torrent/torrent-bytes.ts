import { createHash } from 'node:crypto';
import bencode from 'bencode';
import type { TorrentFile } from '../../../src/engine/torrent/torrent-description.ts';
import type { FileIndex } from '../../../src/model/ids.ts';

/** SHA-1 as the readers take it, from Node. */
export const sha1 = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(createHash('sha1').update(bytes).digest());

export const sha1Hex = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

export const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Hashes for some pieces; the readers check their number only. */
export const hashes = (pieces: number): Uint8Array => new Uint8Array(pieces * 20).fill(7);

/** The info of a single-file torrent of 40 KiB in three pieces, with changes laid over it. `undefined` leaves out. */
export function infoWith(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { name: 'film.mkv', 'piece length': 16_384, length: 40_960, pieces: hashes(3), ...changes };
}

/** The same for several files: 40 KiB in all, unless changed. */
export function folderWith(files: unknown, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return infoWith({ name: 'folder', length: undefined, files, ...changes });
}

/** Bytes of a .torrent, by an encoder that is not ours. */
export function torrentBytes(info: unknown, outer: Record<string, unknown> = {}): Uint8Array {
  return new Uint8Array(bencode.encode({ info, ...outer }));
}

/** Files end to end from paths and lengths; a path that begins with `.pad` is padding. */
export function filesOf(list: readonly (readonly [path: string, lengthBytes: number])[]): TorrentFile[] {
  let startByte = 0;
  return list.map(([path, lengthBytes], index) => {
    const file = {
      index: index as FileIndex,
      path: path.split('/'),
      lengthBytes,
      startByte,
      isPadding: path.startsWith('.pad'),
    };
    startByte += lengthBytes;
    return file;
  });
}
