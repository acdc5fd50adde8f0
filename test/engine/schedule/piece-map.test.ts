import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlockState, NO_RUN, PieceMap, PieceState } from '../../../src/engine/schedule/piece-map.ts';
import { BLOCK_LENGTH_BYTES as BLOCK } from '../../../src/engine/torrent/piece-length.ts';
import type { PeerId, PieceIndex } from '../../../src/model/ids.ts';
import { isMissing, NaivePieceMap } from './naive-piece-map.ts';

const [ann, bob] = ['ann' as PeerId, 'bob' as PeerId];
const p = (piece: number) => piece as PieceIndex;
const PIECE = 4 * BLOCK;
/** Four pieces of four blocks; the last one has one block and 100 bytes. */
const LENGTH = 3 * PIECE + BLOCK + 100;
const newMap = (states = [0, 0, 0, 0]) => new PieceMap(PIECE, LENGTH, Uint8Array.from(states));
const { free, inRun, open, held } = PieceState;

/** One letter a block: `.` missing, `+` here, a number: of that run, a letter: asked of that peer, `*` of both. */
function blocksOf(map: PieceMap, piece: number): string | null {
  const it = map.open(p(piece));
  if (it === undefined) return null;
  const letterOf = (block: number): string => {
    if (it.blocks[block] === BlockState.here) return '+';
    if (it.blocks[block] === BlockState.missing) return '.';
    const [run, peers] = [it.runs[block], it.peers[block] ?? []];
    if (run !== NO_RUN) return peers.length > 0 ? '*' : String(run);
    return peers.length === 1 ? String(peers[0]?.[0]) : String(peers.length);
  };
  return [...it.blocks.keys()].map(letterOf).join('');
}

/** Everything that a map can be asked, to be compared. */
function snapshotOf(map: PieceMap): unknown {
  const opens = [...map.opens()].map((it) => ({
    ...it,
    blocks: [...it.blocks],
    runs: [...it.runs],
    peers: it.peers.map((peers) => [...peers]),
  }));
  const { freePieces, freeBytes, hasMissingBlocks, duplicateBytes } = map;
  return { states: [...map.states], opens, freePieces, freeBytes, hasMissingBlocks, duplicateBytes };
}

test('knows where pieces and blocks lie, also the short last ones', () => {
  const map = newMap();
  expect([0, 3, 4].map((piece) => map.startOf(piece))).toEqual([0, 3 * PIECE, LENGTH]);
  expect([0, 3].map((piece) => map.lengthOf(piece))).toEqual([PIECE, BLOCK + 100]);
  expect([0, 3].map((piece) => map.blockCount(piece))).toEqual([4, 2]);
  expect([map.blockLength(0, 3), map.blockLength(3, 0), map.blockLength(3, 1)]).toEqual([BLOCK, BLOCK, 100]);
  expect([PIECE - 1, PIECE, LENGTH - 1].map((byte) => map.pieceAt(byte))).toEqual([0, 1, 3]);
});

describe('blocks of peers', () => {
  test('a piece is open from its first asked block until its last block came', () => {
    const map = newMap();
    map.begin(p(3), null);
    map.ask(p(3), 0, ann);
    expect([map.states[3], blocksOf(map, 3)]).toEqual([open, 'a.']);
    expect(map.came(p(3), 0)).toBe(true);
    expect(blocksOf(map, 3)).toBe('+.');
    expect(map.came(p(3), 1)).toBe(true); // late or unasked, but welcome
    expect([map.states[3], blocksOf(map, 3)]).toEqual([held, null]);
  });

  test.each([
    ['a second copy', (map: PieceMap) => map.came(p(0), 0)],
    ['a block of a piece that nobody began', (map: PieceMap) => map.came(p(1), 0)],
    ['a block of a held piece', (map: PieceMap) => map.came(p(2), 0)],
    ['a block of a piece that a run streams', (map: PieceMap) => map.came(p(3), 0)],
  ])('%s is not wanted', (_name, come) => {
    const map = newMap([0, 0, held, 0]);
    map.take(1, 3 * PIECE, LENGTH);
    map.begin(p(0), null);
    map.came(p(0), 0);
    expect(come(map)).toBe(false);
  });

  test('a piece of which nothing came is free again when its last asked block is lost', () => {
    const map = newMap();
    map.begin(p(0), null);
    map.ask(p(0), 0, ann);
    map.ask(p(0), 1, ann);
    expect([map.lose(p(0), 0, ann), map.lose(p(0), 1, ann)]).toEqual([false, true]);
    expect([map.states[0], map.freePieces]).toEqual([free, 4]);
  });

  test('a piece of which something came stays open when a block is lost', () => {
    const map = newMap();
    map.begin(p(0), null);
    map.came(p(0), 0);
    map.ask(p(0), 1, ann);
    expect(map.lose(p(0), 1, ann)).toBe(false);
    expect(blocksOf(map, 0)).toBe('+...');
  });

  test('a block that somebody else was asked for too is not lost, nor is one that was never asked of who loses it', () => {
    const map = newMap();
    map.begin(p(0), null);
    map.ask(p(0), 0, ann);
    expect(map.lose(p(0), 0, bob)).toBe(false);
    map.ask(p(0), 0, bob);
    expect(map.lose(p(0), 0, ann)).toBe(false);
    expect(map.open(p(0))?.peers[0]).toEqual([bob]);
    expect(map.lose(p(0), 0, bob)).toBe(true);
  });

  test('to ask the same peer again, or for what is here, changes nothing', () => {
    const map = newMap();
    map.begin(p(0), null);
    map.ask(p(0), 0, ann);
    map.came(p(0), 1);
    const before = snapshotOf(map);
    map.ask(p(0), 0, ann);
    map.ask(p(0), 1, bob);
    map.ask(p(2), 0, bob); // nobody opened it
    expect(snapshotOf(map)).toEqual(before);
  });

  test("a sole source's piece is free when that one loses any of it, whatever came", () => {
    const map = newMap();
    map.begin(p(0), ann);
    map.ask(p(0), 0, ann);
    map.ask(p(0), 1, ann);
    map.came(p(0), 0);
    expect(map.lose(p(0), 1, ann)).toBe(true);
    expect(map.states[0]).toBe(free);
  });

  test('a piece that came whole and failed is free, and can come again', () => {
    const map = newMap();
    map.begin(p(3), null);
    for (const block of [0, 1]) map.came(p(3), block);
    expect(map.states[3]).toBe(held);
    map.free(p(3));
    expect([map.states[3], map.freePieces]).toEqual([free, 4]);
    map.begin(p(3), null);
    expect(map.came(p(3), 0)).toBe(true);
  });
});

describe('runs', () => {
  test('take whole free pieces as they are, parts of pieces block by block, and leave what is here', () => {
    const map = newMap([0, held, 0, 0]);
    map.begin(p(2), null);
    map.came(p(2), 1);
    map.ask(p(2), 2, ann);
    map.take(1, 2 * BLOCK, LENGTH);
    expect([...map.states]).toEqual([open, held, open, inRun]);
    expect([blocksOf(map, 0), blocksOf(map, 2)]).toEqual(['..11', '1+*1']);
  });

  test('that are cut between pieces give up what is behind', () => {
    const map = newMap();
    map.take(1, 0, LENGTH);
    map.cut(1, 0, 2 * PIECE, LENGTH);
    expect([...map.states]).toEqual([inRun, inRun, free, free]);
    expect(map.freeBytes).toBe(2 * PIECE); // the last piece counts as whole
  });

  test('that are cut in the middle of a piece keep what they streamed of it and what they will', () => {
    const map = newMap();
    map.take(1, 0, LENGTH);
    map.cut(1, PIECE + BLOCK + 5, PIECE + 3 * BLOCK, LENGTH);
    expect([...map.states]).toEqual([inRun, open, free, free]);
    expect(blocksOf(map, 1)).toBe('+11.');
  });

  test.each([
    ['before it', PIECE],
    ['in the middle of it', PIECE + 3 * BLOCK],
  ])('that are cut %s do not touch a piece that failed and that another run has by now', (_name, endByte) => {
    const map = newMap();
    map.take(1, 0, LENGTH);
    map.free(p(1)); // its hash was wrong, before the run was known to be past it
    map.take(2, PIECE, 2 * PIECE);
    map.cut(1, PIECE + BLOCK, endByte, LENGTH);
    expect([...map.states]).toEqual([inRun, inRun, free, free]);
    map.cut(2, PIECE, PIECE, 2 * PIECE);
    expect([...map.states]).toEqual([inRun, free, free, free]);
  });

  test('that end in the middle of a block leave that block missing', () => {
    const map = newMap();
    map.take(1, 0, 2 * PIECE);
    const position = 2 * BLOCK + 1;
    map.cut(1, position, position, 2 * PIECE);
    expect([...map.states]).toEqual([open, free, free, free]);
    expect(blocksOf(map, 0)).toBe('++..');
  });

  test('that end before their first block is whole leave nothing', () => {
    const map = newMap();
    map.take(1, 0, 2 * PIECE);
    map.cut(1, BLOCK - 1, BLOCK - 1, 2 * PIECE);
    expect([...map.states]).toEqual([free, free, free, free]);
  });

  test('that are cut do not touch the blocks of other runs, nor what peers were asked for', () => {
    const map = newMap();
    map.begin(p(0), null);
    map.ask(p(0), 1, ann);
    map.take(1, 0, 2 * BLOCK);
    map.take(2, 2 * BLOCK, PIECE);
    expect(blocksOf(map, 0)).toBe('1*22');
    map.cut(1, 0, 0, 2 * BLOCK);
    expect(blocksOf(map, 0)).toBe('.a22');
    map.cut(2, 2 * BLOCK, 2 * BLOCK, PIECE);
    expect(blocksOf(map, 0)).toBe('.a..');
  });

  test('bring the blocks that they have streamed to the end, and name the peers that still owe them', () => {
    const map = newMap();
    map.begin(p(0), null);
    map.ask(p(0), 1, ann);
    map.ask(p(0), 1, bob);
    map.take(1, BLOCK, PIECE);
    expect(map.streamed(1, BLOCK, 2 * BLOCK - 1)).toEqual([]);
    expect(map.streamed(1, 2 * BLOCK - 1, 3 * BLOCK + 7)).toEqual([
      { peer: ann, piece: 0, block: 1 },
      { peer: bob, piece: 0, block: 1 },
    ]);
    expect(blocksOf(map, 0)).toBe('.++1');
  });

  test('that stream the last missing block make the piece held', () => {
    const map = newMap();
    map.begin(p(3), null);
    map.came(p(3), 0);
    map.take(1, 3 * PIECE + BLOCK, LENGTH);
    map.streamed(1, 3 * PIECE + BLOCK, LENGTH);
    expect(map.states[3]).toBe(held);
  });

  test('keep a block that a peer owes too when the peer loses it', () => {
    const map = newMap();
    map.begin(p(0), null);
    map.ask(p(0), 0, ann);
    map.take(1, 0, BLOCK);
    expect(map.lose(p(0), 0, ann)).toBe(false);
    expect(blocksOf(map, 0)).toBe('1...');
  });
});

test('bytes that may come twice are those of all copies but one', () => {
  const map = newMap();
  map.begin(p(0), null);
  for (const peer of [ann, bob]) map.ask(p(0), 0, peer);
  map.ask(p(0), 1, ann);
  expect(map.duplicateBytes).toBe(BLOCK);
  map.take(1, 0, 2 * BLOCK);
  expect(map.duplicateBytes).toBe(3 * BLOCK);
  map.came(p(0), 0);
  expect(map.duplicateBytes).toBe(BLOCK);
});

describe('whatever happens, in whatever order', () => {
  const PEERS = ['ann', 'bob', 'cid'] as const;
  const step = fc.record({
    what: fc.constantFrom('ask', 'ask', 'lose', 'came', 'came', 'take', 'streamed', 'streamed', 'cut', 'end', 'settle'),
    at: fc.nat(999),
    to: fc.nat(9_999_999),
    peer: fc.constantFrom(...PEERS),
  });
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

  const [pieceLengthBytes, lengthBytes] = [PIECE, 4 * PIECE + 2 * BLOCK + 77];

  /** Does the same to both; what the download would never do is left out. */
  function apply(map: PieceMap, naive: NaivePieceMap, { what, at, to, peer }: Step, count: number): void {
    const piece = p(at % map.pieceCount);
    const block = to % map.blockCount(piece);
    const run = naive.runs[at % Math.max(naive.runs.length, 1)];
    const id = peer as PeerId;
    const it = naive.block(piece, block);
    const isStreamedWhole = map.states[piece] === inRun;
    switch (what) {
      case 'ask':
        if (isStreamedWhole || it.isHere) return;
        if (map.states[piece] === free) map.begin(piece, null);
        map.ask(piece, block, id);
        it.peers = [...it.peers.filter((other) => other !== id), id];
        return;
      case 'lose': {
        const wasFree = naive.isFree(piece);
        naive.lose(piece, block, peer);
        expect(map.lose(piece, block, id)).toBe(!wasFree && naive.isFree(piece));
        return;
      }
      case 'came': {
        // Of a piece that is not open a block is not wanted, and the download forgets it.
        const isWanted = map.states[piece] === open;
        expect(map.came(piece, block)).toBe(isWanted && naive.came(piece, block));
        return;
      }
      case 'take': {
        const all = naive.blocks;
        const first = all[at % all.length];
        const last = all[Math.min((at % all.length) + (to % 9), all.length - 1)];
        if (first === undefined || last === undefined) return;
        const [startByte, endByte] = [first.startByte, last.endByte];
        // Nobody is asked for what another run has, but for a piece that failed; nor for what one has streamed of a piece.
        const within = all.filter((it) => it.startByte < endByte && startByte < it.endByte);
        if (within.some((it) => it.run !== 0)) return;
        const pieces = [map.pieceAt(startByte), map.pieceAt(startByte + PIECE), map.pieceAt(endByte - 1)];
        if (pieces.some((it) => map.states[it] === inRun && map.startOf(it) < endByte)) return;
        naive.take(count + 1, startByte, endByte);
        map.take(count + 1, startByte, endByte);
        return;
      }
      case 'streamed': {
        if (run === undefined) return;
        const anywhere = run.positionByte + (to % (2 * PIECE));
        const toByte = Math.min(at % 2 === 0 ? anywhere : anywhere - (anywhere % BLOCK), run.endByte);
        if (toByte <= run.positionByte) return;
        const overtaken = map.streamed(run.run, run.positionByte, toByte);
        expect(overtaken.map((it) => `${it.peer} ${it.piece}.${it.block}`)).toEqual(naive.streamed(run, toByte));
        run.positionByte = toByte;
        return;
      }
      case 'cut':
      case 'end': {
        if (run === undefined) return;
        const inside = naive.blocks.map(({ endByte }) => endByte);
        const ends = inside.filter((end) => end >= run.positionByte && end < run.endByte);
        const endByte = what === 'end' ? run.positionByte : ends[to % Math.max(ends.length, 1)];
        if (endByte === undefined) return;
        map.cut(run.run, run.positionByte, endByte, run.endByte);
        naive.cut(run, endByte);
        return;
      }
      case 'settle': {
        if (!naive.isWhole(piece)) return;
        const isRight = to % 2 === 0;
        if (isRight) map.hold(piece);
        else map.free(piece);
        naive.set(piece, isRight);
        return;
      }
    }
  }

  const lineOf = (isHere: boolean, isFree: boolean, peers: readonly string[], run: number) =>
    isHere ? '+' : isFree ? '.' : `${peers.join('&')}${run === 0 ? '' : run}`;

  /** A map in one line, what it counts included. */
  function wordsOf(map: PieceMap): string {
    const pieces = [...map.states].map((state, piece) => {
      const it = map.open(p(piece));
      if (it === undefined)
        return state === open ? 'open without blocks' : state === free ? 'free' : state === held ? 'held' : 'run';
      if (state !== open) return `blocks of piece in state ${state}`;
      const blocks = [...it.blocks].map((block, index) =>
        lineOf(block === BlockState.here, block === BlockState.missing, it.peers[index] ?? [], it.runs[index] ?? 0),
      );
      return blocks.join(' ');
    });
    const counts = [map.freePieces, map.freeBytes, map.hasMissingBlocks, map.duplicateBytes];
    return `${pieces.join(' | ')} ${counts.join(' ')}`;
  }

  /** The same, from the slow one. Whether a piece that one run has is taken as a whole only the map can say. */
  function slowWordsOf(naive: NaivePieceMap, states: Uint8Array): string {
    let [freePieces, missingBlocks, duplicates] = [0, 0, 0];
    const pieces = naive.pieces.map((blocks, piece) => {
      for (const { peers, run } of blocks) duplicates += Math.max(peers.length + Number(run !== 0) - 1, 0);
      if (naive.isFree(piece)) {
        freePieces += 1;
        return 'free';
      }
      missingBlocks += blocks.filter(isMissing).length;
      const isOfRuns = blocks.every(({ isHere, peers, run }) => (isHere || run !== 0) && peers.length === 0);
      if (states[piece] === inRun && isOfRuns) return 'run';
      if (naive.isWhole(piece)) return 'held';
      return blocks.map((it) => lineOf(it.isHere, isMissing(it), it.peers, it.run)).join(' ');
    });
    const freeBytes = Math.min(freePieces * PIECE + missingBlocks * BLOCK, lengthBytes);
    const counts = [freePieces, freeBytes, missingBlocks > 0, duplicates * BLOCK];
    return `${pieces.join(' | ')} ${counts.join(' ')}`;
  }

  test('the map says what a slow count of every block says, and copies do not change with it', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), (steps) => {
        const naive = new NaivePieceMap(pieceLengthBytes, lengthBytes);
        const map = new PieceMap(pieceLengthBytes, lengthBytes, new Uint8Array(naive.pieces.length));
        for (const [count, next] of steps.entries()) {
          const copy = map.clone();
          const before = wordsOf(map);
          apply(map, naive, next, count);
          expect(wordsOf(map)).toBe(slowWordsOf(naive, map.states));
          expect(wordsOf(copy)).toBe(before);
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});
