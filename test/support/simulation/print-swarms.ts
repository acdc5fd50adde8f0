import { describeSwarmRow, measureSwarms } from './swarm-table.ts';

// `npx tsx test/support/simulation/print-swarms.ts [most peers]`: what sparing the origin saves, swarm by swarm.
const [mostPeers] = process.argv.slice(2).map(Number);
for (const row of measureSwarms(() => performance.now(), mostPeers)) console.log(describeSwarmRow(row));
