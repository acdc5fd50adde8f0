import { setTimeout as wait } from 'node:timers/promises';
import MemoryChunkStore from 'memory-chunk-store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebTorrent, { type Torrent } from 'webtorrent';
import packageJson from 'webtorrent/package.json' with { type: 'json' };
import type { SwarmEvents, SwarmPeer } from '../../../src/engine/swarm/swarm.ts';
import { WebTorrentSession } from '../../../src/engine/swarm/webtorrent-session.ts';
import { readTorrent } from '../../../src/engine/torrent/read-torrent.ts';
import type { InfoHash, PieceIndex } from '../../../src/model/ids.ts';
import { DEFAULT_SETTINGS } from '../../../src/model/settings.ts';
import { connectPeer } from '../../edge/raw-peer.ts';
import { makeTorrent } from '../../support/make-torrent.ts';
import { pseudoRandomBytes } from '../../support/payload.ts';
import { startTracker, type Tracker } from '../../support/tracker.ts';
import { waitUntil } from '../../support/wait-until.ts';

// The adapter against the pinned library, over TCP on this machine: what it leans on must be there and behave so.
const OFF = { dht: false, lsd: false, utPex: false, natUpnp: false, natPmp: false, utp: false, webSeeds: false };
const BLOCK = 16_384;
const payload = pseudoRandomBytes(3, 8 * BLOCK);
const made = makeTorrent({ name: 'contract.bin', content: payload, pieceLengthBytes: 2 * BLOCK });
const sha1 = async (bytes: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest('SHA-1', bytes as Uint8Array<ArrayBuffer>));

type Client = WebTorrent & { torrentPort: number; destroy(done: () => void): void };
const clients: Client[] = [];
const newClient = (): Client => {
  const client = new WebTorrent({ ...OFF, tracker: false }) as Client;
  clients.push(client);
  return client;
};

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => new Promise<void>((done) => client.destroy(done))));
});

type Heard = {
  readonly peers: SwarmPeer[];
  readonly blocks: { piece: number; offset: number; bytes: Uint8Array }[];
  readonly claims: { readonly peer: SwarmPeer; readonly pieces: readonly PieceIndex[] }[];
  metadata: Uint8Array | null;
  uploadedBytes: number;
};

type Joining = { readonly trackers?: readonly string[]; readonly client?: Client; readonly infoHash?: string };

function join({ trackers = [], client = newClient(), infoHash = made.infoHash }: Joining = {}): {
  session: WebTorrentSession;
  torrent: Torrent;
  heard: Heard;
  client: Client;
} {
  const heard: Heard = { peers: [], blocks: [], claims: [], metadata: null, uploadedBytes: 0 };
  const events: SwarmEvents = {
    metadata: (bytes) => {
      heard.metadata = bytes;
    },
    peerJoined: (peer) => heard.peers.push(peer),
    peerChanged: () => undefined,
    peerLeft: () => undefined,
    block: (_, piece, offset, bytes) => heard.blocks.push({ piece, offset, bytes: bytes.slice() }),
    claimed: (peer, pieces) => heard.claims.push({ peer, pieces }),
    refused: () => undefined,
    uploaded: (bytes) => {
      heard.uploadedBytes += bytes;
    },
    read: async (piece, offset, length) =>
      payload.slice(piece * 2 * BLOCK + offset, piece * 2 * BLOCK + offset + length),
  };
  const request = { infoHash: infoHash as InfoHash, name: 'contract', trackers, isPrivate: false };
  const session = new WebTorrentSession(client, request, events, DEFAULT_SETTINGS);
  return { session, torrent: client.torrents.at(-1) as Torrent, heard, client };
}

async function stockClient(options: { bytes: Uint8Array | null }): Promise<Client> {
  const client = newClient();
  const store = MemoryChunkStore;
  const torrent = client.add(Buffer.from(made.torrentBytes), { store, storeCacheSlots: 0, skipVerify: false });
  await new Promise((ready) => torrent.once('ready', ready));
  if (options.bytes !== null) {
    for (let piece = 0; piece < made.pieceCount; piece++) {
      const bytes = options.bytes.slice(piece * 2 * BLOCK, (piece + 1) * 2 * BLOCK);
      await new Promise((done) => (torrent as unknown as { store: { put: Put } }).store.put(piece, bytes, done));
      torrent._markVerified(piece);
    }
    torrent._checkDone();
  }
  return client;
}
type Put = (piece: number, bytes: Uint8Array, done: (value: unknown) => void) => void;

const connect = (torrent: Torrent, client: Client) => {
  (torrent as unknown as { addPeer(address: string): void }).addPeer(`127.0.0.1:${client.torrentPort}`);
};

const noMarks = () => new Uint8Array(made.pieceCount);
const allMarks = () => new Uint8Array(made.pieceCount).fill(255);
const info = async () => (await readTorrent(made.torrentBytes, sha1)).info;

test('the library is the one that was read', () => {
  expect(packageJson.version).toBe('3.0.21');
});

test('metadata comes as the raw bytes that were hashed, and nothing is asked for by the library itself', async () => {
  const seeder = await stockClient({ bytes: payload });
  const { session, torrent, heard } = join();
  await waitUntil(() => Promise.resolve(torrent.infoHash !== undefined));
  await wait(50);
  connect(torrent, seeder);
  await waitUntil(() => Promise.resolve(heard.metadata !== null));
  const metadata = heard.metadata ?? new Uint8Array();
  expect(Buffer.from(await sha1(metadata)).toString('hex')).toBe(made.infoHash);
  session.setInfo(await info(), noMarks());
  await waitUntil(() => Promise.resolve(heard.peers.some((peer) => !peer.isChoking)));
  await wait(300);
  expect(torrent.wires.flatMap((wire) => wire.requests)).toEqual([]);
  expect(heard.blocks).toEqual([]);
});

test('a block that is asked for arrives, with its own bytes and no others', async () => {
  const seeder = await stockClient({ bytes: payload });
  const { session, torrent, heard } = join();
  session.setInfo(await info(), noMarks());
  await wait(50);
  connect(torrent, seeder);
  await waitUntil(() => Promise.resolve(heard.peers.some((peer) => !peer.isChoking && peer.has(1 as PieceIndex))));
  heard.peers[0]?.request(1 as PieceIndex, BLOCK, BLOCK);
  await waitUntil(() => Promise.resolve(heard.blocks.length === 1));
  expect(heard.blocks[0]).toMatchObject({ piece: 1, offset: BLOCK });
  expect(Buffer.compare(heard.blocks[0]?.bytes ?? Buffer.alloc(0), payload.slice(3 * BLOCK, 4 * BLOCK))).toBe(0);
  expect(heard.blocks[0]?.bytes.length).toBe(BLOCK);
});

test('before sharing is allowed an interested peer gets nothing; afterwards it gets everything', async () => {
  const leecher = await stockClient({ bytes: null });
  const { session, torrent, heard } = join();
  session.setSharing(false);
  session.setInfo(await info(), allMarks());
  await wait(50);
  connect(torrent, leecher);
  await waitUntil(() => Promise.resolve(heard.peers.length > 0));
  await wait(1_000);
  expect(torrent.wires[0]).toMatchObject({ peerInterested: true, amChoking: true });
  expect(heard.uploadedBytes).toBe(0);
  session.setSharing(true);
  await waitUntil(() => Promise.resolve(heard.uploadedBytes >= payload.length));
  session.setSharing(false);
  expect(torrent.wires[0]?.amChoking).toBe(true);
});

test('a piece is announced once, and only then served', async () => {
  const leecher = await stockClient({ bytes: null });
  const { session, torrent, heard } = join();
  session.setSharing(true);
  session.setInfo(await info(), noMarks());
  await wait(50);
  connect(torrent, leecher);
  await waitUntil(() => Promise.resolve(heard.peers.length > 0));
  await wait(300);
  expect(heard.uploadedBytes).toBe(0);
  session.announce(2 as PieceIndex);
  session.announce(2 as PieceIndex);
  await waitUntil(() => Promise.resolve(heard.uploadedBytes === 2 * BLOCK));
});

/** Two places in one swarm that are connected and know each other's extensions. */
async function joinTwice() {
  const [ours, theirs] = [join(), join()];
  for (const { session } of [ours, theirs]) session.setInfo(await info(), noMarks());
  await wait(50);
  connect(ours.torrent, theirs.client);
  await waitUntil(() => Promise.resolve(ours.torrent.wires.some((wire) => 'rv_claim' in wire.peerExtendedMapping)));
  return { ours, theirs };
}
const claimed = ({ heard }: { heard: Heard }) => heard.claims.map(({ pieces }) => pieces);

test('a claim reaches the peers that understand it, and none is sent before sharing is allowed', async () => {
  const { ours, theirs } = await joinTwice();
  ours.session.claim([0, 1] as PieceIndex[]);
  ours.session.setSharing(false);
  ours.session.claim([2] as PieceIndex[]);
  ours.session.setSharing(true);
  ours.session.claim([]);
  ours.session.claim([3, 1] as PieceIndex[]);
  await waitUntil(() => Promise.resolve(theirs.heard.claims.length > 0));
  await wait(100);
  expect(claimed(theirs)).toEqual([[1, 3]]);
  expect(theirs.heard.claims[0]?.peer).toBe(theirs.heard.peers[0]);
});

test('a claim before the metadata is passed over, and a stock client is told nothing', async () => {
  const [ours, theirs] = [join(), join()];
  const stock = await stockClient({ bytes: null });
  await wait(50);
  ours.session.setInfo(await info(), noMarks());
  ours.session.setSharing(true);
  await wait(50);
  connect(ours.torrent, theirs.client);
  connect(ours.torrent, stock);
  await waitUntil(() => Promise.resolve(ours.torrent.wires.some((wire) => 'rv_claim' in wire.peerExtendedMapping)));
  await waitUntil(() => Promise.resolve(ours.torrent.wires.length === 2));
  ours.session.claim([1] as PieceIndex[]);
  await wait(200);
  expect(claimed(theirs)).toEqual([]);
  expect(ours.torrent.wires).toHaveLength(2);
});

test('a flood of claims is not heard, and one that nobody honest sends ends the connection', async () => {
  const { ours, theirs } = await joinTwice();
  theirs.session.setSharing(true);
  for (let i = 0; i < 500; i++) theirs.session.claim([1] as PieceIndex[]);
  await waitUntil(() => Promise.resolve(ours.heard.claims.length >= 32));
  await wait(300);
  expect(ours.heard.claims.length).toBeLessThan(100);
  expect(ours.torrent.wires).toHaveLength(1);
  await wait(500);
  theirs.session.claim([made.pieceCount as PieceIndex]);
  await waitUntil(() => Promise.resolve(ours.torrent.wires.length === 0));
});

test('what has passed between a peer and us, and how we stand, is told', async () => {
  const [seeder, leecher] = [await stockClient({ bytes: payload }), await stockClient({ bytes: null })];
  const { session, torrent, heard } = join();
  session.setSharing(true);
  session.setInfo(await info(), Uint8Array.of(255, 0, 0, 0));
  await wait(50);
  connect(torrent, seeder);
  await waitUntil(() => Promise.resolve(heard.peers.some((peer) => !peer.isChoking && peer.has(1 as PieceIndex))));
  const [seed] = heard.peers;
  expect(seed?.status(made.pieceCount)).toMatchObject({
    isInteresting: true,
    isInterested: false,
    downBytes: 0,
    upBytes: 0,
    pieces: made.pieceCount,
  });
  expect(seed?.client).toBe('WebTorrent 3.0');
  seed?.request(1 as PieceIndex, 0, BLOCK);
  await waitUntil(() => Promise.resolve(heard.blocks.length === 1));
  expect(seed?.status(made.pieceCount).downBytes).toBe(BLOCK);
  expect(seed?.status(made.pieceCount).downBytesPerS).toBeGreaterThan(0);

  connect(torrent, leecher);
  await waitUntil(() => Promise.resolve(heard.uploadedBytes === 2 * BLOCK));
  const other = heard.peers[1];
  expect(other?.status(made.pieceCount)).toMatchObject({ isInterested: true, isChokedByUs: false, upBytes: 2 * BLOCK });
  await waitUntil(() => Promise.resolve(other?.status(made.pieceCount).pieces === 1));
  expect(other?.status(made.pieceCount).isInteresting).toBe(false);
});

test('a swarm can be left before it was ever joined, and left twice', async () => {
  const { session, torrent } = join();
  await session.leave();
  await session.leave();
  expect(torrent.destroyed).toBe(true);
});

describe('trackers', () => {
  let tracker: Tracker;
  beforeEach(async () => {
    tracker = await startTracker();
  });
  afterEach(() => tracker.close());
  const announcesOf = ({ peerId }: Client, infoHash: string) =>
    tracker.announces.filter((announce) => announce.peerId === peerId && announce.infoHash === infoHash);

  test('are asked again soon when they know somebody who does not come', { timeout: 60_000 }, async () => {
    const silent = await connectPeer(tracker.wsUrl, 'silent');
    silent.announce(made.infoHash, { left: 0 });
    await waitUntil(() => tracker.peerCount(made.infoHash) === 1);
    const { client } = join({ trackers: [tracker.wsUrl] });
    const ours = () => announcesOf(client, made.infoHash);
    await waitUntil(() => ours().length === 2, { timeoutMs: 50_000 });
    expect(ours().map(({ event }) => event)).toEqual(['start', 'update']);
    silent.close();
  });

  test('are told of each torrent what is left of it, and of one without metadata that something is', async () => {
    const trackers = [tracker.wsUrl];
    const whole = join({ trackers });
    whole.session.setInfo(await info(), allMarks());
    await waitUntil(() => whole.torrent.ready);
    const other = '1'.repeat(40);
    const unknown = join({ trackers, client: whole.client, infoHash: other });
    for (const { torrent } of [whole, unknown]) {
      await waitUntil(() => announcesOf(whole.client, torrent.infoHash).length > 0);
      torrent.discovery?.tracker?.update({});
    }
    const leftOf = (infoHash: string) => announcesOf(whole.client, infoHash).map(({ leftBytes }) => leftBytes);
    await waitUntil(() => leftOf(made.infoHash).length > 1 && leftOf(other).length > 1);
    expect([leftOf(made.infoHash).at(-1), leftOf(other).at(-1)]).toEqual([0, BLOCK]);
  });
});
