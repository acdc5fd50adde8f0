import { piecesOfFile } from '../../engine/torrent/file-ranges.ts';
import { lengthOfPiece } from '../../engine/torrent/piece-length.ts';
import type { TorrentFile, TorrentInfo } from '../../engine/torrent/torrent-description.ts';
import type { PieceIndex } from '../../model/ids.ts';
import { ask, type CheckPorts, NoReplyError } from '../server-check/ask.ts';
import type { VerifyFinding } from './verify-finding.ts';

const HASH_BYTES = 20;

export type PiecesOptions = {
  /** Address of the file itself. */
  readonly url: string;
  readonly info: TorrentInfo;
  readonly file: TorrentFile;
  /** How many pieces are fetched, at most. */
  readonly count: number;
  readonly random: () => number;
  readonly ports: CheckPorts;
  readonly signal: AbortSignal;
};

/**
 * Fetches some pieces of a file from its server, the first and the last and others by chance, and compares them with
 * their hashes. Ends with the first that is wrong.
 * @throws the reason of `signal` when it fires.
 */
export async function checkPieces(options: PiecesOptions): Promise<VerifyFinding> {
  let bytes = 0;
  const pieces = choosePieces(options);
  for (const piece of pieces) {
    const fault = await checkPiece(piece, options);
    if (fault !== null) return fault;
    bytes += lengthOfPiece(options.info, piece);
  }
  return { code: 'pieces-match', pieces: pieces.length, bytes };
}

async function checkPiece(
  piece: PieceIndex,
  { url, info, file, ports, signal }: PiecesOptions,
): Promise<VerifyFinding | null> {
  const startByte = piece * info.pieceLengthBytes - file.startByte;
  const lengthBytes = lengthOfPiece(info, piece);
  const stretch = { startByte, endByte: startByte + lengthBytes };
  try {
    const reply = await ask({ url, stretch, maxBytes: lengthBytes }, ports, signal);
    const isWhole = reply.status === 200 && startByte === 0;
    if (reply.status !== 206 && !isWhole) return { code: 'piece-not-sent', piece, status: reply.status };
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', reply.body));
    const isRight = digest.every((byte, at) => byte === info.pieceHashes[piece * HASH_BYTES + at]);
    return isRight ? null : { code: 'piece-differs', piece, startByte };
  } catch (error) {
    if (error instanceof NoReplyError) return { code: 'piece-not-sent', piece, status: null };
    throw error;
  }
}

/** Pieces that lie wholly in the file, in order, each once. */
function choosePieces({ info, file, count, random }: PiecesOptions): PieceIndex[] {
  const { firstPiece, endPiece } = piecesOfFile(info, file.index);
  const endByte = file.startByte + file.lengthBytes;
  const isWhole = (piece: number) =>
    piece * info.pieceLengthBytes >= file.startByte &&
    piece * info.pieceLengthBytes + lengthOfPiece(info, piece as PieceIndex) <= endByte;
  const whole = Array.from({ length: endPiece - firstPiece }, (_, nth) => firstPiece + nth).filter(isWhole);
  if (whole.length <= count) return whole as PieceIndex[];
  const chosen = new Set([whole[0], whole.at(-1)]);
  while (chosen.size < count) chosen.add(whole[Math.floor(random() * whole.length)]);
  return ([...chosen] as PieceIndex[]).sort((a, b) => a - b);
}

/** The file of a torrent that an address is about: the only one, or the one of this name or else of this length. */
export function fileAt(info: TorrentInfo, url: string, lengthBytes: number): TorrentFile | null {
  const files = info.files.filter((file) => !file.isPadding);
  const [only] = files;
  if (files.length === 1 && only !== undefined) return only.lengthBytes === lengthBytes ? only : null;
  const fitting = files.filter((file) => file.lengthBytes === lengthBytes);
  const name = lastPartOf(url);
  return fitting.find(({ path }) => path.at(-1) === name) ?? (fitting.length === 1 ? (fitting[0] ?? null) : null);
}

function lastPartOf(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
