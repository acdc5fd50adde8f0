import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { nextBlockS } from './block-times.ts';
import { type Draft, type DraftPeer, wornRateOf } from './draft.ts';
import { hasHalted } from './halted.ts';
import type { OriginView } from './plan-view.ts';

/** An end that is further away is not looked for: until then rates will have changed. */
const FAR_S = 30;
/** It is found to within this. */
const NEAR_S = 0.01;

/** A source, as far as the end is concerned. */
type Work = {
  readonly bytesPerS: number;
  /** What it was asked for, and when it can begin to bring more. */
  readonly owedBytes: number;
  readonly moreFromS: number;
  /** It brings multiples of this. */
  readonly grainBytes: number;
};

/**
 * Seconds until everything can be here, when those who bring something now go on as they do and end together: each has
 * brought as many whole blocks by then as it can. What somebody would bring later than that, others bring sooner.
 * Infinity when that is far away, and when nobody brings anything: then there is nobody to leave it to.
 */
export function commonEndS(draft: Draft): number {
  const busy = draft.peers.filter(({ owed }) => owed > 0);
  if (busy.length === 0 && draft.runs.length === 0) return Number.POSITIVE_INFINITY;
  const works = busy.map(workOfPeer);
  for (const origin of draft.view.origins) {
    if (origin.maxRuns > 0 && origin.barred.size === 0 && !hasHalted(origin)) works.push(workOfOrigin(draft, origin));
  }
  let leftBytes = draft.map.freeBytes;
  for (const { owed } of busy) leftBytes += owed * BLOCK_LENGTH_BYTES;
  for (const run of draft.runs) leftBytes += draft.leftBytes(run);
  const isDoneBy = (inS: number): boolean => {
    let bytes = 0;
    for (const work of works) bytes += broughtBy(work, inS);
    return bytes >= leftBytes;
  };
  if (!isDoneBy(FAR_S)) return Number.POSITIVE_INFINITY;
  let [low, high] = [0, FAR_S];
  while (high - low > NEAR_S) {
    const middle = (low + high) / 2;
    if (isDoneBy(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Blocks that a peer can bring by then, on top of those that it owes. */
export const blocksBy = (peer: DraftPeer, inS: number): number =>
  Math.floor(moreBy(workOfPeer(peer), inS) / BLOCK_LENGTH_BYTES);

/** Bytes that an origin can bring by then, on top of what its runs are to bring. */
export const bytesBy = (draft: Draft, origin: OriginView, inS: number): number =>
  moreBy(workOfOrigin(draft, origin), inS);

function broughtBy(work: Work, inS: number): number {
  const { bytesPerS, owedBytes, grainBytes } = work;
  const ofOwed = Math.min(owedBytes, Math.floor((inS * bytesPerS) / grainBytes) * grainBytes);
  return ofOwed + Math.floor(moreBy(work, inS) / grainBytes) * grainBytes;
}

const moreBy = ({ bytesPerS, moreFromS }: Work, inS: number): number => Math.max(inS - moreFromS, 0) * bytesPerS;

function workOfPeer(peer: DraftPeer): Work {
  const { rateBytesPerS: bytesPerS, owed } = peer;
  const moreFromS = nextBlockS(peer) - BLOCK_LENGTH_BYTES / bytesPerS;
  return { bytesPerS, owedBytes: owed * BLOCK_LENGTH_BYTES, moreFromS, grainBytes: BLOCK_LENGTH_BYTES };
}

function workOfOrigin(draft: Draft, origin: OriginView): Work {
  const firstByteS = (origin.firstByteMs ?? 0) / 1_000;
  const bytesPerS = wornRateOf(origin);
  let owedBytes = 0;
  for (const run of draft.runs) if (run.view.origin === origin.origin) owedBytes += draft.leftBytes(run);
  const moreFromS = Math.max(owedBytes / bytesPerS, firstByteS);
  return { bytesPerS, owedBytes, moreFromS, grainBytes: 1 };
}
