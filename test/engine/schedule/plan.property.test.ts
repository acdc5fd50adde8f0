import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plan } from '../../../src/engine/schedule/plan.ts';
import { faultsOf, snapshotOf, viewOf, type World } from './plan-world.ts';

const PEERS = ['a', 'b', 'c', 'd'] as const;
const ORIGINS = ['cdn', 'mirror'] as const;
const BLOCKS = 4;

const some = (max: number) => fc.uniqueArray(fc.nat(Math.max(max, 0)), { maxLength: 4 });
const rate = fc.constantFrom(0, 500, 20_000, 300_000, 5_000_000);

/** A world as the loop could show it: runs do not overlap, open pieces are open, a suspect one has one source. */
const anyWorld: fc.Arbitrary<World> = fc.integer({ min: 1, max: 40 }).chain((count) =>
  fc
    .record({
      letters: fc.array(fc.constantFrom('.', '.', '.', 'o', 'h'), { minLength: count, maxLength: count }),
      runs: fc.array(
        fc.record({
          origin: fc.constantFrom(...ORIGINS),
          startPiece: fc.nat(count - 1),
          pieces: fc.integer({ min: 1, max: count }),
          done: fc.nat(3),
          rate: fc.option(rate, { nil: null }),
        }),
        { maxLength: 4 },
      ),
      peers: fc.array(
        fc.record({
          has: fc.option(fc.uniqueArray(fc.nat(count - 1)), { nil: undefined }),
          free: fc.nat(12),
          rate,
          barred: some(count - 1),
        }),
        { maxLength: PEERS.length },
      ),
      origins: fc.array(
        fc.record({
          maxRuns: fc.integer({ min: 1, max: 3 }),
          rate: fc.option(rate, { nil: null }),
          firstByteMs: fc.option(fc.nat(2_000), { nil: null }),
          ignoresRanges: fc.boolean(),
          barred: some(count - 1),
        }),
        { maxLength: ORIGINS.length },
      ),
      blocks: fc.array(fc.stringMatching(/^[.+abcdx]{4}$/), { minLength: count, maxLength: count }),
      suspect: some(count - 1),
      waste: fc.constantFrom(-5, 0, 16_384, 70_000, 1_000_000),
      seed: fc.nat(),
    })
    .map(({ letters, runs, peers, origins, blocks, suspect, waste, seed }) => {
      const pieces: string[] = [...letters];
      const laidOut = runs.flatMap(({ origin, startPiece, pieces: length, done, rate: runRate }) => {
        const start = pieces.findIndex((letter, piece) => piece >= startPiece && letter === '.');
        if (start === -1) return [];
        let end = start;
        while (end < count && end < start + length && pieces[end] === '.') end += 1;
        const piece = Math.min(start + done, end - 1);
        for (let at = start; at < end; at++) pieces[at] = at < piece ? 'h' : 'r';
        return [{ origin, piece, endPiece: end, rate: runRate }];
      });
      const open = pieces.flatMap((letter, piece) => {
        if (letter !== 'o') return [];
        const owner = PEERS[piece % PEERS.length] ?? 'a';
        if (!suspect.includes(piece)) return [{ piece, blocks: blocks[piece] ?? '....' }];
        return [{ piece, blocks: (blocks[piece] ?? '....').replace(/[a-dx]/g, owner), soleSource: owner }];
      });
      return {
        pieces: pieces.join(''),
        pieceLengthBytes: BLOCKS * 16_384,
        runs: laidOut,
        open,
        suspect,
        peers: Object.fromEntries(
          peers.map(({ has, ...peer }, index) => [PEERS[index], has === undefined ? peer : { ...peer, has }]),
        ),
        origins: Object.fromEntries(origins.map((origin, index) => [ORIGINS[index], origin])),
        waste,
        seed,
      };
    }),
);

test('every decision is allowed at its turn, whatever the world looks like', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const view = viewOf(world);
      expect(faultsOf(view, plan(view))).toEqual([]);
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

test('planning changes nothing, and comes to the same decisions again', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const view = viewOf(world);
      const before = snapshotOf(view);
      const decisions = plan(view);
      expect(snapshotOf(view)).toEqual(before);
      expect(plan(view)).toEqual(decisions);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('when there is a source with room for a free piece, something is asked for', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const view = viewOf(world);
      const isFree = (piece: number) => world.pieces[piece] === '.';
      const couldPeer = view.peers.some(
        (peer) =>
          peer.freeRequests > 0 &&
          [...view.pieces.keys()].some(
            (piece) => isFree(piece) && peer.has(piece as never) && !peer.barred.has(piece as never),
          ),
      );
      const couldOrigin = view.origins.some(
        (origin) =>
          view.runs.every((run) => run.origin !== origin.origin) &&
          [...view.pieces.keys()].some((piece) => isFree(piece) && !origin.barred.has(piece as never)),
      );
      if (couldPeer || couldOrigin) expect(plan(view)).not.toEqual([]);
    }),
    { seed: 1, numRuns: 500 },
  );
});
