import type { FlightLog, Heard, LoggedStoreEvent } from '../../../src/engine/transfer/flight-entry.ts';

/** A log in a few lines: what was fetched, from whom, what was decided why, and what came for nothing. */
export function summaryOfFlight(log: FlightLog): string[] {
  const { header, entries, dropped } = log;
  const sums = new Sums();
  const reasons = new Map<string, number>();
  for (const entry of entries) {
    if ('heard' in entry) sums.hear(entry.heard);
    else for (const { type, because } of entry.decided) add(reasons, `${type} ${because ?? ''}`.trim(), 1);
  }
  const tookS = ((entries.at(-1)?.atMs ?? header.startedAtMs) - header.startedAtMs) / 1_000;
  const lost = dropped === 0 ? '' : `, ${dropped} before them had to make room`;
  return [
    `${megabytes(header.lengthBytes)} in ${header.pieceCount} pieces of ${header.pieceLengthBytes / 1_024} KiB, ${header.policy}`,
    `${entries.length} entries in ${tookS.toFixed(1)} s${lost}`,
    ...section('origins', header.origins.length === 0 ? ['none'] : header.origins),
    ...section('peers', [`${sums.joined} joined, ${sums.left} left`]),
    ...section('verified bytes by source', counted(sums.verified, megabytes)),
    ...section('decisions', counted(reasons, String)),
    ...section('runs ended', counted(sums.ends, String)),
    ...section('wasted', counted(sums.wasted, megabytes)),
    ...section('troubles', counted(sums.troubles, String)),
  ];
}

class Sums {
  joined = 0;
  left = 0;
  readonly verified = new Map<string, number>();
  readonly wasted = new Map<string, number>();
  readonly ends = new Map<string, number>();
  readonly troubles = new Map<string, number>();

  hear(heard: Heard): void {
    if (heard.type === 'peer-joined') this.joined += 1;
    if (heard.type === 'peer-left') this.left += 1;
    if (heard.type === 'refused') add(this.troubles, 'blocks refused or taken back', 1);
    if (heard.type === 'store') this.#told(heard.event);
  }

  #told(event: LoggedStoreEvent): void {
    switch (event.type) {
      case 'verified':
        for (const { from } of event.pieces)
          for (const { source, bytes } of from)
            add(this.verified, source.kind === 'peer' ? `peer ${source.peer}` : source.origin, bytes);
        return;
      case 'wasted':
        return add(this.wasted, event.reason, event.bytes);
      case 'run-ended':
        return add(this.ends, event.end.type === 'fault' ? `fault ${event.end.fault}` : event.end.type, 1);
      case 'piece-failed':
      case 'liars-found':
        return add(this.troubles, event.type, 1);
      case 'failed':
        return add(this.troubles, `the store failed: ${event.failure.code}`, 1);
      case 'run-progress':
      case 'origin-requested':
      case 'mirrors-named':
        return;
    }
  }
}

function add(to: Map<string, number>, name: string, amount: number): void {
  to.set(name, (to.get(name) ?? 0) + amount);
}

/** Greatest first. */
const counted = (from: ReadonlyMap<string, number>, inWords: (amount: number) => string): string[] =>
  [...from].sort(([, a], [, b]) => b - a).map(([name, amount]) => `${inWords(amount).padStart(10)}  ${name}`);

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
