import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { binary, connectPeer, idOf, isReply, type RawPeer } from '../raw-peer.ts';
import { publishFile, startServing } from '../start-serving.ts';

const HASH = 'aa00112233445566778899aabbccddeeff001122';

const answerTo = (by: RawPeer, toPeerId: string, offerId: string) => ({
  action: 'announce',
  info_hash: binary(HASH),
  peer_id: by.peerId,
  to_peer_id: toPeerId,
  offer_id: offerId,
  answer: { type: 'answer', sdp: `v=0 ${by.peerId}` },
});
const isAnswer = (message: object) => 'answer' in message;

/** Asks for something harmless and waits for it: all that was sent before has been dealt with then. */
async function settle(peer: RawPeer): Promise<void> {
  const before = peer.received.length;
  peer.send({ action: 'scrape', info_hash: binary(HASH) });
  await waitUntil(() => peer.received.slice(before).some(({ action }) => action === 'scrape'));
}

test('an answer reaches only who made that offer to this peer, and only once', async () => {
  const edge = await startServing({ servesAny: true });
  const ann = await connectPeer(edge.wsUrl, 'ann');
  const ben = await connectPeer(edge.wsUrl, 'ben');
  const eve = await connectPeer(edge.wsUrl, 'eve');
  ben.announce(HASH);
  await ben.receive(isReply);
  ann.announce(HASH, { offers: 1 });
  const { offer_id: offerId } = await ben.receive((message) => 'offer' in message);
  eve.announce(HASH);
  await eve.receive(isReply);

  eve.send(answerTo(eve, ann.peerId, String(offerId))); // the offer was not hers
  eve.send(answerTo(ben, ann.peerId, String(offerId))); // nor is the name
  ben.send(answerTo(ben, eve.peerId, String(offerId))); // and she made none
  ben.send(answerTo(ben, ann.peerId, idOf('another')));
  await settle(eve);
  await settle(ben);
  ben.send(answerTo(ben, ann.peerId, String(offerId)));
  ben.send(answerTo(ben, ann.peerId, String(offerId)));
  await settle(ben);
  await ann.receive(isAnswer);
  expect(ann.received.filter(isAnswer)).toHaveLength(1);
  expect(ann.received.find(isAnswer)).toMatchObject({ peer_id: ben.peerId, offer_id: offerId });
  expect(eve.received.filter(isAnswer)).toEqual([]);
});

test('an answer in another swarm does not count as one', async () => {
  const edge = await startServing({ servesAny: true });
  const ann = await connectPeer(edge.wsUrl, 'ann');
  const ben = await connectPeer(edge.wsUrl, 'ben');
  const other = HASH.replace('aa', 'bb');
  ben.announce(HASH);
  ben.announce(other);
  await ben.receive(isReply);
  ann.announce(HASH, { offers: 1 });
  const { offer_id: offerId } = await ben.receive((message) => 'offer' in message);
  ben.send({ ...answerTo(ben, ann.peerId, String(offerId)), info_hash: binary(other) });
  await settle(ben);
  await settle(ann);
  expect(ann.received.filter(isAnswer)).toEqual([]);
});

test('a flood of announces is refused and then ended, and others are served meanwhile', async () => {
  const edge = await startServing({ servesAny: true });
  const flood = await connectPeer(edge.wsUrl, 'flood');
  const ben = await connectPeer(edge.wsUrl, 'ben');
  ben.announce(HASH);
  await ben.receive(isReply);
  for (let index = 0; index < 5000; index += 1) flood.announce(HASH, { offers: 10 });
  await waitUntil(() => flood.closedWith() !== null);
  await settle(ben);
  // Eight announces of ten offers, and one peer to offer to.
  expect(ben.received.filter((message) => 'offer' in message).length).toBeLessThanOrEqual(9);
  expect(flood.received.filter(isReply).length).toBeLessThanOrEqual(9);
});

test('bytes that are no text are refused in words', async () => {
  const edge = await startServing({ servesAny: true });
  const eve = await connectPeer(edge.wsUrl, 'eve');
  eve.send(new Uint8Array([0xff, 0xfe, 0xfd]));
  expect(await eve.receive((message) => 'failure reason' in message)).toEqual({ 'failure reason': 'not JSON' });
});

test('a giant frame closes its connection with 1009 before it has come', async () => {
  const edge = await startServing({ servesAny: true });
  const eve = await connectPeer(edge.wsUrl, 'eve');
  eve.send('x'.repeat(1024 * 1024));
  expect(await waitUntil(() => eve.closedWith())).toBe(1009);
});

test('100,000 invented downloads count as a handful', { timeout: 120_000 }, async () => {
  let atMs = 1_700_000_000_000;
  const edge = await startServing({
    now: () => atMs,
    limits: { announcesPerAddress: { burst: 1e9, perS: 1 }, swarmsPerConnection: 200_000 },
    fill: async (folder) => {
      await publishFile(folder, 'film.mp4');
    },
  });
  const [{ infoHash, sizeBytes } = { infoHash: '', sizeBytes: 0 }] = edge.catalogue.files();
  for (let peer = 0; peer < 20; peer += 1) {
    const eve = await connectPeer(edge.wsUrl, `eve ${peer}`);
    for (let index = 0; index < 2500; index += 1) {
      const peerId = idOf(`${peer}.${index}`);
      eve.announce(infoHash, { peer_id: peerId, left: sizeBytes });
      eve.announce(infoHash, { peer_id: peerId, event: 'completed', left: 0 });
      eve.announce(infoHash, { peer_id: peerId, event: 'stopped' });
    }
    await settle(eve);
    atMs += 1000;
    for (let index = 0; index < 2500; index += 1) {
      const peerId = idOf(`${peer}.${index}`);
      eve.announce(infoHash, { peer_id: peerId, event: 'completed', left: 0 });
      eve.announce(infoHash, { peer_id: peerId, event: 'stopped' });
    }
    await settle(eve);
    eve.close();
  }
  const count = (type: string) => edge.events.filter((event) => event.type === type).length;
  expect(count('started')).toBe(8);
  expect(count('completed')).toBe(8);
});

test('one address opens so many connections and no more', async () => {
  const edge = await startServing({ servesAny: true, limits: { connectionsPerAddress: 5 } });
  const peers = await Promise.all(Array.from({ length: 5 }, (_, index) => connectPeer(edge.wsUrl, `peer ${index}`)));
  await expect(connectPeer(edge.wsUrl, 'sixth')).rejects.toThrow();
  peers[0]?.close();
  await waitUntil(() => edge.tracker.totals().webSockets === 4);
  const late = await connectPeer(edge.wsUrl, 'late');
  late.announce(HASH);
  await late.receive(isReply);
});

test('behind a proxy the visitor is limited, not the proxy', async () => {
  const limits = { newWebSocketsPerAddress: { burst: 2, perS: 0.001 } };
  const edge = await startServing({ servesAny: true, isBehindProxy: true, limits });
  const from = (address: string) => connectPeer(edge.wsUrl, 'peer', { 'X-Forwarded-For': address });
  await from('192.0.2.1');
  await from('192.0.2.1');
  await expect(from('192.0.2.1')).rejects.toThrow('429');
  await expect(from('198.51.100.9, 192.0.2.1')).rejects.toThrow('429');
  await from('192.0.2.2');
});

test('headers that come drop by drop are cut off', async () => {
  const edge = await startServing({ servesAny: true, limits: { headersWithinMs: 500 } });
  const socket = connect(edge.port, '127.0.0.1');
  let received = '';
  socket.on('data', (data) => {
    received += data;
  });
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n');
  const drip = setInterval(() => socket.write('X-Slow: 1\r\n'), 50);
  onTestFinished(() => {
    clearInterval(drip);
    socket.destroy();
  });
  await closed;
  expect(received).toMatch(/^HTTP\/1\.1 40[08] /);
});

test('a WebSocket that never says anything is closed, one that announced at once is kept', async () => {
  let atMs = 1_700_000_000_000;
  const edge = await startServing({ servesAny: true, now: () => atMs });
  const mute = await connectPeer(edge.wsUrl, 'mute');
  const ann = await connectPeer(edge.wsUrl, 'ann');
  ann.announce(HASH); // in the very millisecond in which it came
  await ann.receive(isReply);
  atMs += 30_000;
  edge.tracker.sweep();
  await waitUntil(() => mute.closedWith() !== null);
  expect(edge.tracker.totals().webSockets).toBe(1);
});

test('a quiet peer that answers pings is kept, one that does not is gone, and a leap of the clock ends nobody', async () => {
  let atMs = 1_700_000_000_000;
  const edge = await startServing({ servesAny: true, now: () => atMs });
  const ann = await connectPeer(edge.wsUrl, 'ann');
  ann.announce(HASH);
  await ann.receive(isReply);
  const ben = await connectPeer(edge.wsUrl, 'ben');
  ben.announce(HASH);
  await ben.receive(isReply);
  for (let round = 0; round < 10; round += 1) {
    atMs += 3_600_000;
    edge.tracker.sweep();
    await settle(ben); // while he asks and is answered, her pong comes; she says nothing else
  }
  expect(ann.closedWith()).toBeNull();
  // No pong can come between these, because nothing else runs.
  for (let sweep = 0; sweep < 10; sweep += 1) {
    atMs += 60_000;
    edge.tracker.sweep();
  }
  await waitUntil(() => ann.closedWith() !== null);
});

test('UDP: nobody is answered under an address that is not his, and nothing is amplified', async () => {
  const edge = await startServing({ servesAny: true });
  const socket = createSocket('udp4');
  onTestFinished(() => {
    socket.close();
  });
  const received: Buffer[] = [];
  socket.on('message', (message) => received.push(message));
  const send = (message: Buffer) => socket.send(message, edge.port, '127.0.0.1');
  const packet = (connectionId: Buffer, action: number, rest: Buffer = Buffer.alloc(0)) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(action, 0);
    head.writeUInt32BE(42, 4);
    return Buffer.concat([connectionId, head, rest]);
  };
  const protocolId = Buffer.from('0000041727101980', 'hex');
  const announce = Buffer.alloc(82);
  Buffer.from(HASH, 'hex').copy(announce);
  announce.writeUInt32BE(2, 64); // started
  announce.writeUInt32BE(0x01020304, 68); // "my address is 1.2.3.4"
  announce.writeUInt16BE(7003, 80);

  send(packet(protocolId, 1, announce)); // what stock bittorrent-tracker answers
  send(packet(Buffer.alloc(8, 7), 1, announce));
  send(Buffer.alloc(3));
  send(packet(protocolId, 0));
  await waitUntil(() => received.length > 0);
  expect(received).toHaveLength(1);
  const [connected] = received;
  expect(connected).toHaveLength(16);
  expect(edge.tracker.totals().addressPeers).toBe(0);

  send(packet((connected as Buffer).subarray(8, 16), 1, announce));
  await waitUntil(() => received.length > 1);
  const http = await fetch(
    `${edge.url}/announce?info_hash=${escapeBytes(HASH)}&peer_id=${'b'.repeat(20)}&port=7004&left=9&compact=1`,
  );
  const text = Buffer.from(await http.arrayBuffer()).toString('latin1');
  expect(text).toContain('5:peers6:\x7f\x00\x00\x01\x1b\x5b'); // 127.0.0.1:7003, not 1.2.3.4
});

test.each([
  ['no port', (hash: string) => `info_hash=${hash}&peer_id=${'b'.repeat(20)}`, 'invalid port'],
  ['a short hash', () => `info_hash=abc&peer_id=${'b'.repeat(20)}`, 'invalid info_hash'],
  [
    'an event out of the air',
    (hash: string) => `info_hash=${hash}&peer_id=${'b'.repeat(20)}&port=1&event=__proto__`,
    'unknown event',
  ],
  [
    'two events',
    (hash: string) => `info_hash=${hash}&peer_id=${'b'.repeat(20)}&port=1&event=a&event=b`,
    'unknown event',
  ],
])('HTTP: %s is refused in words', async (_name, query, reason) => {
  const edge = await startServing({ servesAny: true });
  const answer = await fetch(`${edge.url}/announce?${query(escapeBytes(HASH))}`);
  expect(await answer.text()).toContain(reason);
  expect(edge.tracker.totals().addressPeers).toBe(0);
});

test('HTTP: one address cannot fill a swarm with ports', async () => {
  const edge = await startServing({ servesAny: true, limits: { newAddressPeers: { burst: 3, perS: 0.001 } } });
  for (let port = 1; port <= 10; port += 1) {
    await fetch(`${edge.url}/announce?info_hash=${escapeBytes(HASH)}&peer_id=${'b'.repeat(20)}&port=${port}&left=0`);
  }
  expect(edge.tracker.count(HASH)).toEqual({ complete: 3, incomplete: 0 });
});

const escapeBytes = (hex: string) => hex.replace(/../g, '%$&');
