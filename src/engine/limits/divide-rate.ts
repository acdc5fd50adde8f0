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
const ROOM_TO_GROW = 2;
/** And never less than a block a second, or half of an equal part: who is starved cannot show what it wants. */
const LEAST_BYTES_PER_S = 16_384;

/**
 * Divides a limit among those that share it: everybody may have the same, and what one does not use goes to the others.
 * Those that take less than they were given count for what they take, and may take more for a moment: else the limit
 * would never be used whole. Those that take all add up to what is left. Pure.
 */
export function divideRate(limitBytesPerS: number, users: readonly RateUser[]): number[] {
  const leastBytesPerS = Math.min(LEAST_BYTES_PER_S, limitBytesPerS / (2 * Math.max(users.length, 1)));
  const needs = users.map((user) => needOf(user, leastBytesPerS));
  const given = users.map(() => 0);
  const counted = users.map(() => 0);
  let left = limitBytesPerS;
  const order = [...needs.keys()].sort((a, b) => (needs[a]?.counts ?? 0) - (needs[b]?.counts ?? 0));
  for (const [nth, index] of order.entries()) {
    const { counts, may } = needs[index] as Need;
    const part = Math.min(counts, left / (order.length - nth));
    counted[index] = part;
    given[index] = part < counts ? part : Math.min(may, limitBytesPerS);
    left -= part;
  }
  // What nobody wants now is anybody's.
  return given.map((part, index) => Math.max(part, Math.min((counted[index] ?? 0) + left, mostOf(users[index]))));
}

const mostOf = (user: RateUser | undefined): number => user?.mostBytesPerS ?? Number.POSITIVE_INFINITY;

type Need = { readonly counts: number; readonly may: number };

function needOf({ usedBytesPerS, givenBytesPerS, mostBytesPerS }: RateUser, leastBytesPerS: number): Need {
  const most = mostBytesPerS ?? Number.POSITIVE_INFINITY;
  if (givenBytesPerS === null || usedBytesPerS >= givenBytesPerS * HUNGRY_SHARE) return { counts: most, may: most };
  const may = Math.min(Math.max(usedBytesPerS * ROOM_TO_GROW, leastBytesPerS), most);
  return { counts: Math.min(usedBytesPerS, most), may };
}
