const KIB = 1024;
const SHORTEST_BYTES = 256 * KIB;
const LONGEST_BYTES = 4096 * KIB;
/** Keeps a .torrent at about 40 kB: it is fetched before the first byte of the file. */
const WANTED_PIECES = 2000;

/**
 * The piece length, in bytes, for a file of this size: the shortest power of two from 256 KiB to 4 MiB that makes 2000
 * pieces at most. From 8.4 GB on, pieces stay at 4 MiB and become more: a piece can be shared only when all of it is there.
 * A file always gets the same, so that who publishes it twice gets one swarm.
 */
export function choosePieceLength(sizeBytes: number): number {
  let lengthBytes = SHORTEST_BYTES;
  while (lengthBytes < LONGEST_BYTES && sizeBytes > lengthBytes * WANTED_PIECES) lengthBytes *= 2;
  return lengthBytes;
}
