import type { Policy } from '../../model/policy.ts';
import type { OriginDesk } from './origin-desk.ts';

/** What a player may reckon with; see `rateAtHand`. */
export type AtHand = {
  readonly policy: Policy;
  readonly origins: readonly OriginDesk[];
  /** What peers bring now. */
  readonly peerBytesPerS: number;
  /** What origins bring now. */
  readonly originBytesPerS: number;
  /** What all origins together may bring; null: what they can. */
  readonly paceBytesPerS: number | null;
};

/**
 * Bytes a second that a player may reckon with: what peers bring, and what origins bring whenever they are asked. An
 * origin that is spared is asked when something is due, and nothing is due to a player that waits for a rate: it would
 * wait for ever.
 */
export function rateAtHand(atHand: AtHand, nowMs: number): number {
  const { policy, origins, peerBytesPerS, originBytesPerS, paceBytesPerS } = atHand;
  let asked = 0;
  if (policy !== 'origins-off') for (const desk of origins) if (desk.isUsable(nowMs)) asked += desk.rate.rate(nowMs);
  return peerBytesPerS + Math.max(originBytesPerS, Math.min(asked, paceBytesPerS ?? Number.POSITIVE_INFINITY));
}
