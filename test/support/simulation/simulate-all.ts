import type { FluidWorld } from './fluid-world.ts';
import { isLate, lateS, quantile } from './outcome-table.ts';
import { randomDeadlineJob, randomDownload, randomRateJob, randomStream } from './random-worlds.ts';
import { runWorld, type WorldOutcome } from './run-world.ts';
import { deadlineJobs, namedDownloads, namedStreams, withoutDeaths } from './scenarios.ts';

/** What worlds are grouped by: each group has targets of its own. The short downloads are the named ones at 20 MB. */
export type SimulationGroup =
  | 'short downloads'
  | 'named downloads'
  | 'downloads'
  | 'deadline jobs'
  | 'least-rate jobs'
  | 'streams'
  | 'deaths';

/** One number of the table, and what it is held to; `target` is null for what is only worth knowing. */
export type SimulationRow = {
  readonly group: SimulationGroup;
  readonly what: string;
  readonly value: number;
  readonly unit: '× limit' | '%' | 'points' | 's' | 'ms' | 'worlds' | 'requests';
  readonly target: { readonly atLeast: number } | { readonly atMost: number } | null;
  readonly isMet: boolean | null;
};

export type SimulationOptions = {
  /** Random worlds of each kind. */
  readonly worlds: number;
  /** First seed; 1 when left out. */
  readonly fromSeed?: number;
  /** Length of the worlds next to the usual ones (downloads of 50 to 400 MB); 1 when left out. */
  readonly lengthShare?: number;
  readonly groups?: readonly SimulationGroup[];
  /** Told every world when it is over. */
  readonly onOutcome?: (group: SimulationGroup, outcome: WorldOutcome) => void;
};

export const SIMULATION_GROUPS: readonly SimulationGroup[] = [
  'short downloads',
  'named downloads',
  'downloads',
  'deadline jobs',
  'least-rate jobs',
  'streams',
  'deaths',
];

/** What a scheduler is held to, next to the limits of limits.ts. */
export const TARGETS = {
  /** Share of downloads that take at most `nearLimit` of their limit and a second; median of all without the second. */
  nearLimit: 1.05,
  nearShare: 0.98,
  medianRatio: 1.02,
  /** Bytes of origins above the least, in percent of the file. */
  medianPointsOver: 3,
  worstPointsOver: 5,
  /** Streams that can be played without a stall and are. */
  smoothShare: 0.99,
  startBeyondS: 0.3,
  deathCostS: 1,
  /** What a promised rate may be behind at any moment, in seconds of it. */
  behindS: 1,
  /** In 95 of 100 downloads, no source is idle for longer while a block is missing that it could bring. */
  idleS: 0.5,
} as const;

/** Lives through all worlds and sums them up: one row for every target, and some that are worth knowing. */
export function simulateAll(options: SimulationOptions): SimulationRow[] {
  const groups = options.groups ?? SIMULATION_GROUPS;
  return groups.flatMap((group) => {
    const outcomes = worldsOf(group, options).map((world) => {
      const outcome = runWorld(world);
      options.onOutcome?.(group, outcome);
      return outcome;
    });
    return [...rowsOf(group, outcomes), ...commonRows(group, outcomes)];
  });
}

/** All worlds as a table of text, for the benchmark: 20 random ones of each kind, or 300. */
export const tabulateWorlds = (isQuick: boolean): string =>
  tableOfSimulation(simulateAll({ worlds: isQuick ? 20 : 300 }));

function worldsOf(group: SimulationGroup, { worlds, fromSeed = 1, lengthShare = 1 }: SimulationOptions): FluidWorld[] {
  const seeds = Array.from({ length: worlds }, (_, index) => fromSeed + index);
  switch (group) {
    case 'short downloads':
      return namedDownloads(20e6);
    case 'named downloads':
      return namedDownloads(200e6 * lengthShare);
    case 'downloads':
      return seeds.map((seed) => randomDownload(seed, lengthShare));
    case 'deadline jobs':
      return [...deadlineJobs(), ...seeds.map((seed) => randomDeadlineJob(seed, lengthShare))];
    case 'least-rate jobs':
      return seeds.map((seed) => randomRateJob(seed, lengthShare));
    case 'streams':
      return [...namedStreams(lengthShare), ...seeds.map((seed) => randomStream(seed, lengthShare))];
    case 'deaths':
      return dyingWorlds(200e6 * lengthShare).flatMap((world) => [world, withoutDeaths(world)]);
  }
}

const dyingWorlds = (lengthBytes: number): FluidWorld[] =>
  namedDownloads(lengthBytes).filter(({ origins, peers }) =>
    [...origins, ...peers].some(({ death }) => death !== null),
  );

function rowsOf(group: SimulationGroup, outcomes: readonly WorldOutcome[]): SimulationRow[] {
  const row = rowIn(group);
  const idleS = outcomes.map(({ longestIdleS }) => longestIdleS);
  switch (group) {
    case 'short downloads':
      return [
        row('worlds near their limit', percent(outcomes, isNear), '%', { atLeast: TARGETS.nearShare * 100 }),
        row('time, median', quantile(ratios(outcomes), 0.5), '× limit'),
        row('time, worst', quantile(ratios(outcomes), 1), '× limit'),
      ];
    case 'named downloads':
    case 'downloads':
      return [
        row('worlds near their limit', percent(outcomes, isNear), '%', { atLeast: TARGETS.nearShare * 100 }),
        row('time, median', quantile(ratios(outcomes), 0.5), '× limit', { atMost: TARGETS.medianRatio }),
        row('time, 95 of 100 below', quantile(ratios(outcomes), 0.95), '× limit'),
        row('longest idle source, 95 of 100 below', quantile(idleS, 0.95), 's', { atMost: TARGETS.idleS }),
        row('longest idle source', Math.max(...idleS), 's'),
      ];
    case 'deadline jobs':
      return [
        ...pointRows(group, outcomes),
        row('after the deadline', count(outcomes, isLate), 'worlds', { atMost: 0 }),
        row('after the deadline, worst', Math.max(...outcomes.map(lateS)), 's'),
      ];
    case 'least-rate jobs': {
      const behindS = outcomes.map((it) => it.behindS);
      return [
        ...pointRows(group, outcomes),
        row('behind the promised rate, 95 of 100 below', quantile(behindS, 0.95), 's'),
        row('behind the promised rate, worst', Math.max(...behindS), 's', { atMost: TARGETS.behindS }),
      ];
    }
    case 'streams': {
      const beyondS = outcomes.map((it) => (it.startS ?? Number.POSITIVE_INFINITY) - it.startLimitS);
      return [
        row('no stall that could be helped', percent(outcomes, isSmooth), '%', { atLeast: TARGETS.smoothShare * 100 }),
        row('start beyond the limit, median', quantile(beyondS, 0.5), 's'),
        row('start beyond the limit, 95 of 100 below', quantile(beyondS, 0.95), 's', { atMost: TARGETS.startBeyondS }),
        row('start beyond the limit, worst', Math.max(...beyondS), 's'),
        ...pointRows(group, outcomes),
      ];
    }
    case 'deaths':
      return deathCosts(outcomes).map(({ name, costS }) => row(name, costS, 's', { atMost: TARGETS.deathCostS }));
  }
}

function commonRows(group: SimulationGroup, outcomes: readonly WorldOutcome[]): SimulationRow[] {
  const row = rowIn(group);
  const waste = outcomes.map(({ wastedBytes, world }) => (wastedBytes / world.lengthBytes) * 100);
  const planMs = outcomes.map((it) => it.planMs / Math.max(it.plans, 1));
  return [
    row(
      'never done',
      count(outcomes, ({ tookS }) => tookS === null),
      'worlds',
      { atMost: 0 },
    ),
    row(
      'beyond the waste that is allowed',
      count(outcomes, (it) => it.wasteBeyondBytes > 0),
      'worlds',
      { atMost: 0 },
    ),
    row('waste, median', quantile(waste, 0.5), '%'),
    row('waste, worst', Math.max(...waste), '%'),
    row(
      'range requests, median',
      quantile(
        outcomes.map(({ requests }) => requests),
        0.5,
      ),
      'requests',
    ),
    row('one plan, median', quantile(planMs, 0.5), 'ms'),
    row('longest plan', Math.max(...outcomes.map(({ longestPlanMs }) => longestPlanMs)), 'ms'),
  ];
}

function pointRows(group: SimulationGroup, outcomes: readonly WorldOutcome[]): SimulationRow[] {
  const row = rowIn(group);
  const points = outcomes.map(({ originPointsOver }) => originPointsOver);
  return [
    row('origin bytes above the least, median', quantile(points, 0.5), 'points', { atMost: TARGETS.medianPointsOver }),
    row('origin bytes above the least, worst', Math.max(...points), 'points', { atMost: TARGETS.worstPointsOver }),
  ];
}

/** Whether a download took hardly more than its limit and one second. */
export const isNear = ({ ratioAfterSecond }: WorldOutcome): boolean => ratioAfterSecond <= TARGETS.nearLimit;

/** Whether a player waited no longer than it had to; one step of the simulation is forgiven. */
export const isSmooth = ({ stallS, stallLimitS, startS }: WorldOutcome): boolean =>
  startS !== null && stallS <= stallLimitS + 0.01;

/** What a death costs beyond what it takes from the limit: pairs of a world and the same one without deaths. */
export function deathCosts(outcomes: readonly WorldOutcome[]): { readonly name: string; readonly costS: number }[] {
  const beyondS = ({ tookS, limitS }: WorldOutcome) => (tookS ?? Number.POSITIVE_INFINITY) - limitS;
  const costs = [];
  for (let index = 0; index + 1 < outcomes.length; index += 2) {
    const [dying, living] = outcomes.slice(index, index + 2) as [WorldOutcome, WorldOutcome];
    costs.push({ name: dying.world.name, costS: beyondS(dying) - beyondS(living) });
  }
  return costs;
}

type Target = NonNullable<SimulationRow['target']>;

const rowIn =
  (group: SimulationGroup) =>
  (what: string, value: number, unit: SimulationRow['unit'], target: Target | null = null): SimulationRow => {
    const isMet = target === null ? null : 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
    return { group, what, value, unit, target, isMet };
  };

const ratios = (outcomes: readonly WorldOutcome[]): number[] => outcomes.map(({ ratio }) => ratio);

const count = (outcomes: readonly WorldOutcome[], is: (outcome: WorldOutcome) => boolean): number =>
  outcomes.filter(is).length;

const percent = (outcomes: readonly WorldOutcome[], is: (outcome: WorldOutcome) => boolean): number =>
  (count(outcomes, is) / outcomes.length) * 100;

/** The rows as a table of text. */
export function tableOfSimulation(rows: readonly SimulationRow[]): string {
  const lines = rows.map(({ group, what, value, unit, target, isMet }) => [
    group,
    what,
    `${Number.isInteger(value) ? value : value.toFixed(2)} ${unit}`,
    target === null ? '' : 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`,
    isMet === null ? '' : isMet ? 'met' : 'MISSED',
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((cells) => (cells[column] ?? '').length)));
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
