// What a saved flight log tells, and whether today's scheduler decides the same when it is played back:
//   npx tsx test/support/simulation/print-flight.ts flight.jsonl [--plans 3]
// `--plans` says how many plans that came out otherwise are printed; only the first is sure to mean anything.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readFlightLog } from '../../../src/engine/transfer/read-flight-log.ts';
import { differences, ReplayError, replayFlight } from './replay-flight.ts';
import { summaryOfFlight } from './summary-of-flight.ts';

const { values, positionals } = parseArgs({
  options: { plans: { type: 'string', default: '3' } },
  allowPositionals: true,
});
const [file] = positionals;
if (file === undefined) throw new Error('which file? npx tsx test/support/simulation/print-flight.ts <file>');
const log = readFlightLog(readFileSync(file, 'utf8'));
for (const line of summaryOfFlight(log)) console.log(line);

try {
  const plans = replayFlight(log);
  const others = differences(plans);
  console.log(`played back: ${plans.length - others.length} of ${plans.length} plans as they were`);
  for (const { atMs, logged, replayed } of others.slice(0, Number(values.plans))) {
    console.log(`at ${((atMs - log.header.startedAtMs) / 1_000).toFixed(3)} s`);
    for (const decision of logged) console.log(`  then ${JSON.stringify(decision)}`);
    if (replayed === null) console.log('  now no plan');
    for (const decision of replayed ?? []) console.log(`  now  ${JSON.stringify(decision)}`);
  }
} catch (error) {
  if (!(error instanceof ReplayError)) throw error;
  console.log(`cannot be played back: ${error.message}`);
}
