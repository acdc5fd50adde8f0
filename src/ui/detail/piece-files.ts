import type { FileView } from '../../model/file-view.ts';

/**
 * The files of which a piece has bytes, in torrent order (BEP 3: files lie end to end).
 *
 * Padding is not shown to screens: where an index is left out, the next file begins with a piece (BEP 47). When that does
 * not explain the length of the torrent, nothing is said rather than something wrong: null.
 */
export function filesOfPiece(
  files: readonly FileView[],
  piece: number,
  pieceLengthBytes: number,
  pieceCount: number,
): readonly FileView[] | null {
  const starts: number[] = [];
  let at = 0;
  let expected = 0;
  for (const { index, lengthBytes } of files) {
    if (index !== expected) at = Math.ceil(at / pieceLengthBytes) * pieceLengthBytes;
    starts.push(at);
    at += lengthBytes;
    expected = index + 1;
  }
  if (Math.ceil(at / pieceLengthBytes) !== pieceCount) return null;
  const startByte = piece * pieceLengthBytes;
  const endByte = startByte + pieceLengthBytes;
  return files.filter(({ lengthBytes }, nth) => {
    const start = starts[nth] ?? 0;
    return lengthBytes > 0 && start < endByte && start + lengthBytes > startByte;
  });
}
