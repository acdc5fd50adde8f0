import { expect, test } from 'vitest';
import { PieceState } from '../../../src/engine/schedule/piece-map.ts';
import { PieceBoard } from '../../../src/engine/transfer/piece-board.ts';
import type { PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';

/** Four pieces of two blocks; the last one is one short block. */
const { info } = await smallTorrent({ content: 3 * 32_768 + 100 });
const { free, held } = PieceState;
const [ann, bob] = ['ann' as PeerId, 'bob' as PeerId];
const p = (piece: number) => piece as PieceIndex;
const newBoard = (marks = [0, 0, 0, 0]) => new PieceBoard(info, Uint8Array.from(marks));
const holder = (id: PeerId, ...pieces: number[]) => ({ id, has: (piece: PieceIndex) => pieces.includes(piece) });

test('begins with what the store has', () => {
  const board = newBoard([0, 1, 255, 0]);
  expect([...board.map.states]).toEqual([free, held, held, free]);
  expect([board.left, board.leftBytes]).toEqual([2, 2 * 32_768]);
});

test('the bytes left are never more than the torrent has', () => {
  expect(newBoard().leftBytes).toBe(info.lengthBytes);
});

test('a piece of which all blocks are here is held, and left until it is verified', () => {
  const board = newBoard();
  board.map.begin(p(3), null);
  board.map.came(p(3), 0);
  expect([board.map.states[3], board.left]).toEqual([held, 4]);
  board.verified(p(3));
  expect([board.map.states[3], board.left]).toEqual([held, 3]);
});

test('a verified piece is not suspect any more', () => {
  const board = newBoard();
  board.suspect.add(p(0));
  board.verified(p(0));
  expect(board.suspect.size).toBe(0);
});

test('counts who has each piece, whatever comes, changes and goes', () => {
  const board = newBoard();
  board.holds(holder(ann, 0, 1));
  board.holds(holder(bob, 1, 3));
  expect([...board.holders]).toEqual([1, 2, 0, 1]);
  board.holdsAlso(ann, p(2));
  board.holdsAlso(ann, p(2)); // told twice, counted once
  expect([...board.holders]).toEqual([1, 2, 1, 1]);
  board.holds(holder(ann, 3)); // all it said before is void
  expect([...board.holders]).toEqual([0, 1, 0, 2]);
  board.gone(bob);
  board.gone(bob);
  board.holdsAlso(bob, p(0)); // too late
  expect([...board.holders]).toEqual([0, 0, 0, 1]);
});

test('frees and names the pieces that only one peer was to bring, and no others', () => {
  const board = newBoard();
  board.map.begin(p(0), ann);
  board.map.ask(p(0), 0, ann);
  board.map.came(p(0), 0);
  board.map.begin(p(1), bob);
  board.map.begin(p(2), null);
  board.map.ask(p(2), 0, ann);
  expect(board.freeSoleOf(ann)).toEqual([0]);
  expect([0, 1, 2].map((piece) => board.map.open(p(piece)) !== undefined)).toEqual([false, true, true]);
  expect(board.map.states[0]).toBe(free);
});

test('a claim counts for half a minute, or until who made it has the piece', () => {
  const board = newBoard();
  board.holds(holder(ann));
  board.claimed(p(1), 1_000);
  board.claimed(p(2), 20_000);
  expect([...board.claims(31_000)]).toEqual([1, 2]);
  expect([...board.claims(31_001)]).toEqual([2]);
  board.holdsAlso(ann, p(2));
  expect([...board.claims(31_001)]).toEqual([]);
});

test('a claim that is made again counts from then on', () => {
  const board = newBoard();
  board.claimed(p(1), 1_000);
  board.claimed(p(1), 25_000);
  expect([...board.claims(50_000)]).toEqual([1]);
});
