import type { OriginFault } from '../../model/failure.ts';
import type { FileIndex, PieceIndex } from '../../model/ids.ts';
import type { WasteReason } from '../../model/ledger.ts';
import { isPrivateHost } from '../origin/private-host.ts';
import type { RequestSlots } from '../origin/request-slots.ts';
import { OriginError, type SpanAnswer, streamSpan } from '../origin/stream-span.ts';
import { piecesOfFile } from '../torrent/file-ranges.ts';
import type { TorrentFile, TorrentInfo } from '../torrent/torrent-description.ts';
import type { WholeHash } from '../torrent/whole-hashes.ts';
import type { VouchAccident, VouchRequest } from './depot.ts';
import type { Serial } from './serial.ts';
import type { StoreFiles } from './store-files.ts';
import { startWholeFileHash } from './whole-file-hash.ts';

/** Bytes hashed at a time: other work of the disk gets its turn between two of them. */
const READ_BYTES = 1_048_576;

/** What says nothing of the file, and may be otherwise the next time. */
const ACCIDENTS: ReadonlySet<OriginFault> = new Set([
  'unreachable',
  'stalled',
  'busy',
  'server-error',
  'ignores-ranges',
]);

export type VouchPorts = {
  readonly info: TorrentInfo;
  readonly files: StoreFiles;
  readonly disk: Serial;
  /** Whether a piece is verified, or whole and on its way to be: its bytes are not to be touched. */
  readonly isHeld: (piece: PieceIndex) => boolean;
  readonly fetch: typeof globalThis.fetch;
  readonly nowMs: () => number;
  readonly finalUrls: Map<FileIndex, string>;
  readonly slots?: RequestSlots;
  readonly signal: AbortSignal;
  /** Told once, before the answer, how many bytes of the file came and what for. */
  readonly onCame: (bytes: number, as: 'vouched' | WasteReason) => void;
  /** Told of bytes that came and are none of the file's. */
  readonly onUnwanted: (bytes: number) => void;
};

/**
 * Completes a file whose border pieces cannot be verified, because they hold bytes of a neighbour that has changed: only
 * the file's own bytes are fetched, never over those of a verified piece, and the strongest of its whole-file hashes
 * says whether it is the file that the torrent means. No piece counts as verified by this. The hash is part of the info
 * dictionary or of the Metalink that led to it, so it is to be trusted as the piece hashes are; even MD5 is safe here,
 * where somebody would have to find other bytes for a given digest. Without one, and only when it is asked to, it takes
 * the digest that the origin itself gives with these bytes, if they came over HTTPS or from a local network.
 * @returns whether the file is whole and on the disk; what the origin met when that may be otherwise another time.
 * @throws what the disk throws.
 */
export async function vouchFile(request: VouchRequest, ports: VouchPorts): Promise<boolean | VouchAccident> {
  const { file: index, origin, fromFileStart, byItsDigest = false } = request;
  const file = ports.info.files[index];
  const known = file?.wholeHashes?.[0];
  if (file === undefined || (known === undefined && !byItsDigest)) return false;
  const told = new ToldDigest();
  let cameBytes = 0;
  let use: 'vouched' | WasteReason = 'thrown-away';
  try {
    if (origin !== null) {
      for (const [startByte, endByte] of missingSpans(file, ports)) {
        const wantsDigest = known === undefined;
        const onAnswer = (answer: SpanAnswer) => told.hear(answer);
        const span = { ...ports, origin, startByte, endByte, acceptWhole: fromFileStart, wantsDigest, onAnswer };
        let position = startByte;
        for await (const part of streamSpan(span)) {
          if (!('bytes' in part)) throw new Error('padding within a file');
          cameBytes += part.bytes.length;
          if (wantsDigest && told.hash === null) return false;
          await write(part.bytes, position, ports);
          position += part.bytes.length;
        }
      }
    }
    const wanted = known ?? told.hash;
    if (wanted === null) return false;
    const hash = startWholeFileHash(wanted.algorithm);
    for (let at = 0; at < file.lengthBytes; at += READ_BYTES) {
      ports.signal.throwIfAborted();
      const lengthBytes = Math.min(READ_BYTES, file.lengthBytes - at);
      hash.update(await ports.disk.run(() => ports.files.read(file.startByte + at, lengthBytes)));
    }
    use = 'failed-hash';
    if (hash.hex() !== wanted.hex) return false;
    await ports.disk.run(() => ports.files.flush());
    use = 'vouched';
    return true;
  } catch (error) {
    const isShort = error instanceof RangeError; // what the store says of a file that ends too early
    if (isShort || ports.signal.aborted) return false;
    if (!(error instanceof OriginError)) throw error;
    const { fault, retryAfterS, host } = error;
    return ACCIDENTS.has(fault) && { fault, retryAfterS, host };
  } finally {
    if (cameBytes > 0) ports.onCame(cameBytes, use);
  }
}

/** What an origin says of a file in all answers that it is fetched by; null when they differ, or one says nothing. */
class ToldDigest {
  #hash: WholeHash | null | undefined;

  get hash(): WholeHash | null {
    return this.#hash ?? null;
  }

  hear({ url, digests }: SpanAnswer): void {
    const { protocol, hostname } = new URL(url);
    const isSafe = protocol === 'https:' || isPrivateHost(hostname); // else anybody on the way may have written it
    const told = (isSafe ? digests[0] : undefined) ?? null;
    const isSame = told !== null && told.algorithm === this.#hash?.algorithm && told.hex === this.#hash.hex;
    this.#hash = this.#hash === undefined || isSame ? told : null;
  }
}

/** The parts of a file that no verified piece holds, in bytes from the start of the torrent. */
function missingSpans(file: TorrentFile, { info, isHeld }: VouchPorts): [startByte: number, endByte: number][] {
  const { firstPiece, endPiece } = piecesOfFile(info, file.index);
  const spans: [number, number][] = [];
  for (let piece = firstPiece as number; piece < endPiece; piece++) {
    if (isHeld(piece as PieceIndex)) continue;
    const startByte = Math.max(piece * info.pieceLengthBytes, file.startByte);
    const endByte = Math.min((piece + 1) * info.pieceLengthBytes, file.startByte + file.lengthBytes);
    const last = spans.at(-1);
    if (last !== undefined && last[1] === startByte) last[1] = endByte;
    else spans.push([startByte, endByte]);
  }
  return spans;
}

/** Writes what no verified piece holds; a peer may have brought one meanwhile. */
function write(bytes: Uint8Array, startByte: number, { info, files, disk, isHeld }: VouchPorts): Promise<void> {
  return disk.run(async () => {
    for (let at = 0; at < bytes.length; ) {
      const piece = Math.floor((startByte + at) / info.pieceLengthBytes) as PieceIndex;
      const take = Math.min(bytes.length - at, (piece + 1) * info.pieceLengthBytes - startByte - at);
      if (!isHeld(piece)) await files.write(bytes.subarray(at, at + take), startByte + at);
      at += take;
    }
  });
}
