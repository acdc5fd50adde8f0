import type { WorldOutcome } from './run-world.ts';

/** The value below which so many of the given lie: 0.5 for the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}

/** One world in one line. */
export function lineOf(outcome: WorldOutcome): string {
  const { world, tookS, limitS, startS, stallS, stallLimitS } = outcome;
  const took = tookS === null ? 'never' : tookS.toFixed(2);
  const percent = (bytes: number) => `${((bytes / world.lengthBytes) * 100).toFixed(2)} %`;
  const isBeyond = outcome.wasteBeyondBytes > 0;
  const parts = [
    world.name.padEnd(14),
    `${(world.lengthBytes / 1e6).toFixed(0)} MB`.padStart(7),
    `${world.origins.length}+${world.peers.length}`.padStart(5),
    `${took} of ${limitS.toFixed(2)} s`.padStart(18),
    `${outcome.ratio.toFixed(3)} (${outcome.ratioAfterSecond.toFixed(3)})`.padStart(15),
    `waste ${percent(outcome.wastedBytes)} (cancelled ${percent(outcome.cancelledBytes)})${isBeyond ? '!' : ' '}`,
    `requests ${outcome.requests}`,
    `idle ${outcome.idlePercent.toFixed(1)} % (${outcome.longestIdleS.toFixed(1)} s ${outcome.longestIdleIs})`,
  ];
  if (world.policy !== 'fastest') {
    const least = (outcome.leastOriginBytes / 1e6).toFixed(1);
    parts.push(
      `origin ${(outcome.originBytes / 1e6).toFixed(1)} of ${least} MB, ${outcome.originPointsOver.toFixed(1)} points over`,
    );
  }
  if (world.deadlineS !== null) parts.push(`deadline ${world.deadlineS.toFixed(1)} s`);
  if (world.leastBytesPerS !== undefined) parts.push(`behind ${outcome.behindS.toFixed(2)} s`);
  if (world.player !== null) {
    parts.push(`start ${startS?.toFixed(2) ?? 'never'} of ${outcome.startLimitS.toFixed(2)} s`);
    parts.push(`stalled ${outcome.stalls}x ${stallS.toFixed(2)} of ${stallLimitS.toFixed(2)} s`);
  }
  parts.push(`planning ${outcome.planMs.toFixed(0)} of ${outcome.realMs.toFixed(0)} ms`);
  return parts.join('  ');
}

/** What many worlds have in common. */
export function summaryOf(outcomes: readonly WorldOutcome[]): string {
  const spread = (name: string, pick: (outcome: WorldOutcome) => number, digits = 3) => {
    const values = outcomes.map(pick);
    const at = (share: number) => quantile(values, share).toFixed(digits);
    return `${name}: median ${at(0.5)}, p90 ${at(0.9)}, p98 ${at(0.98)}, worst ${at(1)}`;
  };
  const near = outcomes.filter(({ ratioAfterSecond }) => ratioAfterSecond <= 1.05).length;
  const lines = [
    `${outcomes.length} worlds; within 1.05 of the limit + 1 s: ${near}; never done: ${outcomes.filter(({ tookS }) => tookS === null).length}`,
    spread('time / limit', ({ ratio }) => ratio),
    spread('(time - 1 s) / limit', ({ ratioAfterSecond }) => ratioAfterSecond),
    spread('waste, % of the file', ({ wastedBytes, world }) => (wastedBytes / world.lengthBytes) * 100, 2),
    `beyond the waste that is allowed: ${outcomes.filter(({ wasteBeyondBytes }) => wasteBeyondBytes > 0).length}`,
    spread('range requests', ({ requests }) => requests, 0),
    spread('idle, % of the file', ({ idlePercent }) => idlePercent, 2),
    spread('longest idle, s', ({ longestIdleS }) => longestIdleS, 1),
    spread('ms for a plan', ({ planMs, plans }) => planMs / Math.max(plans, 1)),
    spread('longest plan, ms', ({ longestPlanMs }) => longestPlanMs, 1),
    spread('real ms outside of planning', ({ planMs, realMs }) => realMs - planMs, 0),
  ];
  if (outcomes.some(({ world }) => world.policy !== 'fastest')) {
    lines.push(spread('origin bytes over the least, points', ({ originPointsOver }) => originPointsOver, 2));
  }
  if (outcomes.some(({ world }) => world.deadlineS !== null)) {
    lines.push(`after the deadline: ${outcomes.filter(isLate).length}`);
  }
  if (outcomes.some(({ world }) => world.leastBytesPerS !== undefined)) {
    lines.push(spread('behind the promised rate, s of it', ({ behindS }) => behindS, 2));
  }
  if (outcomes.some(({ world }) => world.player !== null)) {
    lines.push(`stalled: ${outcomes.filter(({ stallS, stallLimitS }) => stallS > stallLimitS).length}`);
    lines.push(spread('stall beyond the limit, s', (o) => Math.max(o.stallS - o.stallLimitS, 0), 2));
    lines.push(spread('start beyond the limit, s', (o) => (o.startS ?? Number.POSITIVE_INFINITY) - o.startLimitS, 2));
  }
  return lines.join('\n');
}

/** Seconds by which a world with a deadline was done after it; 0 when it was not, or has none. */
export const lateS = ({ world, tookS }: WorldOutcome): number =>
  world.deadlineS === null ? 0 : Math.max((tookS ?? Number.POSITIVE_INFINITY) - world.deadlineS, 0);

export const isLate = (outcome: WorldOutcome): boolean => lateS(outcome) > 0;

/** Worlds in the order in which a scheduler's author should look at them. */
export function worstFirst(outcomes: readonly WorldOutcome[]): WorldOutcome[] {
  const badness = (outcome: WorldOutcome): number => {
    if (outcome.world.player !== null) return outcome.stallS - outcome.stallLimitS + outcome.originPointsOver / 10;
    if (outcome.world.deadlineS !== null) return outcome.originPointsOver;
    if (outcome.world.leastBytesPerS !== undefined) return 5 * outcome.behindS + outcome.originPointsOver;
    return outcome.ratioAfterSecond;
  };
  return [...outcomes].sort((a, b) => badness(b) - badness(a));
}
