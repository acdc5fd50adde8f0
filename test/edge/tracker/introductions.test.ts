import { randomBytes } from 'node:crypto';
import TrackerClient from 'bittorrent-tracker/client';
import { expect, onTestFinished, test } from 'vitest';
import type { InfoHash } from '../../../src/model/ids.ts';
import { openNodeSocket } from '../../../src/publish/node-socket.ts';
import { checkHttpTracker } from '../../../src/publishing/verify/check-http-tracker.ts';
import { introducePeers } from '../../../src/publishing/verify/introduce-peers.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { connectPeer, isReply } from '../raw-peer.ts';
import { publishFile, startServing, type TestEdge } from '../start-serving.ts';

const HASH = 'aa00112233445566778899aabbccddeeff001122';
const OTHER = 'bb00112233445566778899aabbccddeeff001122';

type Update = { readonly complete: number; readonly incomplete: number };
type Met = {
  readonly peers: string[];
  readonly updates: Update[];
  readonly failures: string[];
  readonly client: TrackerClient;
};

/** The client that BitTorrent programs on Node use. */
function stockClient(announce: string, name: string, { infoHash = HASH, port = 6881, left = 1000 } = {}): Met {
  const peerId = Buffer.from(name.padEnd(20, '-')).toString('hex');
  const client = new TrackerClient({ infoHash, peerId, announce: [announce], port, getAnnounceOpts: () => ({ left }) });
  const met: Met = { peers: [], updates: [], failures: [], client };
  client.on('peer', (peer: string | { id: string; destroy: () => void }) => {
    met.peers.push(typeof peer === 'string' ? peer : Buffer.from(peer.id, 'hex').toString());
    if (typeof peer !== 'string') onTestFinished(() => peer.destroy());
  });
  client.on('update', (update: Update) => met.updates.push(update));
  for (const event of ['warning', 'error']) client.on(event, (error: Error) => met.failures.push(error.message));
  onTestFinished(() => new Promise<void>((done) => client.destroy(() => done())));
  return met;
}

const open = (): Promise<TestEdge> => startServing({ servesAny: true });

test.each([
  ['over HTTP', (edge: TestEdge) => `${edge.url}/announce`],
  ['over HTTP below a shard', (edge: TestEdge) => `${edge.url}/s/aa/announce`],
  ['over UDP', (edge: TestEdge) => `udp://127.0.0.1:${edge.port}`],
])('two stock clients meet %s', async (_name, addressOf) => {
  const edge = await open();
  const ann = stockClient(addressOf(edge), 'ann', { port: 7001 });
  ann.client.start();
  await waitUntil(() => ann.updates.length > 0);
  const ben = stockClient(addressOf(edge), 'ben', { port: 7002, left: 0 });
  ben.client.start();
  await waitUntil(() => ben.peers.includes('127.0.0.1:7001'));
  expect(ben.updates.at(-1)).toMatchObject({ complete: 1, incomplete: 1 });
  ann.client.update();
  await waitUntil(() => ann.peers.includes('127.0.0.1:7002'));
  ben.client.stop();
  await waitUntil(() => edge.tracker.count(HASH).complete === 0);
  expect([...ann.failures, ...ben.failures]).toEqual([]);
});

test('two stock clients exchange offer and answer over WebSockets, at any path', { timeout: 60_000 }, async () => {
  const edge = await open();
  // Each takes 5 s for its offers, whose candidates never end: both at the same time. Who comes second makes the offer.
  const [ann, ben] = [stockClient(`${edge.wsUrl}/s/aa`, 'ann'), stockClient(edge.wsUrl, 'ben')];
  for (const { client } of [ann, ben]) client.start();
  await waitUntil(() => ann.peers.length > 0 && ben.peers.length > 0, { timeoutMs: 40_000 });
  expect([ann.peers[0], ben.peers[0]]).toEqual(['ben'.padEnd(20, '-'), 'ann'.padEnd(20, '-')]);
});

test('a scrape counts peers of all three protocols', async () => {
  const edge = await open();
  const ann = stockClient(`${edge.url}/announce`, 'ann', { port: 7001 });
  ann.client.start();
  const ben = stockClient(`udp://127.0.0.1:${edge.port}`, 'ben', { port: 7002, left: 0 });
  ben.client.start();
  await waitUntil(() => ann.updates.length > 0 && ben.updates.length > 0);
  const cat = await connectPeer(edge.wsUrl, 'cat');
  cat.announce(HASH);
  expect(await cat.receive(isReply)).toMatchObject({ complete: 1, incomplete: 2 });
  cat.send({ action: 'scrape', info_hash: Buffer.from(HASH, 'hex').toString('latin1') });
  const answer = await cat.receive(({ action }) => action === 'scrape');
  expect(Object.values(answer.files as object)).toEqual([{ complete: 1, incomplete: 2, downloaded: 1 }]);
});

test('offers stay within their swarm, and seeds are not offered to seeds', async () => {
  const edge = await open();
  const [ann, ben, seed, stranger] = await Promise.all(
    ['ann', 'ben', 'seed', 'stranger'].map((name) => connectPeer(edge.wsUrl, name)),
  );
  if (!ann || !ben || !seed || !stranger) throw new Error('four peers connect');
  stranger.announce(OTHER);
  seed.announce(HASH, { left: 0 });
  ben.announce(HASH);
  await Promise.all([stranger, seed, ben].map((peer) => peer.receive(isReply)));
  ann.announce(HASH, { left: 0, offers: 5 });
  const offer = await ben.receive((message) => 'offer' in message);
  expect(offer).toMatchObject({ peer_id: ann.peerId, offer: { type: 'offer', sdp: expect.stringContaining('ann') } });
  await ann.receive(isReply);
  // Both have had their replies to a later announce, so an offer would have come by now.
  for (const peer of [seed, stranger]) {
    peer.send({ action: 'scrape', info_hash: Buffer.from(HASH, 'hex').toString('latin1') });
    await peer.receive(({ action }) => action === 'scrape');
    expect(peer.received.filter((message) => 'offer' in message)).toEqual([]);
  }
  expect(ben.received.filter((message) => 'offer' in message)).toHaveLength(1);
});

test('a peer that closes its WebSocket is gone at once, and the empty swarm with it', async () => {
  const edge = await open();
  const ann = await connectPeer(edge.wsUrl, 'ann');
  ann.announce(HASH);
  await ann.receive(isReply);
  expect(edge.tracker.totals()).toEqual({ swarms: 1, webSockets: 1, addressPeers: 0 });
  ann.close();
  await waitUntil(() => edge.tracker.totals().swarms === 0 && edge.tracker.totals().webSockets === 0);
});

test('two peers may share one WebSocket, and one of them may leave', async () => {
  const edge = await open();
  const both = await connectPeer(edge.wsUrl, 'ann');
  both.announce(HASH);
  both.announce(HASH, { peer_id: 'ben'.padEnd(20, '.'), offers: 1 });
  await both.receive((message) => 'offer' in message);
  both.announce(HASH, { event: 'stopped' });
  await waitUntil(() => edge.tracker.count(HASH).incomplete === 1);
});

test('only the torrents of the folder are served, from the moment that they lie there', async () => {
  const edge = await startServing();
  const { infoHash } = await publishFile(edge.folder, 'film.mp4');
  const ann = await connectPeer(edge.wsUrl, 'ann');
  ann.announce(infoHash);
  const refusal = await ann.receive((message) => 'failure reason' in message);
  expect(refusal['failure reason']).toBe('this tracker does not serve that torrent');
  await edge.catalogue.refresh();
  ann.announce(infoHash);
  await ann.receive(isReply);
  const stock = stockClient(`${edge.url}/announce`, 'ben', { infoHash: OTHER });
  stock.client.start();
  await waitUntil(() => stock.failures.length > 0);
  expect(stock.failures[0]).toContain('does not serve that torrent');
});

test('swarms beyond a thousand peers are counted and introduced whole', async () => {
  const edge = await startServing({
    servesAny: true,
    limits: {
      connectionsPerAddress: 5000,
      newWebSocketsPerAddress: { burst: 5000, perS: 1 },
      announcesPerAddress: { burst: 9000, perS: 1 },
    },
  });
  const peers = await Promise.all(Array.from({ length: 1200 }, (_, index) => connectPeer(edge.wsUrl, `peer ${index}`)));
  for (const peer of peers) peer.announce(HASH);
  await waitUntil(() => edge.tracker.count(HASH).incomplete === 1200, { timeoutMs: 30_000 });
  const last = await connectPeer(edge.wsUrl, 'last');
  last.announce(HASH);
  expect(await last.receive(isReply)).toMatchObject({ incomplete: 1201 });
  for (const peer of peers) peer.close();
}, 60_000);

test('a publisher who verifies is introduced, over and over, and is no download in the statistics', async () => {
  const edge = await startServing({ fill: async (folder) => void (await publishFile(folder, 'film.mp4')) });
  const infoHash = edge.catalogue.files()[0]?.infoHash as string as InfoHash;
  const ports = { fetch: globalThis.fetch, nowMs: () => performance.now() };
  const { signal } = new AbortController();
  for (let times = 0; times < 3; times += 1) {
    const found = await introducePeers({
      tracker: edge.wsUrl,
      infoHash,
      openSocket: openNodeSocket,
      nowMs: ports.nowMs,
      randomBytes,
      timeoutMs: 20_000,
      signal,
    });
    expect(found.code).toBe('tracker-introduces');
    expect(await checkHttpTracker(`${edge.url}/announce`, infoHash, ports, signal)).toMatchObject({
      code: 'tracker-answers',
    });
  }
  await waitUntil(() => edge.tracker.totals().swarms === 0);
  expect(edge.events).toEqual([]);
});
