import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTorrent } from '../../src/engine/torrent/read-torrent.ts';
import { openSeedSwarm, type SeedSwarm } from '../../src/publish/seed-swarm.ts';
import { connectPeer } from '../edge/raw-peer.ts';
import { makeTorrent } from '../support/make-torrent.ts';
import { pseudoRandomBytes } from '../support/payload.ts';
import { startTracker, type Tracker } from '../support/tracker.ts';

let tracker: Tracker;
let swarm: SeedSwarm;
beforeEach(async () => {
  tracker = await startTracker();
  swarm = await openSeedSwarm(null);
});
afterEach(async () => {
  await swarm.close();
  await tracker.close();
});

const sha1 = async (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();

test('offers a connection to those who waited for each of several torrents, as one that has all of it', async () => {
  const contents = [1, 2, 3].map((seed) => pseudoRandomBytes(seed, 20_000));
  const torrents = contents.map((content, at) => makeTorrent({ name: `${at}`, content, pieceLengthBytes: 16_384 }));
  const visitors = await Promise.all(torrents.map((_, at) => connectPeer(tracker.wsUrl, `visitor-${at}`)));
  for (const [at, { infoHash }] of torrents.entries()) {
    visitors[at]?.announce(infoHash);
    await visitors[at]?.receive((message) => 'interval' in message);
  }
  for (const [at, { torrentBytes }] of torrents.entries()) {
    const { info } = await readTorrent(torrentBytes, sha1);
    const read = async (piece: number, offset: number, lengthBytes: number) =>
      (contents[at] as Uint8Array).slice(piece * 16_384 + offset, piece * 16_384 + offset + lengthBytes);
    const events = { came: () => {}, left: () => {}, warned: () => {} };
    swarm.seed(info, [tracker.wsUrl], { read, close: async () => {} }, events);
  }
  for (const visitor of visitors) await visitor.receive((message) => 'offer' in message, 'an offer');
  const seeders = tracker.announces.filter(({ peerId }) => peerId.startsWith(Buffer.from('-WW').toString('hex')));
  expect(new Set(seeders.map(({ leftBytes }) => leftBytes))).toEqual(new Set([0]));
  for (const visitor of visitors) visitor.close();
});
