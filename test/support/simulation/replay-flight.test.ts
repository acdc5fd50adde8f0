import { afterEach, describe, expect, test } from 'vitest';
import type { FlightLog } from '../../../src/engine/transfer/flight-entry.ts';
import { readFlightLog } from '../../../src/engine/transfer/read-flight-log.ts';
import { DownloadWorld } from './download-world.ts';
import { FluidNetwork } from './fluid-network.ts';
import type { FluidWorld } from './fluid-world.ts';
import { randomDownload } from './random-worlds.ts';
import { differences, ReplayError, replayFlight } from './replay-flight.ts';
import { deadlineJobs, namedDownloads } from './scenarios.ts';
import { type SmallTorrent, smallTorrent } from './small-torrent.ts';
import { summaryOfFlight } from './summary-of-flight.ts';
import { giveTimersBack } from './virtual-clock.ts';

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
    expect(differences(replayFlight(log))).toEqual([]);
    expect(decisionsIn(log)).toBeGreaterThan(0);
  });
});

describe('and so does one of a real store', () => {
  const MIB = 1_048_576;
  const content = { 'a.bin': 700_000, 'empty.txt': 0, 'b.bin': 1_000_000, 'c.bin': 400_000 };
  async function expectSame(torrent: SmallTorrent, people: (world: DownloadWorld) => void): Promise<void> {
    const world = new DownloadWorld(torrent);
    people(world);
    await world.complete(40);
    const log = readFlightLog(world.flight?.text() ?? '');
    expect(differences(replayFlight(log))).toEqual([]);
    expect(decisionsIn(log)).toBeGreaterThan(0);
  }
  afterEach(giveTimersBack);

  test('with an origin, peers that lie, choke and fall silent', async () => {
    await expectSame(await smallTorrent({ content: 4 * MIB, pieceLengthBytes: 131_072 }), (world) => {
      world.origin('cdn', { rateBytesPerS: MIB / 2 });
      world.peer('ann', { rateBytesPerS: MIB });
      world.peer('liar', { rateBytesPerS: MIB, liesAbout: (piece) => piece % 3 === 0 });
      world.peer('mute', { rateBytesPerS: MIB, silentAfterBlocks: 5 });
      world.peer('choked', { isChoking: true });
    });
  });

  test('with many small files of an origin that takes long to answer', async () => {
    const files = Array.from({ length: 60 }, (_, index) => [`${index}.jpg`, 40_000]);
    await expectSame(await smallTorrent({ name: 'item', content: Object.fromEntries(files) }), (world) => {
      world.origin('archive', { latencyMs: 1_500 });
      world.peer('ann', { rateBytesPerS: 50_000 });
    });
  });

  test('with files, one of which an origin has lost and another serves changed', async () => {
    const torrent = await smallTorrent({ name: 'folder', content, pieceLengthBytes: 65_536, padsFiles: true });
    await expectSame(torrent, (world) => {
      world.origin('lacks', { rateBytesPerS: MIB / 2 }).files.delete('/folder/b.bin');
      world.origin('lies', { rateBytesPerS: MIB / 2 }).files.set('/folder/a.bin', new Uint8Array(700_000));
    });
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
    expect(differences(replayFlight({ ...log, entries }))[0]?.atMs).toBe(changed?.atMs);
  });

  test('such as a plan where none would have been made', () => {
    const [begun, ...others] = log.entries as [FlightLog['entries'][number], ...FlightLog['entries']];
    const plan = { atMs: begun.atMs, heard: { type: 'plan' } } as const;
    const plans = replayFlight({ ...log, entries: [begun, plan, plan, ...others] });
    expect(plans[1]).toMatchObject({ logged: [], replayed: null });
    expect(differences(plans)).toContain(plans[1]);
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

test('a log is told in a few lines', () => {
  const log = flightIn(
    namedDownloads(10e6).find(({ peers, origins }) => peers.length > 0 && origins.length > 0) as FluidWorld,
  );
  const lines = summaryOfFlight(log).join('\n');
  expect(lines).toContain('10.00 MB in');
  expect(lines).toMatch(/ask rarest/);
  expect(lines).toMatch(/start-run free/);
  expect(lines).toMatch(/finished/);
});

const isNoJoining = (entry: FlightLog['entries'][number]) => !('heard' in entry && entry.heard.type === 'peer-joined');
