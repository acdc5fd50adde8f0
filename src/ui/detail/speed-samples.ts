/** Lines of the table that says the same in numbers. */
const TABLE_ROWS = 12;

/** Speeds over time, oldest first, one sample each `everyS` seconds, the last ending at `untilMs`. Bytes a second. */
type Series = {
  readonly untilMs: number;
  readonly everyS: number;
  readonly fromPeers: readonly number[];
  readonly fromOrigins: readonly number[];
  readonly uploaded: readonly number[];
};

/** Speeds as a chart draws them: columns of equal length, oldest first. Bytes a second. */
export type SpeedColumns = {
  readonly atS: readonly number[];
  readonly fromPeers: readonly number[];
  readonly fromOrigins: readonly number[];
  readonly uploaded: readonly number[];
};

/** One line of the table: means over the time to the next line. */
export type SpeedRow = {
  readonly atMs: number;
  readonly fromPeers: number;
  readonly fromOrigins: number;
  readonly uploaded: number;
};

/** The samples with their times. Lists of unequal lengths end at the same moment. */
export function speedColumns({ untilMs, everyS, fromPeers, fromOrigins, uploaded }: Series): SpeedColumns {
  const count = Math.max(fromPeers.length, fromOrigins.length, uploaded.length);
  const last = (list: readonly number[]) =>
    Array.from({ length: count }, (_, at) => list[list.length - count + at] ?? 0);
  return {
    atS: Array.from({ length: count }, (_, at) => untilMs / 1_000 - (count - 1 - at) * everyS),
    fromPeers: last(fromPeers),
    fromOrigins: last(fromOrigins),
    uploaded: last(uploaded),
  };
}

/** The same as at most twelve lines, for those who do not see a chart. */
export function speedRows({ atS, fromPeers, fromOrigins, uploaded }: SpeedColumns): SpeedRow[] {
  const step = Math.max(Math.ceil(atS.length / TABLE_ROWS), 1);
  const mean = (list: readonly number[], from: number): number => {
    const part = list.slice(from, from + step);
    return part.reduce((sum, speed) => sum + speed, 0) / Math.max(part.length, 1);
  };
  return atS.flatMap((at, nth) =>
    nth % step === 0
      ? [
          {
            atMs: at * 1_000,
            fromPeers: mean(fromPeers, nth),
            fromOrigins: mean(fromOrigins, nth),
            uploaded: mean(uploaded, nth),
          },
        ]
      : [],
  );
}
