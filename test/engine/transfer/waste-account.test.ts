import { beforeEach, expect, test } from 'vitest';
import { WasteAccount } from '../../../src/engine/transfer/waste-account.ts';
import type { PeerId, PieceIndex } from '../../../src/model/ids.ts';

const BLOCK = 16_384;
const FIRST = 262_144;
const [ann, bob] = ['ann' as PeerId, 'bob' as PeerId];
const p = (piece: number) => piece as PieceIndex;
let account: WasteAccount;
beforeEach(() => {
  account = new WasteAccount();
});

test('a quarter of a megabyte may come twice, and one part in a hundred of what came', () => {
  expect(account.allowanceBytes(0, 0, 0)).toBe(FIRST);
  expect(account.allowanceBytes(5_000_000, 0, 0)).toBe(FIRST + 50_000);
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
  account.cancelled(ann, p(1), 0, 100, 1_000);
  account.cancelled(ann, p(1), 0, 100, 1_000); // the same block
  expect(account.allowanceBytes(0, 0, 1_349)).toBe(FIRST - BLOCK);
  expect(account.allowanceBytes(0, 0, 1_350)).toBe(FIRST);
});

test('one that came after all counts as what it turned out to be', () => {
  account.cancelled(ann, p(1), 0, 100, 1_000);
  account.cancelled(bob, p(1), 0, 100, 1_000);
  account.came(ann, p(1), 0);
  expect(account.allowanceBytes(0, 0, 1_000)).toBe(FIRST - BLOCK);
  account.came(bob, p(1), 1); // another block
  expect(account.allowanceBytes(0, 0, 1_000)).toBe(FIRST - BLOCK);
});
