import { afterEach, expect, test } from 'vitest';
import type { Pace } from '../../../src/engine/transfer/peer-pace.ts';
import { DownloadWorld } from '../../support/simulation/download-world.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

const MIB = 1_048_576;
const torrent = await smallTorrent({ content: 12 * MIB, pieceLengthBytes: MIB / 4 });

afterEach(giveTimersBack);

/** Bytes of all sources within so many seconds from now. */
async function bytesIn(world: DownloadWorld, seconds: number): Promise<number> {
  const { peerRate, originRate } = world.download;
  const before = peerRate.totalBytes + originRate.totalBytes;
  await world.clock.pass(seconds * 1_000);
  return peerRate.totalBytes + originRate.totalBytes - before;
}

async function paced(world: DownloadWorld, pace: Pace): Promise<DownloadWorld> {
  await world.begin();
  world.download.setPace(pace);
  await world.clock.pass(2_000);
  return world;
}

const none = { peersBytesPerS: null, originsBytesPerS: null };
const within = (bytes: number, bytesPerS: number, share: number) =>
  expect(Math.abs(bytes / bytesPerS - 1), `${Math.round(bytes)} of ${bytesPerS}`).toBeLessThanOrEqual(share);

test.each([50_000, 200_000, 800_000])('origins bring %i bytes a second when that is their limit', async (limit) => {
  const world = new DownloadWorld(torrent);
  world.origin('a.test', { rateBytesPerS: 20e6 });
  world.origin('b.test', { rateBytesPerS: 3e6 });
  await paced(world, { ...none, originsBytesPerS: limit });
  within((await bytesIn(world, 10)) / 10, limit, 0.05);
  expect(world.wastedBytes).toBe(0);
});

test.each([50_000, 200_000, 800_000])('peers bring %i bytes a second when that is their limit', async (limit) => {
  const world = new DownloadWorld(torrent);
  for (const name of ['ann', 'bob', 'cleo']) world.peer(name, { rateBytesPerS: 2e6 });
  world.peer('poor', { rateBytesPerS: 2e6, pieces: [3] });
  await paced(world, { ...none, peersBytesPerS: limit });
  within((await bytesIn(world, 10)) / 10, limit, 0.05);
  expect(world.wastedBytes).toBe(0);
});

test('at a low limit nobody counts as silent, halted or slow, and next to nothing comes twice', async () => {
  const world = new DownloadWorld(torrent);
  const servers = [world.origin('a.test', { rateBytesPerS: 8e6 }), world.origin('b.test', { rateBytesPerS: 1e6 })];
  for (const name of ['ann', 'bob']) world.peer(name, { rateBytesPerS: 1e6 });
  await world.begin();
  world.download.setPace({ peersBytesPerS: 60_000, originsBytesPerS: 60_000 });
  const tookS = await world.complete(600);
  const bestS = (12 * MIB) / 120_000;
  expect(tookS).toBeGreaterThan(bestS * 0.98);
  expect(tookS).toBeLessThan(bestS * 1.1);
  expect(world.wastedBytes).toBeLessThan(0.01 * 12 * MIB);
  for (const desk of world.download.origins) {
    expect(desk.health).toMatchObject({ faults: 0, last: null });
  }
  const decided = world.flight?.text().match(/"because":"halted"/g) ?? [];
  expect(decided).toHaveLength(0);
  // Requests that a server has to answer for nothing would be a waste of its own.
  const requests = servers.reduce((sum, { requests }) => sum + requests.length, 0);
  expect(requests).toBeLessThan(60);
  const sentBytes = servers.reduce((sum, server) => sum + server.sentBytes, 0);
  expect(sentBytes).toBeLessThan(world.download.originRate.totalBytes + 20 * 65_536);
  expect(await world.isOnDisk()).toBe(true);
}, 30_000);

test('a limit that is lifted or lowered holds at once', async () => {
  const world = new DownloadWorld(torrent);
  world.origin('a.test', { rateBytesPerS: 2e6 });
  world.peer('ann', { rateBytesPerS: 1e6 });
  await paced(world, { peersBytesPerS: 50_000, originsBytesPerS: 50_000 });
  within((await bytesIn(world, 5)) / 5, 100_000, 0.1);
  world.download.setPace({ peersBytesPerS: 300_000, originsBytesPerS: 200_000 });
  within((await bytesIn(world, 4)) / 4, 500_000, 0.1);
  world.download.setPace({ peersBytesPerS: 20_000, originsBytesPerS: 20_000 });
  within((await bytesIn(world, 10)) / 10, 40_000, 0.2);
  world.download.setPace(none);
  expect(await world.complete(20)).toBeLessThan(10);
  expect(world.wastedBytes).toBeLessThan(0.01 * 12 * MIB);
});

test('a very low limit is not taken for a dead connection', async () => {
  const world = new DownloadWorld(torrent);
  world.origin('a.test', { rateBytesPerS: 2e6 });
  await paced(world, { ...none, originsBytesPerS: 1_000 });
  within((await bytesIn(world, 60)) / 60, 1_000, 0.1);
  expect(world.download.origins[0]?.health.faults).toBe(0);
});
