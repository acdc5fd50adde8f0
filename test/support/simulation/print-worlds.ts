// The scheduler in simulated worlds, next to what physics allows:
//   npx tsx test/support/simulation/print-worlds.ts [--kind downloads|deadlines|streams|rates|named] [--worlds 40] [--share 1]
//   npx tsx test/support/simulation/print-worlds.ts --kind all --worlds 100
//   npx tsx test/support/simulation/print-worlds.ts --kind downloads --seed 17 --trace
//   npx tsx test/support/simulation/print-worlds.ts --kind named --name E --trace
// `--asks` also prints every block that peers are asked for (piece.block) or that is taken back from them.
// `--share 0.1` makes random worlds a tenth as long; `--from 100` begins with seed 100; `--every 0.5` sets the timeline.
import { parseArgs } from 'node:util';
import { isAboutAsking } from './decision-log.ts';
import type { FluidWorld } from './fluid-world.ts';
import { lineOf, summaryOf, worstFirst } from './outcome-table.ts';
import { randomDeadlineJob, randomDownload, randomRateJob, randomStream } from './random-worlds.ts';
import { runWorld } from './run-world.ts';
import { deadlineJobs, namedDownloads, namedStreams } from './scenarios.ts';
import { simulateAll, tableOfSimulation } from './simulate-all.ts';
import { timeline } from './timeline.ts';

const KINDS = {
  downloads: randomDownload,
  deadlines: randomDeadlineJob,
  streams: randomStream,
  rates: randomRateJob,
} as const;
const named = (share: number) => [...namedDownloads(200e6 * share), ...namedStreams(share), ...deadlineJobs()];

const { values } = parseArgs({
  options: {
    kind: { type: 'string', default: 'downloads' },
    worlds: { type: 'string', default: '40' },
    from: { type: 'string', default: '1' },
    share: { type: 'string', default: '1' },
    seed: { type: 'string' },
    name: { type: 'string' },
    trace: { type: 'boolean', default: false },
    asks: { type: 'boolean', default: false },
    every: { type: 'string', default: '0.5' },
  },
});

const first = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.worlds) : 1;
if (values.kind === 'all') {
  const options = { worlds: count, fromSeed: first, lengthShare: Number(values.share) };
  console.log(tableOfSimulation(simulateAll(options)));
  process.exit();
}
const outcomes = [];
for (const world of worldsOf(values.kind)) {
  if (values.name !== undefined && !world.name.startsWith(values.name)) continue;
  const isTraced = values.trace;
  if (isTraced) printWorld(world);
  const say = (atS: number, line: string) => {
    if (values.asks || !isAboutAsking(line)) console.log(`${atS.toFixed(2).padStart(8)}  ${line}`);
  };
  const onStep = timeline(Number(values.every), say);
  const outcome = runWorld(world, isTraced ? { trace: say, afterStep: onStep } : {});
  outcomes.push(outcome);
  console.log(lineOf(outcome));
}
if (outcomes.length > 1) {
  console.log(summaryOf(outcomes));
  console.log('The worst:');
  for (const outcome of worstFirst(outcomes).slice(0, 8)) console.log(lineOf(outcome));
}

function worldsOf(kind: string): FluidWorld[] {
  if (kind === 'named') return named(Number(values.share));
  const make = Object.entries(KINDS).find(([name]) => name === kind)?.[1];
  if (make === undefined)
    throw new Error(`no worlds called ${kind}: there are ${Object.keys(KINDS).join(', ')}, named, all`);
  return Array.from({ length: count }, (_, index) => make(first + index, Number(values.share)));
}

function printWorld(world: FluidWorld): void {
  const perS = (bytesPerS: number | undefined) => `${((bytesPerS ?? 0) / 1e6).toFixed(2)} MB/s`;
  console.log(
    `${world.name}: ${(world.lengthBytes / 1e6).toFixed(0)} MB in pieces of ${world.pieceLengthBytes / 1_024} KiB, ` +
      `downlink ${perS(world.downlinkBytesPerS)}, ${world.policy}, deadline ${world.deadlineS ?? 'none'}`,
  );
  for (const { name, rate, firstByteS, death } of world.origins) {
    console.log(
      `  ${name}: ${perS(rate[0]?.bytesPerS)}, ${rate.length} steps, first byte ${firstByteS.toFixed(2)} s${deathOf(death)}`,
    );
  }
  for (const { name, rate, roundTripS, joinsAtS, death, pieces } of world.peers) {
    const share =
      pieces === null ? '' : `, ${((100 * pieces.reduce((a, b) => a + b, 0)) / pieces.length).toFixed(0)} % of pieces`;
    console.log(
      `  ${name}: ${perS(rate[0]?.bytesPerS)}, ${rate.length} steps, rtt ${roundTripS.toFixed(2)} s, ` +
        `joins at ${joinsAtS.toFixed(1)} s${share}${deathOf(death)}`,
    );
  }
}

function deathOf(death: FluidWorld['peers'][number]['death'] | FluidWorld['origins'][number]['death']): string {
  return death === null ? '' : `, ${death.how} at ${death.atS.toFixed(1)} s`;
}
