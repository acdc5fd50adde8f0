import { BLOCK_LENGTH_BYTES } from '../torrent/piece-length.ts';
import { usableS } from './deadline-line.ts';
import type { Draft } from './draft.ts';

/**
 * Seconds until the last byte of a download that spares its origins is due: at its deadline, or when it would end at the
 * rate that it is promised. Less than 0 when that is over, Infinity when nothing is asked but what a player needs.
 */
export function lastDueS(draft: Draft): number {
  const { demand, policy, playback } = draft.view;
  if (demand === null || policy !== 'spare-origin' || playback !== null) return Number.POSITIVE_INFINITY;
  if (demand.type === 'deadline') return usableS(demand.inS);
  let missingBytes = draft.map.freeBytes;
  for (const run of draft.runs) missingBytes += draft.leftBytes(run);
  for (const { owed } of draft.peers) missingBytes += owed * BLOCK_LENGTH_BYTES;
  return (missingBytes + demand.gotBytes) / demand.bytesPerS - demand.elapsedS;
}

/** What peers owe and would bring later than so many seconds from now: the ends of their queues. */
export function owedAfterBytes({ peers }: Draft, afterS: number): number {
  let bytes = 0;
  for (const { owed, rateBytesPerS } of peers) {
    bytes += Math.max(owed * BLOCK_LENGTH_BYTES - rateBytesPerS * Math.max(afterS, 0), 0);
  }
  return bytes;
}
