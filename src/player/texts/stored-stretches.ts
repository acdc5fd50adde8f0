import type { PieceRuns } from '../../model/player.ts';
import type { PlayerState } from '../../model/player-view.ts';
import { isMissing } from '../ahead.ts';

type Stored = Pick<PlayerState, 'lengthBytes' | 'pieceLengthBytes' | 'leadBytes'> & { readonly pieces: PieceRuns };

/** Says of bytes of a file up to where they lie in the store in one row, from its pieces; the same place for those that do not. */
export function storedUntil({ lengthBytes, pieceLengthBytes, leadBytes, pieces }: Stored): (byte: number) => number {
  const stretches: { readonly startByte: number; endByte: number }[] = [];
  let endByte = -leadBytes;
  for (const [look, count] of pieces) {
    const startByte = Math.max(endByte, 0);
    endByte += count * pieceLengthBytes;
    const last = stretches.at(-1);
    if (isMissing(look)) continue;
    if (last?.endByte === startByte) last.endByte = Math.min(endByte, lengthBytes);
    else stretches.push({ startByte, endByte: Math.min(endByte, lengthBytes) });
  }
  return (byte) => {
    let [low, high] = [0, stretches.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((stretches[middle]?.endByte ?? 0) > byte) high = middle;
      else low = middle + 1;
    }
    const found = stretches[low];
    return found !== undefined && found.startByte <= byte ? found.endByte : byte;
  };
}
