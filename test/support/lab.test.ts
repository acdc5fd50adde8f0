import { readFileSync } from 'node:fs';
import { afterAll, afterEach, expect, test } from 'vitest';
import { openLab } from './lab.ts';
import { type MadeTorrent, makeTorrent } from './make-torrent.ts';
import { pseudoRandomBytes, sha256Hex } from './payload.ts';
import type { SwarmPeer } from './seeder.ts';
import { waitUntil } from './wait-until.ts';

const lab = openLab();
const peers: SwarmPeer[] = [];
let seed = 100;

afterEach(async () => {
  await Promise.all(peers.splice(0).map((peer) => peer.leave()));
});
afterAll(() => lab.close(), 30_000);

/** A torrent of eight pieces that no other test shares, and the means to join its swarm. */
async function newSwarm() {
  seed += 1;
  const content = pseudoRandomBytes(seed, 8 * 65_536 - 1000);
  const torrent = makeTorrent({ name: `payload ${seed}.bin`, content, pieceLengthBytes: 65_536 });
  const [tracker, swarm] = await Promise.all([lab.tracker(), lab.swarm()]);
  const trackers = [tracker.wsUrl];
  const remember = (peer: SwarmPeer) => {
    peers.push(peer);
    return peer;
  };
  return {
    torrent,
    tracker,
    seed: async (options: object = {}) => remember(await swarm.seed({ torrent, trackers, ...options })),
    leech: async (what: MadeTorrent | { magnet: string } = torrent) =>
      remember(await swarm.leech({ torrent: what, trackers })),
  };
}

test('a leecher downloads from a seeder that it met at the tracker', { timeout: 40_000 }, async () => {
  const { torrent, tracker, ...join } = await newSwarm();
  const seeder = await join.seed();
  const leecher = await join.leech();
  await leecher.untilDone();
  expect(await leecher.payloadSha256()).toBe(sha256Hex(torrent.payload));
  const [given, taken] = await Promise.all([seeder.stats(), leecher.stats()]);
  expect(given).toMatchObject({ piecesHeld: 8, receivedBytes: 0, errors: [] });
  expect(given.uploadedBytes).toBeGreaterThanOrEqual(torrent.payload.length);
  expect(taken.receivedBytes).toBe(given.uploadedBytes);
  expect(given.wires.map(({ peerId, type }) => [peerId, type])).toEqual([[taken.peerId, 'webrtc']]);
  const known = tracker.announces.filter(({ infoHash }) => infoHash === torrent.infoHash);
  expect(new Set(known.map(({ peerId }) => peerId))).toEqual(new Set([given.peerId, taken.peerId]));
  expect(tracker.peerCount(torrent.infoHash)).toBe(2);
  await leecher.leave();
  peers.pop();
  await waitUntil(() => tracker.peerCount(torrent.infoHash) === 1);
});

test('a leecher with a magnet link gets the metadata from its peers', { timeout: 40_000 }, async () => {
  const { torrent, ...join } = await newSwarm();
  await join.seed();
  const leecher = await join.leech({ magnet: torrent.magnet() });
  await leecher.untilDone();
  expect(await leecher.payloadSha256()).toBe(sha256Hex(torrent.payload));
});

test('two peers that hold a part each make a whole', { timeout: 40_000 }, async () => {
  const { torrent, ...join } = await newSwarm();
  const halves = await Promise.all([join.seed({ holds: [0, 1, 2, 3] }), join.seed({ holds: [4, 5, 6, 7] })]);
  expect((await halves[0].stats()).piecesHeld).toBe(4);
  const leecher = await join.leech();
  await leecher.untilDone();
  expect(await leecher.payloadSha256()).toBe(sha256Hex(torrent.payload));
  for (const half of halves) expect((await half.stats()).receivedBytes).toBe(0);
});

test('a peer that lies about a piece serves the others, and that one too when it repents', {
  timeout: 40_000,
}, async () => {
  const { torrent, ...join } = await newSwarm();
  const liar = await join.seed({ lies: [5] });
  const leecher = await join.leech();
  await waitUntil(async () => (await leecher.stats()).piecesHeld === 7);
  await waitUntil(async () => (await liar.stats()).uploadedBytes > torrent.payload.length, { what: 'a second try' });
  expect((await leecher.stats()).isDone).toBe(false);
  await liar.lieAbout([]);
  await leecher.untilDone();
  expect(await leecher.payloadSha256()).toBe(sha256Hex(torrent.payload));
});

test('a peer keeps to its upload limit until it is lifted', { timeout: 40_000 }, async () => {
  const { torrent, ...join } = await newSwarm();
  const seeder = await join.seed({ uploadBytesPerS: 100_000 });
  const leecher = await join.leech();
  await waitUntil(async () => (await leecher.stats()).receivedBytes > 0);
  const [startedAt, before] = [performance.now(), (await leecher.stats()).receivedBytes];
  await waitUntil(async () => (await leecher.stats()).receivedBytes > before + 200_000);
  expect(performance.now() - startedAt).toBeGreaterThan(1000);
  await seeder.throttleUpload(null);
  await leecher.untilDone();
  expect(await leecher.payloadSha256()).toBe(sha256Hex(torrent.payload));
});

test.each(['chromium', 'firefox'] as const)(
  'a page in another %s meets the peers too',
  { timeout: 60_000 },
  async (name) => {
    const { torrent, tracker, ...join } = await newSwarm();
    await join.seed();
    const origin = await lab.origin();
    const library = new URL('../../node_modules/webtorrent/dist/webtorrent.min.js', import.meta.url);
    origin.serve('/webtorrent.min.js', readFileSync(library));
    origin.serve('/a.torrent', torrent.torrentBytes);
    origin.servePage(
      '/leech.html',
      `<!doctype html><title>Leech</title><script type="module">
      import WebTorrent from '/webtorrent.min.js';
      const client = new WebTorrent({ tracker: { rtcConfig: { iceServers: [] } } });
      const torrent = new Uint8Array(await (await fetch('/a.torrent')).arrayBuffer());
      const added = client.add(torrent, { announce: ['${tracker.wsUrl}'] }, () => added.once('done', () => {
        document.title = 'Done';
      }));
    </script>`,
    );
    const browser = await lab.browser(name);
    const tab = await browser.open(`${origin.url}/leech.html`);
    await browser.waitFor(tab, () => document.title === 'Done', { timeoutMs: 20_000 });
    await browser.close();
  },
);
