import type { FileIndex, InfoHash } from '../../model/ids.ts';
import { MAX_TORRENT_FILES } from '../../model/limits.ts';
import { type BencodeDictionary, type BencodeValue, isDictionary, isList, readBencode } from './bencode-reader.ts';
import { decodeText } from './decode-text.ts';
import { infoHashOfDigest } from './info-hash.ts';
import type { TorrentFile, TorrentInfo } from './torrent-description.ts';
import { TorrentError, unreadable } from './torrent-error.ts';
import { readWholeHashes } from './whole-hashes.ts';

/** SHA-1 of some bytes, 20 bytes long. */
export type Sha1 = (bytes: Uint8Array) => Promise<Uint8Array>;

const HASH_LENGTH_BYTES = 20;
/** Old torrents have lengths that are no power of two, so any length will do; BEP 3 only says that most are. */
const MIN_PIECE_LENGTH_BYTES = 1024;
/** A piece is held in memory until its hash is known. */
const MAX_PIECE_LENGTH_BYTES = 64 * 1024 * 1024;
const MAX_PIECES = 1_000_000;
/** 1 PiB is more than any disk holds, and sums of byte offsets stay far from 2^53. */
export const MAX_CONTENT_BYTES = 2 ** 50;
const MAX_PATH_PARTS = 64;
/** File systems take 255 at most; whatever is longer is no name. */
const MAX_NAME_LENGTH_BYTES = 4096;

/**
 * Reads an info dictionary as peers send it (BEP 9). Whether it is the wanted one is for the caller to see by
 * `infoHash`, which is the SHA-1 of all the bytes given.
 * @throws {TorrentError} `unreadable-torrent`, or `v2-only` for one without SHA-1 hashes (BEP 52).
 */
export async function readInfo(infoBytes: Uint8Array, sha1: Sha1): Promise<TorrentInfo> {
  const { value, endByte } = readBencode(infoBytes);
  if (!isDictionary(value)) throw unreadable('its info is not a dictionary');
  if (endByte !== infoBytes.length) throw unreadable('something follows its info');
  return describeInfo(value, infoBytes, infoHashOfDigest(await sha1(infoBytes)));
}

/**
 * Checks a parsed info dictionary and describes it. Nothing in it is trusted: lengths must add up within bounds, and
 * there must be one hash for each piece. A hybrid of versions 1 and 2 is read as version 1 (BEP 52, "Upgrade Path").
 * @throws {TorrentError} as `readInfo`.
 */
export function describeInfo(info: BencodeDictionary, infoBytes: Uint8Array, infoHash: InfoHash): TorrentInfo {
  const pieces = info.get('pieces')?.value;
  if (pieces === undefined && info.get('meta version')?.value === 2) throw new TorrentError({ code: 'v2-only' });
  if (!(pieces instanceof Uint8Array)) throw unreadable('it has no piece hashes');

  const pieceLengthBytes = info.get('piece length')?.value;
  if (!isLength(pieceLengthBytes) || pieceLengthBytes < MIN_PIECE_LENGTH_BYTES) throw unreadable('bad piece length');
  if (pieceLengthBytes > MAX_PIECE_LENGTH_BYTES) throw unreadable('its pieces are larger than 64 MiB');

  const name = readText(info, 'name') || infoHash;
  const list = info.get('files')?.value;
  const files = list === undefined ? [readSingleFile(info, name)] : readFileList(list);
  const last = files.at(-1);
  const lengthBytes = last === undefined ? 0 : last.startByte + last.lengthBytes;
  if (lengthBytes === 0) throw unreadable('it holds no data');

  const pieceCount = Math.ceil(lengthBytes / pieceLengthBytes);
  if (pieceCount > MAX_PIECES) throw unreadable(`it has more than ${MAX_PIECES} pieces`);
  if (pieces.length !== pieceCount * HASH_LENGTH_BYTES) {
    throw unreadable(`it has ${pieces.length} bytes of hashes for ${pieceCount} pieces`);
  }
  return {
    infoHash,
    name,
    pieceLengthBytes,
    lengthBytes,
    pieceCount,
    pieceHashes: pieces.slice(),
    files,
    isMultiFile: list !== undefined,
    isPrivate: info.get('private')?.value === 1,
    infoBytes,
  };
}

function readSingleFile(info: BencodeDictionary, name: string): TorrentFile {
  const lengthBytes = info.get('length')?.value;
  if (!isLength(lengthBytes)) throw unreadable('it has neither a length nor files');
  if (lengthBytes > MAX_CONTENT_BYTES) throw unreadable('it is too large');
  return { index: 0 as FileIndex, path: [name], lengthBytes, startByte: 0, isPadding: false, ...wholeHashesOf(info) };
}

function readFileList(list: BencodeValue): TorrentFile[] {
  if (!isList(list)) throw unreadable('its files are not a list');
  if (list.length > MAX_TORRENT_FILES) throw unreadable(`it has more than ${MAX_TORRENT_FILES} files`);
  let startByte = 0;
  return list.map((entry, index) => {
    if (!isDictionary(entry)) throw unreadable(`file ${index} is not described`);
    const attributes = entry.get('attr')?.value;
    const attributeText = attributes instanceof Uint8Array ? decodeText(attributes) : '';
    const isLink = attributeText.includes('l');
    // A link's length is not part of the torrent, whatever it says (BEP 47).
    const lengthBytes = isLink ? 0 : entry.get('length')?.value;
    if (!isLength(lengthBytes)) throw unreadable(`file ${index} has no length`);
    const isPadding = isLink || attributeText.includes('p');
    const path = readPath(entry) ?? (isPadding ? ['.pad', `${lengthBytes}`] : null);
    if (path === null) throw unreadable(`file ${index} has no name`);
    const hashes = wholeHashesOf(entry);
    const file = { index: index as FileIndex, path, lengthBytes, startByte, isPadding, ...hashes };
    startByte += lengthBytes;
    if (startByte > MAX_CONTENT_BYTES) throw unreadable('it is too large');
    return file;
  });
}

function wholeHashesOf(entry: BencodeDictionary): Pick<TorrentFile, 'wholeHashes'> {
  const wholeHashes = readWholeHashes(entry);
  return wholeHashes.length === 0 ? {} : { wholeHashes };
}

/** `path.utf-8` is what some clients add when `path` is in another encoding; it wins when it is there and is sound. */
function readPath(file: BencodeDictionary): readonly string[] | null {
  return toPath(file.get('path.utf-8')?.value) ?? toPath(file.get('path')?.value);
}

function toPath(value: BencodeValue | undefined): readonly string[] | null {
  if (!isList(value) || value.length === 0) return null;
  if (value.length > MAX_PATH_PARTS) throw unreadable(`a path has more than ${MAX_PATH_PARTS} parts`);
  const path: string[] = [];
  for (const part of value) {
    if (!(part instanceof Uint8Array)) return null;
    path.push(decodeName(part));
  }
  return path;
}

function readText(dictionary: BencodeDictionary, key: string): string {
  const utf8 = dictionary.get(`${key}.utf-8`)?.value;
  const value = utf8 instanceof Uint8Array && utf8.length > 0 ? utf8 : dictionary.get(key)?.value;
  return value instanceof Uint8Array ? decodeName(value) : '';
}

function decodeName(bytes: Uint8Array): string {
  if (bytes.length > MAX_NAME_LENGTH_BYTES) throw unreadable('a name is too long');
  return decodeText(bytes);
}

function isLength(value: BencodeValue | undefined): value is number {
  return typeof value === 'number' && value >= 0;
}
