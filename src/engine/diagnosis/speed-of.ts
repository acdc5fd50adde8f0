import type { Finding } from '../../model/transfer-details.ts';
import type { Facts } from './facts.ts';

/** A transfer counts as moving from here on. */
const MOVING_BYTES_PER_S = 1_000;
/** A limit is the reason when this share of it is used; above the second it is reached. */
const NEAR_LIMIT = 0.8;
const AT_LIMIT = 0.95;
/** Who brings this share of the bytes decides how fast they come. */
const MOST = 0.8;

export const speedOf = ({ peerBytesPerS, originBytesPerS }: Facts): number => peerBytesPerS + originBytesPerS;

export const isMoving = (facts: Facts): boolean => speedOf(facts) >= MOVING_BYTES_PER_S;

/** Whether as much comes as may. */
export const isAtLimit = (facts: Facts): boolean =>
  facts.limit !== null && facts.limit.usedBytesPerS >= facts.limit.bytesPerS * AT_LIMIT;

/** What keeps a transfer from being faster, if that can be told. */
export function boundBy(facts: Facts): Extract<Finding, { code: 'all-well' }>['boundBy'] {
  const speed = speedOf(facts);
  if (!isMoving(facts)) return 'unknown';
  const { limit } = facts;
  if (limit !== null && limit.usedBytesPerS >= limit.bytesPerS * NEAR_LIMIT) return 'limit';
  if (facts.originBytesPerS >= speed * MOST) return 'origin';
  return facts.peerBytesPerS >= speed * MOST ? 'peers' : 'unknown';
}
