import { MAX_HEAD_BYTES, readHead, readVint } from '../ebml.ts';
import type { MatroskaIndex, ReadBytes } from './matroska-index.ts';

const SIMPLE_BLOCK = 0xa3;
const BLOCK_GROUP = 0xa0;
/** Packets of all tracks that are to be probed come soon, or not at all. */
const MAX_ELEMENTS = 200;
const MAX_BYTES = 1_048_576;
/** As long as any name at that place, and of nothing. */
const NO_NAME = Uint8Array.from([0x1c, 0x53, 0xbb, 0x00]);

/** Bytes of a file that read as others do. */
export type Patch = { readonly startByte: number; readonly bytes: Uint8Array };

/**
 * What lets a reader of Matroska find out what tracks there are without waiting for the index, which it need not know: the
 * seek head names nothing that it knows there; and for a cluster as a whole, of which it needs the first packets.
 */
export async function lightHead(read: ReadBytes, lengthBytes: number, index: MatroskaIndex): Promise<Patch[]> {
  const shorter = await shortenFirstCluster(read, lengthBytes, index);
  const { cuesNamedAtByte } = index;
  const hidden = cuesNamedAtByte === null ? [] : [{ startByte: cuesNamedAtByte, bytes: NO_NAME }];
  return shorter === null ? hidden : [...hidden, shorter];
}

/**
 * A reader of Matroska takes clusters as a whole: five seconds of film, of which it looks at the first packet of each
 * track to find out what its codec is. This makes it see a first cluster that ends after those packets.
 * @returns null when they do not come soon, or the cluster's size cannot be written shorter where it stands.
 */
async function shortenFirstCluster(
  read: ReadBytes,
  lengthBytes: number,
  { firstCluster, tracks }: MatroskaIndex,
): Promise<Patch | null> {
  const peek = (at: number) => read(at, Math.min(at + 2 * MAX_HEAD_BYTES, lengthBytes));
  const cluster = readHead(await peek(firstCluster.byte));
  if (cluster === null || cluster.size === null) return null;
  const dataByte = firstCluster.byte + cluster.headBytes;
  const endByte = Math.min(dataByte + cluster.size, lengthBytes);
  const missing = new Set<number>();
  for (const [id, { kind }] of tracks) if (kind !== 'other') missing.add(id);
  let at = dataByte;
  for (let count = 0; missing.size > 0; count++) {
    if (at >= endByte || at - dataByte > MAX_BYTES || count === MAX_ELEMENTS) return null;
    const bytes = await peek(at);
    const head = readHead(bytes);
    if (head === null || head.size === null) return null;
    const inner = bytes.subarray(head.headBytes);
    const block = head.id === BLOCK_GROUP ? inner.subarray(readHead(inner)?.headBytes ?? 0) : inner;
    if (head.id === SIMPLE_BLOCK || head.id === BLOCK_GROUP) missing.delete(readVint(block)?.value ?? -1);
    at += head.headBytes + head.size;
  }
  const sizeBytes = cluster.headBytes - 4;
  return { startByte: firstCluster.byte + 4, bytes: vintOf(at - dataByte, sizeBytes) };
}

/** A number in exactly so many bytes. It fits: it is smaller than one that did. */
function vintOf(value: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let at = length - 1; at >= 0; at--) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[0] = (bytes[0] as number) | (0x80 >> (length - 1));
  return bytes;
}

/** Puts patches over bytes that were read from `startByte` on. */
export function patched(bytes: Uint8Array, startByte: number, patches: readonly Patch[]): Uint8Array {
  for (const patch of patches) {
    for (const [at, byte] of patch.bytes.entries()) {
      const place = patch.startByte + at - startByte;
      if (place >= 0 && place < bytes.length) bytes[place] = byte;
    }
  }
  return bytes;
}
