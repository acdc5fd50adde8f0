import { createHash } from 'node:crypto';
import bencode from 'bencode';
import { type MagnetOptions, magnetOf } from './make-magnet.ts';

export type TorrentFileInput = {
  readonly path: readonly string[];
  readonly bytes: Uint8Array;
  /** Laid over the file's entry as it is. */
  readonly extra?: Readonly<Record<string, unknown>>;
};
export type TorrentInput = {
  readonly name: string;
  /** Bare bytes make a single-file torrent called `name`; a list makes a folder called `name`. */
  readonly content: Uint8Array | readonly TorrentFileInput[];
  readonly pieceLengthBytes: number;
  readonly announce?: readonly string[];
  /** BEP 19 web seeds. */
  readonly urlList?: readonly string[];
  /** BEP 27. */
  readonly isPrivate?: boolean;
  /** BEP 47: padding files make each file begin with a piece. */
  readonly padsFiles?: boolean;
  /** Laid over the info dictionary and the outer one as they are: the way to write a malformed torrent. */
  readonly extraInfo?: Readonly<Record<string, unknown>>;
  readonly extraFields?: Readonly<Record<string, unknown>>;
};
export type MadeTorrent = {
  readonly name: string;
  /** The .torrent file. */
  readonly torrentBytes: Uint8Array;
  readonly infoHash: string;
  readonly pieceLengthBytes: number;
  readonly pieceCount: number;
  /** All files end to end, padding included: what the pieces are cut from. Of a virtual file, what it repeats. */
  readonly payload: Uint8Array;
  readonly magnet: (options?: MagnetOptions) => string;
};

type ListedFile = TorrentFileInput & { readonly isPadding: boolean };

/**
 * Makes a version 1 torrent from bytes in memory. Names and paths are written exactly as given, hostile ones too.
 * The dictionary is built here because create-torrent 6.1.3 cleans names and hashes the last piece wrongly when an
 * in-memory file is empty.
 * @see BEP 3, BEP 12 (announce-list), BEP 19 (url-list), BEP 27 (private), BEP 47 (attr).
 */
export function makeTorrent(input: TorrentInput): MadeTorrent {
  const { name, content, pieceLengthBytes, announce = [], urlList = [] } = input;
  const files = content instanceof Uint8Array ? null : listFiles(content, input);
  const payload = files === null ? (content as Uint8Array) : Buffer.concat(files.map((file) => file.bytes));
  const pieces = hashPieces(payload, pieceLengthBytes);
  const info = {
    name,
    'piece length': pieceLengthBytes,
    pieces,
    ...(files === null ? { length: payload.length } : { files: files.map(describeFile) }),
    ...(input.isPrivate ? { private: 1 } : {}),
    ...input.extraInfo,
  };
  const torrentBytes = bencode.encode({
    info,
    ...(announce.length > 0 ? { announce: announce[0], 'announce-list': announce.map((url) => [url]) } : {}),
    ...(urlList.length > 0 ? { 'url-list': urlList } : {}),
    ...input.extraFields,
  });
  const infoHash = sha1(bencode.encode(info)).toString('hex');
  const magnet = (options: MagnetOptions = {}) => magnetOf(infoHash, { name, trackers: announce, ...options });
  return { name, torrentBytes, infoHash, pieceLengthBytes, pieceCount: pieces.length / 20, payload, magnet };
}

function listFiles(content: readonly TorrentFileInput[], { padsFiles, pieceLengthBytes }: TorrentInput): ListedFile[] {
  return content.flatMap((file, index) => {
    const gapBytes = (pieceLengthBytes - (file.bytes.length % pieceLengthBytes)) % pieceLengthBytes;
    const listed: ListedFile = { ...file, isPadding: false };
    if (!padsFiles || gapBytes === 0 || index === content.length - 1) return [listed];
    return [listed, { path: ['.pad', String(gapBytes)], bytes: new Uint8Array(gapBytes), isPadding: true }];
  });
}

const describeFile = ({ path, bytes, isPadding, extra }: ListedFile) => ({
  path,
  length: bytes.length,
  ...(isPadding ? { attr: 'p' } : {}),
  ...extra,
});

function hashPieces(payload: Uint8Array, pieceLengthBytes: number): Buffer {
  const hashes: Buffer[] = [];
  for (let startByte = 0; startByte < payload.length; startByte += pieceLengthBytes) {
    hashes.push(sha1(payload.subarray(startByte, startByte + pieceLengthBytes)));
  }
  return Buffer.concat(hashes);
}

const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();
