import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectPeer, isReply, type RawPeer } from '../edge/raw-peer.ts';
import { type EdgeProcess, startEdgeProcess } from '../support/edge-process.ts';
import { freePort } from '../support/file-servers.ts';
import { findNginx } from '../support/find-nginx.ts';
import { waitUntil } from '../support/wait-until.ts';

const EDGES = 3;
const SWARMS = 60;
const MINUTES = 60_000;

let folder = '';
let edges: EdgeProcess[] = [];
let nginx: ChildProcess | null = null;
let proxyUrl = '';

const infoHashes = Array.from({ length: SWARMS }, (_, index) =>
  createHash('sha1').update(`swarm ${index}`).digest('hex'),
);
const shardOf = (infoHash: string) => `${proxyUrl}/s/${infoHash.slice(0, 2)}`;

/** The file that is shipped, with the machines, port and certificate of this test. */
async function configureNginx(port: number): Promise<string> {
  const shipped = await readFile(join(import.meta.dirname, '../../docs/edge/nginx-shards.conf'), 'utf8');
  const site = shipped
    .replace(/10\.0\.0\.1(\d):8000/g, (_, number) => `127.0.0.1:${edges[Number(number) - 1]?.port}`)
    .replace(/listen 443 ssl http2;/, `listen 127.0.0.1:${port};`)
    .replace(/^ *(?:listen \[::\]|ssl_).*$/gm, '');
  expect(site).not.toMatch(/10\.0\.0|ssl/);
  const config = join(folder, 'nginx.conf');
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  await writeFile(
    config,
    `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
     events { worker_connections 4096; }
     http { access_log off; ${paths.join(' ')} ${site} }`,
  );
  return config;
}

beforeAll(async () => {
  const program = findNginx();
  folder = await mkdtemp(join(tmpdir(), 'rivulet-shards-'));
  edges = await Promise.all(
    Array.from({ length: EDGES }, (_, index) =>
      startEdgeProcess(['--port', '0', '--data', join(folder, `edge-${index}`), '--behind-proxy', '--allow-any']),
    ),
  );
  const port = await freePort();
  const child = spawn(program, ['-p', folder, '-c', await configureNginx(port)], { stdio: 'inherit' });
  nginx = child;
  proxyUrl = `ws://127.0.0.1:${port}`;
  await waitUntil(async () => (await fetch(`http://127.0.0.1:${port}/api/stats`)).ok, {
    what: 'nginx answers',
    timeoutMs: 30_000,
  });
}, 6 * MINUTES);

afterAll(async () => {
  if (nginx !== null && nginx.exitCode === null) {
    nginx.kill('SIGQUIT');
    nginx.kill('SIGTERM');
    await once(nginx, 'exit');
  }
  await Promise.all(edges.map((edge) => edge.kill()));
  await rm(folder, { recursive: true, force: true });
});

type Member = { readonly infoHash: string; readonly name: string; peer: RawPeer };

/** Connects to the shard of a swarm and announces. */
async function enter(infoHash: string, name: string): Promise<Member> {
  // nginx may answer 502 in the moment in which it learns that an edge is dead.
  const peer = await waitUntil(() => connectPeer(shardOf(infoHash), name), { what: `${name} connects` });
  peer.announce(infoHash);
  await peer.receive(isReply);
  return { infoHash, name, peer };
}

/** Sends an offer to whoever else is in the swarm, and resolves when its answer has come back. */
async function meet({ infoHash, peer, name }: Member, other: Member): Promise<void> {
  peer.announce(infoHash, { event: 'update', offers: 1 });
  const offer = await other.peer.receive((message) => message.peer_id === peer.peerId, `the offer of ${name}`);
  other.peer.send({
    action: 'announce',
    info_hash: offer.info_hash,
    peer_id: other.peer.peerId,
    to_peer_id: offer.peer_id,
    offer_id: offer.offer_id,
    answer: { type: 'answer', sdp: 'v=0' },
  });
  await peer.receive((message) => 'answer' in message, `the answer to ${name}`);
}

async function webSocketsOf(edge: EdgeProcess): Promise<number> {
  const metrics = await (await fetch(`${edge.url}/metrics`)).text();
  return Number(/^rivulet_tracker_websockets (\d+)$/m.exec(metrics)?.[1]);
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

test('behind the shipped nginx a visitor asks for a challenge, and reports, at one and the same edge', async () => {
  const url = `${proxyUrl.replace('ws:', 'http:')}/api/challenge?info_hash=${infoHashes[0]}`;
  const answers = await Promise.all(Array.from({ length: 12 }, async () => (await fetch(url)).status));
  expect(new Set(answers)).toEqual(new Set([404]));
  const refusedBy = async (edge: EdgeProcess) => {
    const metrics = await (await fetch(`${edge.url}/metrics`)).text();
    return Number(/^rivulet_reports_refused_total\{status="404"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
  };
  const refused = await Promise.all(edges.map(refusedBy));
  expect(refused.toSorted((a, b) => a - b)).toEqual([0, 0, 12]);
});

test('behind the shipped nginx every pair meets on three edges, and a dead edge is replaced in 10 s', {
  timeout: 5 * MINUTES,
}, async () => {
  const pairs = await Promise.all(
    infoHashes.map(async (infoHash, index) => {
      const first = await enter(infoHash, `a ${index}`);
      return { first, second: await enter(infoHash, `b ${index}`) };
    }),
  );
  await Promise.all(pairs.map(({ first, second }) => meet(second, first)));
  const spread = await Promise.all(edges.map(webSocketsOf));
  expect(sum(spread)).toBe(2 * SWARMS);
  // Every edge has a fair part of the shards: none less than a third of its share.
  expect(Math.min(...spread)).toBeGreaterThan((2 * SWARMS) / EDGES / 3);

  const [victim, ...others] = edges;
  const [lost = 0, ...kept] = spread;
  const members = pairs.flatMap(({ first, second }) => [first, second]);
  const diedAtMs = performance.now();
  await victim?.kill();
  const orphans = await waitUntil(() => {
    const closed = members.filter(({ peer }) => peer.closedWith() !== null);
    return closed.length === lost && closed;
  });
  await Promise.all(
    orphans.map(async (orphan) => {
      orphan.peer = (await enter(orphan.infoHash, orphan.name)).peer;
    }),
  );
  const swarmsOfDead = pairs.filter(({ first }) => orphans.includes(first));
  await Promise.all(swarmsOfDead.map(({ first, second }) => meet(first, second)));
  expect(performance.now() - diedAtMs).toBeLessThan(10_000);
  expect(swarmsOfDead).toHaveLength(lost / 2);
  // Who was on another edge stayed there: only the shards of the dead one have moved.
  expect(sum(await Promise.all(others.map(webSocketsOf)))).toBe(sum(kept) + lost);
  for (const { peer } of members) peer.close();
});
