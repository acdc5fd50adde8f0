import WireClass from 'bittorrent-protocol';
import { beforeAll, expect, test } from 'vitest';
import type { Wire } from 'webtorrent';
import { gatherMessages } from '../../../src/engine/swarm/gather-messages.ts';
import { joinBlocksInPlace } from '../../../src/engine/swarm/join-blocks.ts';
import { pseudoRandomBytes } from '../../support/payload.ts';
import { waitUntil } from '../../support/wait-until.ts';

// Two real wires of the pinned library, with what we change about them: what one says, the other must hear unchanged.
const BLOCK = 16_384;
const payload = pseudoRandomBytes(11, 8 * BLOCK);

type OpenWire = Wire & {
  handshake(infoHash: string, peerId: string, extensions: object): void;
  pipe<To>(to: To): To;
  unchoke(): void;
  interested(): void;
};
type Pair = { readonly near: OpenWire; readonly far: OpenWire; readonly said: number[]; readonly heard: number[] };

beforeAll(() => {
  gatherMessages();
  gatherMessages(); // a second call changes nothing
  joinBlocksInPlace();
});

/** @param splitsAt Cuts what the far wire says in such parts, as another transport would. */
async function connect(splitsAt: number | null = null): Promise<Pair> {
  const [near, far] = [new WireClass(), new WireClass()] as unknown as [OpenWire, OpenWire];
  const said: number[] = [];
  const heard: number[] = [];
  const writer = (to: OpenWire) => to as unknown as { write(data: Uint8Array): void };
  near.on('data', (data: Uint8Array) => {
    said.push(data.length);
    writer(far).write(data);
  });
  far.on('data', (data: Uint8Array) => {
    heard.push(data.length);
    const step = splitsAt ?? data.length;
    for (let at = 0; at < data.length; at += step) writer(near).write(data.slice(at, at + step));
  });
  const hash = 'a'.repeat(40);
  const both = [near, far];
  const shook = both.map((wire) => new Promise((done) => wire.once('extended', done)));
  for (const [index, wire] of both.entries()) wire.handshake(hash, String(index).repeat(40), { fast: false });
  await Promise.all(shook);
  far.unchoke();
  near.interested();
  await waitUntil(() => !near.peerChoking && far.peerInterested);
  said.length = 0;
  heard.length = 0;
  return { near, far, said, heard };
}

const serve = (far: OpenWire, delayed: boolean) =>
  far.on(
    'request',
    (piece: number, offset: number, length: number, answer: (error: null, bytes: Uint8Array) => void) => {
      const say = () => answer(null, payload.slice(piece * BLOCK + offset, piece * BLOCK + offset + length));
      if (delayed) queueMicrotask(() => queueMicrotask(say));
      else say();
    },
  );

async function fetchAll({ near }: Pair, pieces: number): Promise<Uint8Array[]> {
  const came: Uint8Array[] = [];
  for (let piece = 0; piece < pieces; piece++)
    near.request(piece, 0, BLOCK, (error, bytes) => {
      if (error !== null || bytes === null) throw error ?? new Error('nothing came');
      came[piece] = bytes.slice(); // as the store does: it copies
    });
  await waitUntil(() => came.filter(Boolean).length === pieces);
  return came;
}

const isWhole = (blocks: readonly Uint8Array[]) =>
  blocks.every((block, index) => Buffer.compare(block, payload.slice(index * BLOCK, (index + 1) * BLOCK)) === 0);

test('requests of one task go out as one message, and each is answered', async () => {
  const pair = await connect();
  serve(pair.far, false);
  expect(isWhole(await fetchAll(pair, 8))).toBe(true);
  expect(pair.said).toEqual([8 * 17]);
});

test('a block goes out with its head, and no message is longer than 32 KiB', async () => {
  const pair = await connect();
  serve(pair.far, true);
  expect(isWhole(await fetchAll(pair, 5))).toBe(true);
  expect(pair.heard.reduce((sum, length) => sum + length, 0)).toBe(5 * (13 + BLOCK));
  expect(Math.max(...pair.heard)).toBeLessThanOrEqual(32_768);
  expect(pair.heard.length).toBeLessThanOrEqual(5);
});

test.each([13, 1_000, BLOCK, 4])('blocks that come in parts of %i bytes are joined rightly', async (splitsAt) => {
  const pair = await connect(splitsAt);
  serve(pair.far, true);
  expect(isWhole(await fetchAll(pair, 8))).toBe(true);
});

test('a block that comes apart from its head, as stock sends it, is joined without new memory', async () => {
  const pair = await connect();
  const buffers = new Set<ArrayBufferLike>();
  let came = 0;
  const raw = (bytes: Uint8Array) => (pair.near as unknown as { write(data: Uint8Array): void }).write(bytes);
  for (let piece = 0; piece < 4; piece++)
    pair.near.request(piece, 0, BLOCK, (_error, bytes) => {
      const wanted = payload.slice(piece * BLOCK, (piece + 1) * BLOCK);
      expect(Buffer.compare(bytes as Uint8Array, wanted)).toBe(0);
      buffers.add((bytes as Uint8Array).buffer);
      came += 1;
    });
  for (let piece = 0; piece < 4; piece++) {
    const head = new DataView(new ArrayBuffer(13));
    head.setUint32(0, 9 + BLOCK);
    head.setUint8(4, 7);
    head.setUint32(5, piece);
    raw(new Uint8Array(head.buffer));
    raw(payload.slice(piece * BLOCK, (piece + 1) * BLOCK));
  }
  await waitUntil(() => came === 4);
  expect(buffers.size).toBe(1);
});

test('what else a peer says stays what it was after blocks have come: its pieces are not overwritten', async () => {
  const pair = await connect();
  serve(pair.far, true);
  const field = new Uint8Array([0b1010_0000]);
  const heard: { buffer: Uint8Array }[] = [];
  pair.near.once('bitfield', (it: { buffer: Uint8Array }) => heard.push(it));
  (pair.far as unknown as { bitfield(it: Uint8Array): void }).bitfield(field);
  await waitUntil(() => heard.length === 1);
  expect(isWhole(await fetchAll(pair, 8))).toBe(true);
  expect([...(heard[0] as { buffer: Uint8Array }).buffer]).toEqual([...field]);
});
