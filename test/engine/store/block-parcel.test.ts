import { expect, test } from 'vitest';
import {
  BlockParcel,
  type Parcel,
  ParcelBuffers,
  type ParcelledBlock,
  unpack,
} from '../../../src/engine/store/block-parcel.ts';
import type { PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { StepClock } from '../../support/simulation/step-clock.ts';

const BLOCK = 16_384;
const ann = 'ann' as PeerId;
const bob = 'bob' as PeerId;

function desk() {
  const clock = new StepClock(0);
  const buffers = new ParcelBuffers();
  const sent: { atMs: number; parcel: Parcel }[] = [];
  const parcel = new BlockParcel(buffers, clock, (it) => sent.push({ atMs: clock.nowMs(), parcel: it }));
  const add = (piece: number, block: number, bytes: Uint8Array, peer = ann) =>
    parcel.add(piece as PieceIndex, block, bytes, peer);
  const pass = (ms: number) => {
    clock.passTo(clock.nowMs() + ms);
    clock.settle();
  };
  return { pass, buffers, sent, parcel, add };
}

const filledWith = (value: number, lengthBytes = BLOCK) => new Uint8Array(lengthBytes).fill(value);

function contents(parcel: Parcel): { block: ParcelledBlock; value: number | undefined; isPure: boolean }[] {
  const found: { block: ParcelledBlock; value: number | undefined; isPure: boolean }[] = [];
  unpack(parcel, (block, bytes) => {
    const isPure = bytes.length === block.lengthBytes && bytes.every((byte) => byte === bytes[0]);
    found.push({ block, value: bytes[0], isPure });
  });
  return found;
}

test('blocks of any peer travel together, in their order, a short one among them', () => {
  const { pass, sent, add } = desk();
  add(3, 0, filledWith(1));
  add(9, 7, filledWith(2, 100), bob);
  add(3, 1, filledWith(3));
  expect(sent).toEqual([]);
  pass(20);
  expect(sent).toHaveLength(1);
  expect(contents(sent[0]?.parcel as Parcel)).toEqual([
    { block: { piece: 3, block: 0, lengthBytes: BLOCK, peer: ann }, value: 1, isPure: true },
    { block: { piece: 9, block: 7, lengthBytes: 100, peer: bob }, value: 2, isPure: true },
    { block: { piece: 3, block: 1, lengthBytes: BLOCK, peer: ann }, value: 3, isPure: true },
  ]);
});

test('a block waits 8 ms and no longer, also when others keep coming', () => {
  const { pass, sent, add } = desk();
  for (let ms = 0; ms < 16; ms += 4) {
    add(0, ms, filledWith(ms));
    pass(4);
  }
  expect(sent.map(({ atMs, parcel }) => [atMs, parcel.blocks.length])).toEqual([
    [8, 2],
    [16, 2],
  ]);
});

test('what is full goes at once', () => {
  const { pass, sent, add } = desk();
  for (let block = 0; block < 9; block++) add(0, block, filledWith(block));
  expect(sent.map(({ parcel }) => parcel.blocks.length)).toEqual([8]);
  pass(8);
  expect(sent.map(({ parcel }) => parcel.blocks.length)).toEqual([8, 1]);
  expect(sent.flatMap(({ parcel }) => contents(parcel).map(({ value }) => value))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

test('a block that has no room sends what was there before it', () => {
  const { sent, parcel, add } = desk();
  add(0, 0, filledWith(1, 100_000));
  add(0, 1, filledWith(2, 100_000));
  parcel.dispatch();
  expect(sent.map(({ parcel: it }) => contents(it).map(({ value, isPure }) => [value, isPure]))).toEqual([
    [[1, true]],
    [[2, true]],
  ]);
});

test('its bytes are copied: whoever handed them over may use them again', () => {
  const { sent, parcel, add } = desk();
  const bytes = filledWith(5);
  add(0, 0, bytes);
  bytes.fill(6);
  parcel.dispatch();
  expect(contents(sent[0]?.parcel as Parcel)).toMatchObject([{ value: 5, isPure: true }]);
});

test('nothing is sent twice, and an empty parcel never', () => {
  const { pass, sent, parcel, add } = desk();
  parcel.dispatch();
  add(0, 0, filledWith(1));
  parcel.dispatch();
  parcel.dispatch();
  pass(100);
  expect(sent).toHaveLength(1);
});

test('a buffer that came back is used again, and a strange one is not', () => {
  const { buffers, sent, parcel, add } = desk();
  add(0, 0, filledWith(1));
  parcel.dispatch();
  const buffer = sent[0]?.parcel.buffer as ArrayBuffer;
  buffers.giveBack(new ArrayBuffer(10));
  buffers.giveBack(buffer);
  add(0, 1, filledWith(2, 10));
  parcel.dispatch();
  expect(sent[1]?.parcel.buffer).toBe(buffer);
  expect(contents(sent[1]?.parcel as Parcel)).toMatchObject([{ value: 2, isPure: true }]);
  add(0, 2, filledWith(3));
  parcel.dispatch();
  expect(sent[2]?.parcel.buffer).not.toBe(buffer);
});
