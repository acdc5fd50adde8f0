import { CREDIT_S, GRACE_S } from '../../../src/engine/transfer/rate-promise.ts';
import type { RateTrace } from './rate-trace.ts';

/** When all of a file must be here so that a promised rate was kept, in seconds from the start. */
export const latestForPromiseS = (bytesPerS: number, lengthBytes: number): number => GRACE_S + lengthBytes / bytesPerS;

/**
 * The fewest bytes that origins must add to what peers can bring so that a promised rate is kept (promise-watch.ts): peers
 * bring all they can, origins only what lacks at a moment at which no credit is left. Origins that came sooner would have
 * saved no byte: what they bring before is one that they need not bring later, or a peer would have.
 */
export function leastForPromise(peers: RateTrace, bytesPerS: number, lengthBytes: number): number {
  const latestS = latestForPromiseS(bytesPerS, lengthBytes);
  const changes = [0, GRACE_S, ...peers.map(({ fromS }) => fromS)].filter((atS) => atS < latestS);
  const times = [...new Set(changes)].sort((a, b) => a - b);
  let [originBytes, aheadBytes, leftBytes, step] = [0, 0, lengthBytes, -1];
  for (const [index, fromS] of times.entries()) {
    while ((peers[step + 1]?.fromS ?? Number.POSITIVE_INFINITY) <= fromS) step += 1;
    const rate = peers[step]?.bytesPerS ?? 0;
    const lastsS = (times[index + 1] ?? latestS) - fromS;
    // How long peers alone keep the promise, and the file lacks anything.
    const aloneS = rate >= bytesPerS || fromS < GRACE_S ? lastsS : Math.min(aheadBytes / (bytesPerS - rate), lastsS);
    if (rate * aloneS >= leftBytes) return originBytes;
    leftBytes -= rate * aloneS;
    aheadBytes = Math.min(Math.max(aheadBytes + (rate - bytesPerS) * aloneS, 0), CREDIT_S * bytesPerS);
    const helpedBytes = Math.min(bytesPerS * (lastsS - aloneS), leftBytes);
    leftBytes -= helpedBytes;
    originBytes += helpedBytes * (1 - rate / bytesPerS);
    if (leftBytes <= 0) return originBytes;
  }
  return originBytes;
}
