import { type BencodeValue, isDictionary, isList, readBencode } from './bencode-reader.ts';
import { decodeText } from './decode-text.ts';
import { infoHashOfDigest } from './info-hash.ts';
import { describeInfo, type Sha1 } from './read-info.ts';
import { makeSourceList } from './source-list.ts';
import type { MetaInfo } from './torrent-description.ts';
import { unreadable } from './torrent-error.ts';

/** A million pieces need 20 MB of hashes. */
export const MAX_TORRENT_LENGTH_BYTES = 32 * 1024 * 1024;

const BYTE_D = 0x64;
const BYTE_LESS_THAN = 0x3c;
const GZIP_MAGIC = [0x1f, 0x8b];
const UTF8_BOM = [0xef, 0xbb, 0xbf];

/**
 * Reads a .torrent file (BEP 3) with its trackers (BEP 12) and origins (BEP 19). The info hash is that of the bytes as
 * they came. Bytes after the end are ignored, as they are by other clients.
 * @throws {TorrentError} `unreadable-torrent` with what is wrong, or `v2-only` (BEP 52).
 */
export async function readTorrent(bytes: Uint8Array, sha1: Sha1): Promise<MetaInfo> {
  refuseOtherFiles(bytes);
  const root = readBencode(bytes).value;
  const info = isDictionary(root) ? root.get('info') : undefined;
  if (!isDictionary(root) || info === undefined) throw unreadable('it has no info');
  if (!isDictionary(info.value)) throw unreadable('its info is not a dictionary');
  const infoBytes = bytes.slice(info.startByte, info.endByte);
  const infoHash = infoHashOfDigest(await sha1(infoBytes));
  return {
    info: describeInfo(info.value, infoBytes, infoHash),
    sources: makeSourceList(
      [...textsIn(root.get('announce-list')?.value), ...textsIn(root.get('announce')?.value)],
      textsIn(root.get('url-list')?.value),
    ),
  };
}

/** Names what people really drop or fetch instead of a .torrent. */
function refuseOtherFiles(bytes: Uint8Array): void {
  if (bytes.length === 0) throw unreadable('the file is empty');
  if (bytes.length > MAX_TORRENT_LENGTH_BYTES) throw unreadable('the file is larger than 32 MiB');
  if (GZIP_MAGIC.every((byte, at) => bytes[at] === byte)) throw unreadable('the file is compressed');
  const start = UTF8_BOM.every((byte, at) => bytes[at] === byte) ? UTF8_BOM.length : 0;
  const first = bytes.subarray(start, start + 1024).find((byte) => byte > 0x20);
  if (first === BYTE_LESS_THAN) throw unreadable('it is a web page, not a .torrent file');
  if (bytes[0] !== BYTE_D) throw unreadable('it is not a .torrent file');
}

/** All strings of a value: one, a list, or a list of lists, for all three are met under all three keys. */
function textsIn(value: BencodeValue | undefined): string[] {
  if (value instanceof Uint8Array) return [decodeText(value)];
  if (!isList(value)) return [];
  return value
    .flatMap((item) => (isList(item) ? item : [item]))
    .flatMap((item) => (item instanceof Uint8Array ? [decodeText(item)] : []));
}
