import { describe, expect, test } from 'vitest';
import type { FlightLog } from '../../../src/engine/transfer/flight-entry.ts';
import { readFlightLog } from '../../../src/engine/transfer/read-flight-log.ts';
import { FluidNetwork } from './fluid-network.ts';
import type { FluidWorld } from './fluid-world.ts';
import { randomDownload } from './random-worlds.ts';
import { firstDifference, ReplayError, replayFlight } from './replay-flight.ts';
import { deadlineJobs, namedDownloads } from './scenarios.ts';

/** Lets a download live in a world, and reads its log as a field report is read. */
function flightIn(world: FluidWorld, limitS = 600): FlightLog {
  const network = new FluidNetwork(world, null, true);
  network.run(limitS);
  return readFlightLog(network.flight?.text() ?? '');
}
const decisionsIn = (log: FlightLog) => replayFlight(log).reduce((sum, { logged }) => sum + logged.length, 0);

describe('a log that is played back decides the same again', () => {
  const WORLDS: readonly FluidWorld[] = [
    ...namedDownloads(10e6),
    ...deadlineJobs().slice(0, 2),
    ...Array.from({ length: 12 }, (_, at) => randomDownload(100 + at, 0.05)),
  ];
  test.each(WORLDS.map((world) => [world.name, world] as const))('%s', (_name, world) => {
    const log = flightIn(world, 120);
    expect(firstDifference(replayFlight(log))).toBeNull();
    expect(decisionsIn(log)).toBeGreaterThan(0);
  });
});

describe('a log that tells something else', () => {
  const log = flightIn(randomDownload(104, 0.05));

  test('decides something else, and the first plan that does is named', () => {
    const late = log.entries.findIndex((entry) => 'decided' in entry) + 1;
    const entries = log.entries.map((entry, at) =>
      at >= late && 'decided' in entry ? { ...entry, decided: entry.decided.slice(1) } : entry,
    );
    const changed = entries.find((entry, at) => at >= late && 'decided' in entry);
    expect(firstDifference(replayFlight({ ...log, entries }))?.atMs).toBe(changed?.atMs);
  });

  test('such as a plan where none would have been made', () => {
    const [begun, ...others] = log.entries as [FlightLog['entries'][number], ...FlightLog['entries']];
    const plan = { atMs: begun.atMs, heard: { type: 'plan' } } as const;
    const plans = replayFlight({ ...log, entries: [begun, plan, plan, ...others] });
    expect(plans[1]).toMatchObject({ logged: [], replayed: null });
    expect(firstDifference(plans)).not.toBeNull();
  });

  test.each<[string, FlightLog]>([
    ['that lost its beginning', { ...log, dropped: 1 }],
    ['that has no entries', { ...log, entries: [] }],
    ['that does not begin', { ...log, entries: log.entries.slice(1) }],
    ['with files that were not written down', { ...log, header: { ...log.header, fileLengths: null } }],
    ['of a peer that never came', { ...log, entries: log.entries.filter(isNoJoining) }],
  ])('%s cannot be played back', (_name, broken) => {
    expect(() => replayFlight(broken)).toThrow(ReplayError);
  });
});

const isNoJoining = (entry: FlightLog['entries'][number]) => !('heard' in entry && entry.heard.type === 'peer-joined');
