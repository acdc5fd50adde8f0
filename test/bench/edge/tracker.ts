import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../../support/file-servers.ts';
import { waitUntil } from '../../support/wait-until.ts';
import type { CrowdAnswer, CrowdCommand } from './crowd.ts';

/*
 * npx tsx test/bench/edge/tracker.ts [--peers 1000 --peers 5000 --peers 10000] [--seconds 5]
 *     [--tracker 'edge, small heap, TLS']
 *
 * The tracker of an edge next to bittorrent-tracker's own server (its program, as it comes), in one run on one machine:
 * memory for each connected WebSocket peer, the size of a swarm as it is told to a peer, and announces, without offers
 * and with five of 1 kB, which is what browsers send. All peers are in one swarm, or in swarms of 20. Each size has new
 * processes. Memory is RSS minus that before the first peer, by the number of peers, 3 s after the last of them has announced.
 * A "CPU second" is one of the tracker's process (user and system), so the figure hardly depends on what else runs;
 * announces by the clock do, and share the machine with the crowd's process. `ulimit -n` must be above the peers.
 */

type Started = { readonly child: ChildProcess; readonly port: number };
type Contender = { readonly name: string; readonly start: () => Promise<Started> };
type Row = {
  readonly tracker: string;
  readonly peers: number;
  readonly swarms: string;
  readonly kBytesPerPeer: number;
  readonly told: number;
  readonly plain: Rate;
  readonly withOffers: Rate;
};
type Rate = { readonly perS: number; readonly perCpuS: number; readonly medianMs: number; readonly p95Ms: number };

const ROOT = join(import.meta.dirname, '../../..');
const CLOCK_TICKS_PER_S = 100; // sysconf(_SC_CLK_TCK) on every Linux that Node runs on
const SETTLE_MS = 3_000;
const IN_FLIGHT = 64;
const PEERS_OF_SMALL_SWARM = 20;

const { values } = parseArgs({
  options: {
    peers: { type: 'string', multiple: true },
    seconds: { type: 'string' },
    tracker: { type: 'string', multiple: true },
  },
});
const sizes = (values.peers ?? ['1000', '5000', '10000']).map(Number);
const forMs = Number(values.seconds ?? '5') * 1000;

async function startEdge(flags: readonly string[], ...words: string[]): Promise<Started> {
  const args = [...flags, '--import', 'tsx', join(import.meta.dirname, 'serve-tracker.ts'), ...words];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, port: Number(line.toString()) };
}

const CONTENDERS: readonly Contender[] = [
  { name: 'edge', start: () => startEdge([]) },
  // As docs/edge/rivulet-edge.service starts it: Node keeps less garbage.
  { name: 'edge, small heap', start: () => startEdge(['--max-semi-space-size=1']) },
  { name: 'edge, small heap, TLS', start: () => startEdge(['--max-semi-space-size=1'], 'tls') },
  {
    name: 'bittorrent-tracker',
    start: async () => {
      const port = await freePort();
      const program = join(ROOT, 'node_modules/bittorrent-tracker/bin/cmd.js');
      const child = spawn(process.execPath, [program, '--port', String(port), '--quiet'], { stdio: 'ignore' });
      await waitUntil(async () => (await fetch(`http://127.0.0.1:${port}/stats`)).ok, { timeoutMs: 60_000 });
      return { child, port };
    },
  },
];

const rssBytes = (pid: number) =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

function cpuSeconds(pid: number): number {
  // The name in parentheses may hold blanks; fields 14 and 15 of proc(5) are the 12th and 13th behind it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_S;
}

async function measure(contender: Contender, count: number, swarms: number): Promise<Row> {
  const { child, port } = await contender.start();
  const pid = child.pid ?? 0;
  const url = `${contender.name.endsWith('TLS') ? 'wss' : 'ws'}://127.0.0.1:${port}`;
  const crowd = fork(join(import.meta.dirname, 'crowd.ts'), [url], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' }, // a certificate of the tests
  });
  const ask = async (command: CrowdCommand): Promise<CrowdAnswer> => {
    crowd.send(command);
    const ended = once(crowd, 'exit').then(() => Promise.reject(new Error('the crowd ended')));
    const [answer] = (await Promise.race([once(crowd, 'message'), ended])) as [CrowdAnswer];
    return answer;
  };
  const rate = async (offers: number): Promise<Rate> => {
    const before = cpuSeconds(pid);
    const { replies, seconds, medianMs, p95Ms } = await ask({ do: 'announce', forMs, inFlight: IN_FLIGHT, offers });
    return { perS: replies / seconds, perCpuS: replies / (cpuSeconds(pid) - before), medianMs, p95Ms };
  };
  try {
    await wait(1_000);
    const empty = rssBytes(pid);
    const grown = await ask({ do: 'grow', to: count, swarms });
    await wait(SETTLE_MS);
    const kBytesPerPeer = (rssBytes(pid) - empty) / count / 1000;
    const told = grown.largest;
    const kind = swarms === 1 ? 'one' : `of ${PEERS_OF_SMALL_SWARM}`;
    const rates = { plain: await rate(0), withOffers: await rate(5) };
    return { tracker: contender.name, peers: count, swarms: kind, kBytesPerPeer, told, ...rates };
  } finally {
    crowd.kill('SIGKILL');
    child.kill('SIGKILL');
  }
}

const write = (r: Rate) =>
  `${Math.round(r.perS)} | ${Math.round(r.perCpuS)} | ${r.medianMs.toFixed(1)} / ${r.p95Ms.toFixed(1)}`;

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? '?'}, Node ${process.version}, load ${loadavg()
    .map((l) => l.toFixed(1))
    .join(' ')}\n`,
);
console.log(
  '| tracker | peers | swarms | kB a peer | swarm as told | announces/s | a CPU second | ms p50 / p95 | with 5 offers/s | a CPU second | ms p50 / p95 |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|---|');
for (const count of sizes) {
  for (const swarms of [1, Math.ceil(count / PEERS_OF_SMALL_SWARM)]) {
    for (const contender of CONTENDERS.filter(({ name }) => values.tracker?.includes(name) ?? true)) {
      const row = await measure(contender, count, swarms);
      const head = [row.tracker, row.peers, row.swarms, row.kBytesPerPeer.toFixed(1), row.told].join(' | ');
      console.log(`| ${head} | ${write(row.plain)} | ${write(row.withOffers)} |`);
    }
  }
}
console.log(
  `\nload at the end ${loadavg()
    .map((l) => l.toFixed(1))
    .join(' ')}`,
);
