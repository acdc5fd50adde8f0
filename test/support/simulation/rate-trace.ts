/** From `fromS` on, until the next step, a source can send this much. */
export type RateStep = { readonly fromS: number; readonly bytesPerS: number };

/** What a source can send, second by second: steps in order of time, 0 before the first of them. */
export type RateTrace = readonly RateStep[];

export const steady = (bytesPerS: number): RateTrace => [{ fromS: 0, bytesPerS }];

/** Bytes a second at one moment. */
export function rateAt(trace: RateTrace, atS: number): number {
  let rate = 0;
  for (const step of trace) {
    if (step.fromS > atS) break;
    rate = step.bytesPerS;
  }
  return rate;
}

/** The same source, with nothing before `fromS` and nothing from `untilS` on. */
export function during(trace: RateTrace, fromS: number, untilS = Number.POSITIVE_INFINITY): RateTrace {
  if (untilS <= fromS) return [];
  const inside = trace.filter((step) => step.fromS > fromS && step.fromS < untilS);
  const end = Number.isFinite(untilS) ? [{ fromS: untilS, bytesPerS: 0 }] : [];
  return [{ fromS, bytesPerS: rateAt(trace, fromS) }, ...inside, ...end];
}

/** What several sources can send together through a link that carries `mostBytesPerS`. */
export function together(traces: readonly RateTrace[], mostBytesPerS = Number.POSITIVE_INFINITY): RateTrace {
  const times = [...new Set(traces.flatMap((trace) => trace.map(({ fromS }) => fromS)))].sort((a, b) => a - b);
  const readers = traces.map(traceReader);
  return times.map((fromS) => {
    const sum = readers.reduce((total, rateAtOf) => total + rateAtOf(fromS), 0);
    return { fromS, bytesPerS: Math.min(sum, mostBytesPerS) };
  });
}

/** Bytes that can have come by `byS`. */
export function bytesBy(trace: RateTrace, byS: number): number {
  let bytes = 0;
  for (const [index, { fromS, bytesPerS }] of trace.entries()) {
    const untilS = Math.min(trace[index + 1]?.fromS ?? Number.POSITIVE_INFINITY, byS);
    if (untilS > fromS) bytes += (untilS - fromS) * bytesPerS;
  }
  return bytes;
}

/** The first moment by which so many bytes can have come; `Infinity` when they never can. */
export function timeOf(trace: RateTrace, bytes: number): number {
  let left = bytes;
  if (left <= 0) return 0;
  for (const [index, { fromS, bytesPerS }] of trace.entries()) {
    const lastsS = (trace[index + 1]?.fromS ?? Number.POSITIVE_INFINITY) - fromS;
    if (bytesPerS > 0 && left <= lastsS * bytesPerS) return fromS + left / bytesPerS;
    if (bytesPerS > 0) left -= lastsS * bytesPerS;
  }
  return Number.POSITIVE_INFINITY;
}

/** Reads a trace in order of time, each call at the same moment as the last one or later. */
export function traceReader(trace: RateTrace): (atS: number) => number {
  let next = 0;
  let rate = 0;
  return (atS) => {
    for (let step = trace[next]; step !== undefined && step.fromS <= atS; step = trace[next]) {
      rate = step.bytesPerS;
      next += 1;
    }
    return rate;
  };
}
