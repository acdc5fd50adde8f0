import type { BytesBySource } from '../../model/transfer-view.ts';

const MAGIC = new TextEncoder().encode('RVLJ1\0\0\0');
const INFO_HASH_BYTES = 20;

/** Bytes before the first piece mark: magic, piece count (big-endian), info hash. */
export const JOURNAL_HEADER_BYTES = MAGIC.length + 4 + INFO_HASH_BYTES;

/** Mark of a piece that is not in the store. */
export const MISSING = 0;
/** Mark of a piece that was found in the store, with nobody to thank for it. */
export const WAS_HERE = 255;
const ALL_FROM_ORIGIN = 1;
const ALL_FROM_PEERS = 254;

/**
 * The mark of a verified piece: one byte that says which share of it peers delivered, in steps of 1/253.
 * It is what the store's journal holds for each piece, so that a restart knows both what is there and who brought it.
 */
export function markOf(peerBytes: number, originBytes: number): number {
  const total = peerBytes + originBytes;
  if (total === 0) return WAS_HERE;
  const share = peerBytes / total;
  return ALL_FROM_ORIGIN + Math.round(share * (ALL_FROM_PEERS - ALL_FROM_ORIGIN));
}

/** Splits the bytes of one piece by kind of source, as its mark says. The parts add up to `lengthBytes` exactly. */
export function bytesOfMark(mark: number, lengthBytes: number): BytesBySource {
  if (mark === MISSING) return { peerBytes: 0, originBytes: 0, hereBytes: 0 };
  if (mark === WAS_HERE) return { peerBytes: 0, originBytes: 0, hereBytes: lengthBytes };
  const share = (mark - ALL_FROM_ORIGIN) / (ALL_FROM_PEERS - ALL_FROM_ORIGIN);
  const peerBytes = Math.round(share * lengthBytes);
  return { peerBytes, originBytes: lengthBytes - peerBytes, hereBytes: 0 };
}

/** How many of the wanted pieces (not 0 in `wanted`; all when it is left out) are not there. */
export function countMissing(marks: Uint8Array, wanted?: Uint8Array): number {
  let missing = 0;
  for (const [piece, mark] of marks.entries()) if (mark === MISSING && wanted?.[piece] !== 0) missing += 1;
  return missing;
}

/** A journal for a torrent of which nothing is there yet: header and one mark a piece. */
export function newJournal(infoHash: string, pieceCount: number): Uint8Array {
  const bytes = new Uint8Array(JOURNAL_HEADER_BYTES + pieceCount);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(MAGIC.length, pieceCount);
  for (let i = 0; i < INFO_HASH_BYTES; i++) {
    bytes[MAGIC.length + 4 + i] = Number.parseInt(infoHash.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}

/** The marks of a journal as it was read from disk, or null when it is not a whole journal of this torrent. */
export function marksOfJournal(bytes: Uint8Array, infoHash: string, pieceCount: number): Uint8Array | null {
  const expected = newJournal(infoHash, pieceCount);
  if (bytes.length !== expected.length) return null;
  for (let i = 0; i < JOURNAL_HEADER_BYTES; i++) if (bytes[i] !== expected[i]) return null;
  return bytes.slice(JOURNAL_HEADER_BYTES);
}
