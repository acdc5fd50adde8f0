import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { DepotSession } from '../../src/engine/store/depot.ts';
import { readTorrent } from '../../src/engine/torrent/read-torrent.ts';
import { proveDelivery, type ReportPorts, sendReport } from '../../src/engine/transfer/report-delivery.ts';
import type { DeliveryReport } from '../../src/model/delivery-report.ts';
import type { Statistics } from '../../src/model/statistics.ts';
import { type EdgeProcess, startEdgeProcess } from '../support/edge-process.ts';
import { waitUntil } from '../support/wait-until.ts';
import { connectPeer, isReply } from './raw-peer.ts';
import { type Published, publishFile, TOKEN, temporaryFolder } from './start-serving.ts';

const MINUTES = 60_000;
const sha1 = async (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();

async function start(args: readonly string[]): Promise<EdgeProcess> {
  const edge = await startEdgeProcess(args);
  onTestFinished(edge.kill);
  return edge;
}

async function totals(edge: EdgeProcess): Promise<Statistics['totals']> {
  const answer = await fetch(`${edge.url}/api/stats`);
  return ((await answer.json()) as Statistics).totals;
}

/** Proves and reports a delivery without peers as the extension does; returns what the edge makes of it. */
async function deliver(edge: EdgeProcess, folder: string, { bytes }: Published) {
  const { info } = await readTorrent(await readFile(join(folder, 'film.mp4.torrent')), sha1);
  const ports: ReportPorts = {
    fetch: globalThis.fetch,
    sha256: async (read) => createHash('sha256').update(read).digest(),
    clock: { nowMs: () => performance.now(), after: () => () => {}, every: () => () => {} },
  };
  const read: DepotSession['read'] = async (piece, offset, lengthBytes) => {
    const startByte = piece * info.pieceLengthBytes + offset;
    return Uint8Array.from(bytes.subarray(startByte, startByte + lengthBytes));
  };
  const proof = await proveDelivery(edge.url, info, { read }, ports);
  expect(proof).not.toBeNull();
  const bytesBySource = { originBytes: bytes.length, peerBytes: 0, uploadedBytes: 0 };
  const report: DeliveryReport = {
    ...{ infoHash: info.infoHash, cohort: 'control', result: 'completed', seconds: 1, proof },
    ...bytesBySource,
  };
  await sendReport(edge.url, report, ports);
  const { claims, control } = await totals(edge);
  expect(control).toBe(1);
  return { completed: claims.completed, proven: claims.proven };
}

test('what was counted survives kill -9, the swarm comes back, and a stop is clean', {
  timeout: 15 * MINUTES,
}, async () => {
  const folder = await temporaryFolder();
  const film = await publishFile(folder, 'film.mp4');
  const args = [
    folder,
    '--port',
    '0',
    '--data',
    await temporaryFolder(),
    '--admin-token',
    TOKEN,
    '--price',
    '0.05 EUR',
  ];
  const first = await start(args);
  const ann = await connectPeer(`${first.wsUrl}/s/3f`, 'ann');
  ann.announce(film.infoHash, { left: film.bytes.length });
  await ann.receive(isReply);
  ann.announce(film.infoHash, { left: 0, event: 'completed' });
  const answer = await fetch(`${first.url}/film.mp4`);
  expect((await answer.arrayBuffer()).byteLength).toBe(film.bytes.length);
  const expected = { started: 1, withPeers: 1, plain: 1, originBytes: film.bytes.length };
  await waitUntil(async () => {
    expect(await totals(first)).toMatchObject(expected);
    return true;
  });
  expect(await deliver(first, folder, film)).toEqual({ completed: 1, proven: 1 });
  await first.kill();

  const second = await start(args);
  expect(await totals(second)).toMatchObject({ ...expected, control: 1 });
  const price = await fetch(`${second.url}/api/price`);
  expect(await price.json()).toEqual({ perGB: 0.05, currency: 'EUR' });
  const again = await connectPeer(second.wsUrl, 'ann');
  again.announce(film.infoHash, { left: 0, event: 'update' });
  expect(await again.receive(isReply)).toMatchObject({ complete: 1, incomplete: 0 });
  const metrics = await (await fetch(`${second.url}/metrics`)).text();
  expect(metrics).toMatch(/^rivulet_tracker_websockets 1$/m);

  // Asked for just before the end, and counted all the same.
  await (await fetch(`${second.url}/film.mp4`)).arrayBuffer();
  expect(await second.stop()).toBe(0);
  expect(await waitUntil(() => again.closedWith())).toBe(1001);
  const third = await start(args);
  expect(await totals(third)).toMatchObject({ ...expected, plain: 2, originBytes: 2 * film.bytes.length });
  expect(await third.stop()).toBe(0);
});

test('what cannot be had is told in one line', { timeout: 5 * MINUTES }, async () => {
  await expect(startEdgeProcess(['/nowhere/at/all', '--port', '0', '--data', await temporaryFolder()])).rejects.toThrow(
    /the edge ended: The folder \/nowhere\/at\/all cannot be read: ENOENT/,
  );
});
