import { afterEach, expect, test } from 'vitest';
import { DownloadWorld } from '../../support/simulation/download-world.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

const MIB = 1_048_576;
/** What is promised as long as the user chose nothing else. */
const LEAST_BYTES_PER_S = 500_000;
const torrent = await smallTorrent({ content: 32 * MIB, pieceLengthBytes: MIB / 4 });

afterEach(giveTimersBack);

async function sparing(isAlone = false): Promise<DownloadWorld> {
  const world = new DownloadWorld(torrent);
  world.isAlone = isAlone;
  world.policy = 'spare-origin';
  world.origin('cdn.test', { rateBytesPerS: 8e6, latencyMs: 30 });
  await world.begin();
  return world;
}

const join = (world: DownloadWorld) =>
  ['ann', 'bob', 'cleo', 'dan'].map((name) => world.peer(name, { rateBytesPerS: 1e6, roundTripMs: 40 }));

test('peers that take two seconds to be found bring everything', async () => {
  const world = await sparing();
  await world.clock.pass(2_000);
  join(world);
  expect(await world.complete()).toBeLessThan(10);
  expect(world.download.originRate.totalBytes).toBe(0);
});

test('an origin begins at once where nobody can be expected', async () => {
  const world = await sparing(true);
  await world.clock.pass(500);
  expect(world.download.originRate.totalBytes).toBeGreaterThan(0);
});

test.each([[true], [false]])('an origin keeps the least rate where there are no peers (known: %s)', async (isAlone) => {
  const world = await sparing(isAlone);
  const tookS = await world.complete(120);
  expect(tookS).toBeLessThan(torrent.info.lengthBytes / LEAST_BYTES_PER_S + 4);
});

test('it keeps the rate soon after all peers left, however much they had brought', async () => {
  const world = await sparing();
  const peers = join(world);
  await world.clock.pass(5_000);
  const { peerRate, originRate } = world.download;
  expect(peerRate.totalBytes).toBeGreaterThan(14e6);
  for (const peer of peers) peer.drop();
  await world.clock.pass(6_000);
  const before = originRate.totalBytes;
  await world.clock.pass(10_000);
  expect((originRate.totalBytes - before) / 10).toBeGreaterThan(0.9 * LEAST_BYTES_PER_S);
});
