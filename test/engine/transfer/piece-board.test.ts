import { expect, test } from 'vitest';
import { BlockState, PieceState } from '../../../src/engine/schedule/plan-view.ts';
import { PieceBoard } from '../../../src/engine/transfer/piece-board.ts';
import type { PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';

/** Four pieces of two blocks; the last one is one short block. */
const { info } = await smallTorrent({ content: 3 * 32_768 + 100 });
const { free, inRun, open, held } = PieceState;
const [ann, bob] = ['ann' as PeerId, 'bob' as PeerId];
const p = (piece: number) => piece as PieceIndex;
const newBoard = (marks = [0, 0, 0, 0]) => new PieceBoard(info, Uint8Array.from(marks));

test('begins with what the store has', () => {
  const board = newBoard([0, 1, 255, 0]);
  expect([...board.states]).toEqual([free, held, held, free]);
  expect(board.left).toBe(2);
});

test('knows how long blocks are', () => {
  expect([newBoard().blockLength(p(0), 1), newBoard().blockLength(p(3), 0)]).toEqual([16_384, 100]);
});

test('a piece is open from its first asked block until its last block came', () => {
  const board = newBoard();
  board.asked(p(0), 0, ann);
  expect(board.states[0]).toBe(open);
  expect(board.open()).toMatchObject([{ piece: 0, askedOf: [ann, undefined], soleSource: null }]);
  expect(board.blockCame(p(0), 0)).toBe(true);
  expect([...(board.open()[0]?.blocks ?? [])]).toEqual([BlockState.here, BlockState.missing]);
  expect(board.blockCame(p(0), 1)).toBe(true); // late or unasked, but welcome
  expect(board.states[0]).toBe(held);
  expect(board.open()).toEqual([]);
  expect(board.left).toBe(4); // held, but not verified
  board.verified(p(0));
  expect(board.left).toBe(3);
});

test.each([
  ['a second copy', (board: PieceBoard) => board.blockCame(p(0), 0)],
  ['a block of a piece that nobody began', (board: PieceBoard) => board.blockCame(p(1), 0)],
  ['a block of a held piece', (board: PieceBoard) => board.blockCame(p(2), 0)],
])('%s is not wanted', (_name, come) => {
  const board = newBoard([0, 0, 1, 0]);
  board.asked(p(0), 0, ann);
  board.blockCame(p(0), 0);
  expect(come(board)).toBe(false);
});

test('a piece of which nothing came is free again when its last asked block is lost', () => {
  const board = newBoard();
  board.asked(p(0), 0, ann);
  board.asked(p(0), 1, ann);
  expect(board.blockLost(p(0), 0, ann)).toBe(false);
  expect(board.blockLost(p(0), 1, ann)).toBe(true);
  expect(board.states[0]).toBe(free);
});

test('a piece of which something came stays open when a block is lost', () => {
  const board = newBoard();
  board.asked(p(0), 0, ann);
  board.blockCame(p(0), 0);
  board.asked(p(0), 1, ann);
  expect(board.blockLost(p(0), 1, ann)).toBe(false);
  expect(board.states[0]).toBe(open);
  expect(board.open()[0]?.askedOf[1]).toBeUndefined();
});

test('a block that was asked of somebody else since is not lost', () => {
  const board = newBoard();
  board.asked(p(0), 0, ann);
  board.asked(p(0), 0, bob);
  expect(board.blockLost(p(0), 0, ann)).toBe(false);
  expect(board.open()[0]?.askedOf[0]).toBe(bob);
});

test('a suspect piece is the first asker alone, and free when that one loses any of it', () => {
  const board = newBoard();
  board.suspect.add(p(0));
  board.asked(p(0), 0, ann);
  board.asked(p(0), 1, ann);
  expect(board.open()[0]?.soleSource).toBe(ann);
  board.blockCame(p(0), 0);
  expect(board.blockLost(p(0), 1, ann)).toBe(true);
  expect(board.states[0]).toBe(free);
});

test('a verified piece is not suspect any more', () => {
  const board = newBoard();
  board.suspect.add(p(0));
  board.verified(p(0));
  expect(board.suspect.size).toBe(0);
});

test('runs take and give up what is free, and leave what others have', () => {
  const board = newBoard([0, 0, 1, 0]);
  board.asked(p(1), 0, ann);
  board.runTook(p(0), p(4));
  expect([...board.states]).toEqual([inRun, open, held, inRun]);
  board.runGaveUp(p(0), p(4));
  expect([...board.states]).toEqual([free, open, held, free]);
});

test('a piece that came whole and failed is free, and can come again', () => {
  const board = newBoard();
  for (const block of [0, 1]) board.asked(p(0), block, ann);
  for (const block of [0, 1]) board.blockCame(p(0), block);
  expect(board.states[0]).toBe(held);
  board.free(p(0));
  expect(board.states[0]).toBe(free);
  board.asked(p(0), 0, bob);
  expect(board.blockCame(p(0), 0)).toBe(true);
});
