import { beforeEach, expect, test } from 'vitest';
import { WasteAccount } from '../../../src/engine/transfer/waste-account.ts';
import type { PeerId, PieceIndex } from '../../../src/model/ids.ts';

const BLOCK = 16_384;
/** What may come twice before anything has come. */
const FIRST = new WasteAccount().allowanceBytes(0, 0, 0);
const ann = 'ann' as PeerId;
const block = { peer: ann, piece: 1 as PieceIndex, block: 0 };
const others = { ...block, peer: 'bob' as PeerId };
let account: WasteAccount;
beforeEach(() => {
  account = new WasteAccount();
});

test('somewhat less may be asked for twice than may come in vain: 1 % of what came, and 256 KiB', () => {
  for (const receivedBytes of [0, 5_000_000, 5_000_000_000]) {
    const allowed = account.allowanceBytes(receivedBytes, 0, 0);
    expect(allowed).toBeGreaterThan((receivedBytes / 100 + 262_144) / 2);
    expect(allowed).toBeLessThanOrEqual(receivedBytes / 100 + 262_144);
  }
});

test('what came in vain, and what several are asked for, is taken from it', () => {
  account.wastedBytes = 100_000;
  expect(account.allowanceBytes(0, 3 * BLOCK, 0)).toBe(FIRST - 100_000 - 3 * BLOCK);
});

test('it may be overdrawn', () => {
  account.wastedBytes = FIRST + 1;
  expect(account.allowanceBytes(0, 0, 0)).toBe(-1);
});

test('a block that was cancelled counts until it cannot come any more', () => {
  account.cancelled(block, 100, 'perhaps', 1_000);
  account.cancelled(block, 100, 'perhaps', 1_000); // the same one
  expect(account.allowanceBytes(0, 0, 1_349)).toBe(FIRST - BLOCK);
  expect(account.allowanceBytes(0, 0, 1_350)).toBe(FIRST);
});

test('of those that were heard of no more while their peer sent others, two fifths came', () => {
  account.cancelled(block, 100, 'perhaps', 1_000);
  account.came(ann, 9 as PieceIndex, 9);
  expect(account.allowanceBytes(0, 0, 1_349)).toBe(FIRST - BLOCK);
  expect(account.allowanceBytes(0, 0, 1_350)).toBeCloseTo(FIRST - 0.4 * BLOCK);
});

test('one that was not to be sent yet counts for nothing', () => {
  account.cancelled(block, 100, 'no', 1_000);
  expect(account.allowanceBytes(0, 0, 1_000)).toBe(FIRST);
});

test('one that was on its way counts for good: it came, though nobody here heard of it', () => {
  account.cancelled(block, 100, 'surely', 1_000);
  expect(account.allowanceBytes(0, 0, 1_000_000)).toBe(FIRST - BLOCK);
});

test('one that came after all counts as what it turned out to be', () => {
  account.cancelled(block, 100, 'perhaps', 1_000);
  account.cancelled(others, 100, 'surely', 1_000);
  account.came(ann, block.piece, 1); // another block
  expect(account.allowanceBytes(0, 0, 1_000)).toBe(FIRST - 2 * BLOCK);
  account.came(ann, block.piece, 0);
  expect(account.allowanceBytes(0, 0, 1_000)).toBe(FIRST - BLOCK);
});

test('nothing has come of what a peer was told not to send after it fell silent', () => {
  account.cancelled(block, 100, 'surely', 900);
  account.cancelled({ ...block, block: 1 }, 100, 'surely', 1_000);
  account.cancelled(others, 100, 'surely', 1_000);
  account.fellSilent(ann, 950);
  expect(account.allowanceBytes(0, 0, 2_000)).toBe(FIRST - 2 * BLOCK);
});
