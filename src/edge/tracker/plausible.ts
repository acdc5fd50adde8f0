import type { EdgeLimits } from '../limits/edge-limits.ts';
import { makeBuckets } from '../limits/token-buckets.ts';

/**
 * Judges what peers tell of the begin and end of their downloads, for the statistics alone: what is not believed is served
 * all the same. A tracker cannot see bytes between peers; it can see what is impossible, and how often one address claims.
 */
export type Plausibility = {
  /** True when this begin counts: something is missing, and this peer has not begun before. */
  readonly started: (peer: Claimant, leftBytes: number) => boolean;
  /** True when this end counts: the peer has begun, once, long enough ago for its bytes to have come. */
  readonly completed: (peer: Claimant) => boolean;
};

/** `peerKey` names the peer in one swarm; `addressKey` is what its limits go by. */
export type Claimant = { readonly infoHash: string; readonly peerKey: string; readonly addressKey: string };

/** No line of a household, an office or a rented machine brings more than 10 Gbit/s to one download. */
const FASTEST_BYTES_PER_S = 1_250_000_000;
/** Attempts that are remembered, also of peers that left: about 20 MB. The oldest is forgotten, and cannot complete. */
const MAX_ATTEMPTS = 100_000;

type Attempt = { readonly sinceMs: number; readonly leftBytes: number; isOver: boolean };

/** `sizeOf`: the bytes of what an info hash names; null when this edge does not know. */
export function makePlausibility(
  limits: Pick<EdgeLimits, 'countedPerAddress'>,
  sizeOf: (infoHash: string) => number | null,
  now: () => number,
  maxAttempts = MAX_ATTEMPTS,
): Plausibility {
  const attempts = new Map<string, Attempt>();
  const counted = makeBuckets(limits.countedPerAddress, now);
  return {
    started: ({ infoHash, peerKey, addressKey }, leftBytes) => {
      const key = `${infoHash} ${peerKey}`;
      if (!(leftBytes > 0) || attempts.has(key)) return false;
      const sizeBytes = sizeOf(infoHash);
      // Who fetches the metadata first does not know what is left (Infinity); nobody lacks more than there is.
      const missingBytes = Math.min(leftBytes, sizeBytes ?? leftBytes);
      if (Number.isFinite(leftBytes) && sizeBytes !== null && leftBytes > sizeBytes) return false;
      if (!counted.take(`${infoHash} ${addressKey}`)) return false;
      if (attempts.size >= maxAttempts) forgetOldest(attempts);
      attempts.set(key, { sinceMs: now(), leftBytes: Number.isFinite(missingBytes) ? missingBytes : 0, isOver: false });
      return true;
    },
    completed: ({ infoHash, peerKey }) => {
      const attempt = attempts.get(`${infoHash} ${peerKey}`);
      if (attempt === undefined || attempt.isOver) return false;
      const elapsedS = (now() - attempt.sinceMs) / 1000;
      if (elapsedS * FASTEST_BYTES_PER_S < attempt.leftBytes) return false;
      attempt.isOver = true;
      return true;
    },
  };
}

function forgetOldest(attempts: Map<string, Attempt>): void {
  for (const key of attempts.keys()) {
    attempts.delete(key);
    return;
  }
}
