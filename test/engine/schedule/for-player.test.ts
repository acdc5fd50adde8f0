import { describe, expect, test } from 'vitest';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import { planForPlayer } from '../../../src/engine/schedule/for-player.ts';
import { neededPieces } from '../../../src/engine/schedule/needed-by-player.ts';
import { PieceMap } from '../../../src/engine/schedule/piece-map.ts';
import type { PlanView } from '../../../src/engine/schedule/plan-view.ts';
import { startForPlayer } from '../../../src/engine/schedule/run-for-player.ts';
import type { PieceIndex } from '../../../src/model/ids.ts';
import { askAll, BLOCK, PIECE, smallOrigin, smallPeer, smallView } from './small-view.ts';

const map = (pieceCount = 40) => new PieceMap(PIECE, pieceCount * PIECE, new Uint8Array(pieceCount));
/** One piece lasts a second. */
const playsAt = (piece: number) => ({ positionByte: piece * PIECE, bytesPerS: PIECE });

function asked(view: PlanView): string[] {
  const draft = new Draft(view);
  planForPlayer(draft);
  return draft.decisions.map((it) => {
    if (it.type === 'ask') return `${it.peer} ${it.piece}.${it.block}`;
    return it.type === 'cancel' ? `not ${it.peer} ${it.piece}.${it.block}` : it.type;
  });
}

describe('what a player needs next', () => {
  test('comes from the fastest peer, block by block and in order', () => {
    const view = smallView(40, { playback: playsAt(3), peers: [smallPeer('ann')] });
    expect(asked(view)).toEqual(['ann 3.0', 'ann 3.1', 'ann 3.2', 'ann 3.3']);
  });

  test('is not asked of a slow peer: that one brings a whole piece that is due when it can have come', () => {
    const slow = smallPeer('bob', { rateBytesPerS: 16_384, freeRequests: 1 });
    const view = smallView(40, { playback: playsAt(3), peers: [smallPeer('ann', { freeRequests: 1 }), slow] });
    // One block takes bob a second and a piece sixteen; with caution that is what is played 25 seconds from now.
    expect(asked(view)).toEqual(['ann 3.0', 'bob 28.0']);
  });

  test('is shared by slow peers when no other has it', () => {
    const hasAll = () => true;
    const hasNotFifth = (piece: PieceIndex) => piece !== 5;
    const peers = [
      smallPeer('ann', { rateBytesPerS: 10 * PIECE, has: hasNotFifth, freeRequests: 1 }),
      smallPeer('bob', { rateBytesPerS: PIECE / 2, has: hasAll, freeRequests: 2 }),
      smallPeer('cat', { rateBytesPerS: PIECE / 3, has: hasAll, freeRequests: 2 }),
    ];
    const pieces = map();
    for (const piece of [3, 4]) pieces.hold(piece as PieceIndex);
    const asks = asked(smallView(40, { playback: playsAt(3), map: pieces, peers }));
    // Neither could bring all of it in time.
    const ofFifth = asks.filter((ask) => ask.includes(' 5.'));
    expect(ofFifth.map((ask) => ask.split('.')[1]).toSorted()).toEqual(['0', '1', '2', '3']);
    expect(new Set(ofFifth.map((ask) => ask.split(' ')[0]))).toEqual(new Set(['bob', 'cat']));
  });

  test.each([
    ['twice as fast as the film', 2, ['ann 3.0', 'bob 3.1', 'ann 4.0']],
    ['hardly faster than the film', 1.2, ['ann 3.0', 'bob 3.1', 'ann 8.0']],
  ])('is shared by peers slower than the film when an origin could stand in for them: %s', (_name, times, expected) => {
    const peers = [
      smallPeer('ann', { rateBytesPerS: 0.4 * PIECE, freeRequests: 2 }),
      smallPeer('bob', { rateBytesPerS: 0.3 * PIECE, freeRequests: 1 }),
    ];
    const origins = [smallOrigin({ rateBytesPerS: times * PIECE })];
    expect(asked(smallView(40, { playback: playsAt(3), peers, origins }))).toEqual(expected);
  });

  test.each([
    ['little of it lacks until the end', 14, ['ann 3.0', 'bob 3.1', 'ann 4.0']],
    ['half of it lacks', 24, ['ann 3.0', 'bob 3.1', 'ann 8.0']],
  ])('is shared by peers slower than the film when %s', (_name, heldFrom, expected) => {
    const pieces = map();
    for (let piece = heldFrom; piece < 40; piece++) pieces.hold(piece as PieceIndex);
    const peers = [
      smallPeer('ann', { rateBytesPerS: 0.4 * PIECE, freeRequests: 2 }),
      smallPeer('bob', { rateBytesPerS: 0.3 * PIECE, freeRequests: 1 }),
    ];
    const origins = [smallOrigin({ rateBytesPerS: 1.2 * PIECE })];
    expect(asked(smallView(40, { playback: playsAt(3), map: pieces, peers, origins }))).toEqual(expected);
  });

  test('is what a peer turns to that has it and owes what comes much later, whoever else is sooner with other pieces', () => {
    const pieces = map();
    const owes = askAll(pieces, 30, 'bob');
    const peers = [
      smallPeer('ann', { rateBytesPerS: 10 * PIECE, has: (piece) => piece > 10, freeRequests: 0 }),
      smallPeer('bob', { rateBytesPerS: PIECE, freeRequests: 0, owes }),
    ];
    const asks = asked(smallView(40, { playback: playsAt(3), map: pieces, peers, wasteAllowanceBytes: 20 * BLOCK }));
    expect(asks.filter((ask) => ask.startsWith('not bob 30.')).length).toBeGreaterThan(0);
    expect(asks).toContain('bob 3.0');
  });

  test.each([
    // At 4 pieces a second bob is soon through the seven that it has, and eleven seconds of film are left.
    ['has little else', 'spare-origin', 4, ['3', '4', '5', '6', '12', '13', '7', '8', '9']],
    ['has enough of until the film ends', 'spare-origin', 0.1, ['3', '4', '5', '6', '7', '8', '9', '10', '11']],
    ['has little else, where nobody is spared', 'fastest', 4, ['3', '4', '5', '6', '7', '8', '9', '10', '11']],
  ] as const)('is left to a peer that %s, but for what is needed in a moment', (_name, policy, times, expected) => {
    const hasFew = (piece: PieceIndex) => piece >= 5 && piece < 12;
    const peers = [
      smallPeer('ann', { rateBytesPerS: 8 * PIECE, freeRequests: 9 * 16 }),
      smallPeer('bob', { rateBytesPerS: times * PIECE, has: hasFew, freeRequests: 0 }),
    ];
    const asks = asked(smallView(14, { playback: playsAt(3), policy, peers }));
    expect([...new Set(asks.map((ask) => ask.split(/[ .]/)[1]))]).toEqual(expected);
  });

  test('is not asked first of a peer that has shown nothing', () => {
    const unknown = smallPeer('new', { rateBytesPerS: null, freeRequests: 1 });
    const view = smallView(40, { playback: playsAt(3), peers: [unknown, smallPeer('ann', { freeRequests: 1 })] });
    expect(asked(view)[0]).toBe('ann 3.0');
  });

  test('is not what one that fell silent is tried with', () => {
    const silent = smallPeer('bob', { rateBytesPerS: 10 * PIECE, freeRequests: 1, isDoubted: true });
    const view = smallView(40, { playback: playsAt(3), peers: [silent, smallPeer('ann', { freeRequests: 1 })] });
    // It must be needed no sooner than five seconds from now.
    expect(asked(view)).toEqual(['bob 9.0', 'ann 3.0']);
  });

  test('is needed no sooner than all before it can have come', () => {
    const peers = [smallPeer('ann', { rateBytesPerS: PIECE / 2 })];
    const needed = neededPieces(new Draft(smallView(40, { playback: playsAt(3), peers })));
    // Ann needs two seconds for a piece, the player one: each piece is later than it is due.
    expect(needed.slice(0, 3).map(({ piece, neededS }) => [piece, neededS])).toEqual([
      [3, 0],
      [4, 2],
      [5, 4],
    ]);
    expect(needed[0]?.lateS).toBeGreaterThanOrEqual(2);
  });

  test('is taken from a peer that would bring it too late and has not begun to send it', () => {
    const pieces = map();
    const owes = askAll(pieces, 3, 'bob');
    const bob = smallPeer('bob', { rateBytesPerS: PIECE / 8, freeRequests: 0, owes });
    const view = smallView(40, {
      playback: playsAt(3),
      map: pieces,
      peers: [smallPeer('ann', { freeRequests: 2 }), bob],
      wasteAllowanceBytes: 0,
    });
    const decisions = asked(view);
    expect(decisions).toHaveLength(4);
    expect(decisions[0]).toMatch(/^not bob 3\./);
    expect(decisions[1]).toMatch(/^ann 3\./);
    expect(decisions).not.toContain('not bob 3.0');
  });

  test('stays with a peer that brings it in time', () => {
    const pieces = map();
    const bob = smallPeer('bob', { freeRequests: 0, owes: askAll(pieces, 3, 'bob') });
    const view = smallView(40, { playback: playsAt(1), map: pieces, peers: [smallPeer('ann'), bob] });
    expect(asked(view).some((line) => line.startsWith('not'))).toBe(false);
  });
});

describe('an origin', () => {
  const late = (pieces: PieceMap) => {
    const bob = smallPeer('bob', { rateBytesPerS: PIECE / 16, freeRequests: 0, owes: askAll(pieces, 4, 'bob') });
    const view = smallView(40, { playback: playsAt(3), map: pieces, peers: [bob], origins: [smallOrigin()] });
    return new Draft(view);
  };

  test('brings what a slow peer would bring too late', () => {
    const pieces = map();
    pieces.hold(3 as PieceIndex);
    const draft = late(pieces);
    expect(startForPlayer(draft, smallOrigin(), 4_000_000, PIECE)).toBeGreaterThan(0);
    expect(draft.decisions.at(-1)).toMatchObject({ type: 'start-run', because: 'due' });
  });

  test('brings before that what is needed sooner and nobody brings', () => {
    const draft = late(map());
    expect(startForPlayer(draft, smallOrigin(), 4_000_000, PIECE)).toBe(PIECE);
    expect(draft.decisions).toEqual([
      { type: 'start-run', origin: smallOrigin().origin, startByte: 3 * PIECE, endByte: 4 * PIECE, because: 'due' },
    ]);
  });

  test('brings in one row what nobody brings and what comes too late', () => {
    const draft = late(map());
    expect(startForPlayer(draft, smallOrigin(), 4_000_000, 3 * PIECE)).toBeGreaterThan(PIECE);
    expect(draft.decisions.filter(({ type }) => type === 'start-run')).toHaveLength(1);
  });

  test('brings nothing that is due later than it must', () => {
    const draft = late(map());
    draft.dueWithinS = -1;
    expect(startForPlayer(draft, smallOrigin(), 4_000_000, PIECE)).toBe(0);
  });

  test('leaves what peers bring in time', () => {
    const pieces = map();
    pieces.hold(3 as PieceIndex);
    const bob = smallPeer('bob', { freeRequests: 0, owes: askAll(pieces, 4, 'bob') });
    const view = smallView(5, { playback: playsAt(3), map: pieces, peers: [bob], origins: [smallOrigin()] });
    const draft = new Draft(view);
    startForPlayer(draft, smallOrigin(), 4_000_000, PIECE);
    expect(draft.decisions.some(({ type }) => type === 'cancel')).toBe(false);
  });

  test('brings nothing late to where nobody plays', () => {
    const view = smallView(40, { origins: [smallOrigin()] });
    expect(startForPlayer(new Draft(view), smallOrigin(), 4_000_000, PIECE)).toBe(0);
  });
});
