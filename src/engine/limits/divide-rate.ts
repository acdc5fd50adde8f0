/** One of those that share a limit. Rates in bytes a second. */
export type RateUser = {
  /** What it has taken lately. */
  readonly usedBytesPerS: number;
  /** What it was given; null when it is new. */
  readonly givenBytesPerS: number | null;
  /** What it may have at most; null: as much as there is. */
  readonly mostBytesPerS: number | null;
};

/** Who takes this much of what it was given may want more. */
const HUNGRY_SHARE = 0.8;
/** Who takes less is given this much more than it takes, so that it can show that it wants more. */
const ROOM_TO_GROW = 1.3;
/** And never less than this part of everything. */
const LEAST_SHARE = 0.01;

/**
 * Divides a limit among those that share it: everybody may have the same, and what one does not use goes to the others.
 * The parts add up to the limit at most. Pure.
 */
export function divideRate(limitBytesPerS: number, users: readonly RateUser[]): number[] {
  const leastBytesPerS = limitBytesPerS * LEAST_SHARE;
  const needs = users.map((user) => needOf(user, leastBytesPerS));
  const given = users.map(() => 0);
  let left = limitBytesPerS;
  const order = [...needs.keys()].sort((a, b) => (needs[a] as number) - (needs[b] as number));
  for (const [nth, index] of order.entries()) {
    const part = Math.min(needs[index] as number, left / (order.length - nth));
    given[index] = part;
    left -= part;
  }
  return given;
}

function needOf({ usedBytesPerS, givenBytesPerS, mostBytesPerS }: RateUser, leastBytesPerS: number): number {
  const isHungry = givenBytesPerS === null || usedBytesPerS >= givenBytesPerS * HUNGRY_SHARE;
  const need = isHungry ? Number.POSITIVE_INFINITY : Math.max(usedBytesPerS * ROOM_TO_GROW, leastBytesPerS);
  return Math.min(need, mostBytesPerS ?? Number.POSITIVE_INFINITY);
}
