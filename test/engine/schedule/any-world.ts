import fc from 'fast-check';
import { BLOCK_LENGTH_BYTES } from '../../../src/engine/torrent/piece-length.ts';
import { POLICIES } from '../../../src/model/policy.ts';
import type { OpenInput, RunInput, World } from './plan-world.ts';

const PEERS = ['a', 'b', 'c', 'd'] as const;
const ORIGINS = ['cdn', 'mirror'] as const;
const BLOCKS = 4;
const PIECE = BLOCKS * BLOCK_LENGTH_BYTES;

const some = (max: number) => fc.uniqueArray(fc.nat(Math.max(max, 0)), { maxLength: 4 });
const rate = fc.constantFrom(0, 500, 20_000, 300_000, 5_000_000);
const maybeRate = fc.option(rate, { nil: null });
const silentS = fc.constantFrom(0, 0, 0, 0.7, 1.5, 30);

const anyRun = (count: number) =>
  fc.record({
    origin: fc.constantFrom(...ORIGINS),
    at: fc.nat(count * BLOCKS),
    blocks: fc.integer({ min: 1, max: count * BLOCKS }),
    /** How much of it has come, of the whole. */
    done: fc.constantFrom(0, 0, 0.1, 0.3, 0.5, 0.9),
    rate: maybeRate,
    silentS,
  });

const anyPeer = (count: number) =>
  fc.record({
    has: fc.option(fc.uniqueArray(fc.nat(count - 1)), { nil: undefined }),
    free: fc.nat(12),
    rate: maybeRate,
    roundTripS: fc.constantFrom(0.005, 0.1, 0.8),
    silentS,
    barred: some(count - 1),
  });

const anyOrigin = (count: number) =>
  fc.record({
    maxRuns: fc.integer({ min: 1, max: 3 }),
    // The desk gives no rate for an origin that has none left.
    rate: fc.option(
      rate.filter((it) => it > 0),
      { nil: null },
    ),
    firstByteMs: fc.option(fc.nat(2_000), { nil: null }),
    ignoresRanges: fc.boolean(),
    barred: some(count - 1),
  });

const anyDemand = fc.option(
  fc.oneof(
    fc.record({ type: fc.constant('deadline' as const), inS: fc.integer({ min: -5, max: 4_000 }) }),
    fc.record({
      type: fc.constant('rate' as const),
      bytesPerS: fc.nat(3_000_000),
      elapsedS: fc.nat(1_000),
      gotBytes: fc.nat(30_000_000),
    }),
  ),
  { nil: null },
);

const word = fc.constantFrom('.', '.', '+', 'a', 'b', 'c', 'd', 'ab', 'cd', 'bda');

/** A world as the loop could show it: runs do not overlap, a suspect piece has one source, what is asked is owed. */
export const anyWorld: fc.Arbitrary<World> = fc.integer({ min: 1, max: 24 }).chain((count) =>
  fc
    .record({
      letters: fc.array(fc.constantFrom('.', '.', '.', 'o', 'o', 'h'), { minLength: count, maxLength: count }),
      lastBytes: fc.constantFrom(PIECE, PIECE, 5, BLOCK_LENGTH_BYTES, BLOCK_LENGTH_BYTES + 5),
      words: fc.array(word, { minLength: count * BLOCKS, maxLength: count * BLOCKS }),
      runs: fc.array(anyRun(count), { maxLength: 5 }),
      peers: fc.array(anyPeer(count), { maxLength: PEERS.length }),
      origins: fc.array(anyOrigin(count), { maxLength: ORIGINS.length }),
      suspect: some(count - 1),
      claimed: some(count - 1),
      policy: fc.constantFrom('fastest' as const, 'fastest' as const, ...POLICIES),
      demand: anyDemand,
      playback: fc.option(
        fc.record({ positionByte: fc.nat(count * PIECE - PIECE), bytesPerS: fc.integer({ min: 1, max: 2_000_000 }) }),
        { nil: null },
      ),
      waste: fc.constantFrom(-5, 0, BLOCK_LENGTH_BYTES, 70_000, 1_000_000),
      seed: fc.nat(),
      nowMs: fc.nat(100_000),
    })
    .map(({ letters, lastBytes, words, runs, peers, origins, ...world }) => {
      const lengthBytes = (count - 1) * PIECE + lastBytes;
      const names = PEERS.slice(0, peers.length).join('');
      const pieces = new Layout(letters, words, world.suspect, names, lengthBytes);
      return {
        ...world,
        pieceLengthBytes: PIECE,
        lengthBytes,
        runs: runs.flatMap((run) => pieces.lay(run)),
        pieces: pieces.letters.map((letter) => (letter === 'h' ? 'h' : '?')).join(''),
        open: pieces.open,
        peers: Object.fromEntries(
          peers.map(({ has, ...peer }, index) => [PEERS[index], has === undefined ? peer : { ...peer, has }]),
        ),
        origins: Object.fromEntries(origins.map((origin, index) => [ORIGINS[index], origin])),
      };
    }),
);

type RunWish = ReturnType<typeof anyRun> extends fc.Arbitrary<infer T> ? T : never;

/** Puts random runs and blocks where they can be. */
class Layout {
  readonly letters: string[];
  readonly open: OpenInput[] = [];
  readonly #words: readonly string[];
  readonly #suspect: readonly number[];
  readonly #lengthBytes: number;
  readonly #taken = new Set<number>();

  constructor(
    letters: readonly string[],
    words: readonly string[],
    suspect: readonly number[],
    names: string,
    lengthBytes: number,
  ) {
    this.letters = [...letters];
    this.#words = words;
    this.#suspect = suspect;
    this.#lengthBytes = lengthBytes;
    for (const [piece, letter] of letters.entries()) if (letter === 'o') this.#begin(piece, names);
  }

  /** Asks only peers that are there; a piece that would be free or held by that is so. */
  #begin(piece: number, names: string): void {
    const count = Math.ceil((Math.min((piece + 1) * PIECE, this.#lengthBytes) - piece * PIECE) / BLOCK_LENGTH_BYTES);
    const sole = names[piece % Math.max(names.length, 1)] ?? null;
    const isSuspect = this.#suspect.includes(piece);
    const blocks = this.#words.slice(piece * BLOCKS, piece * BLOCKS + count).map((it) => {
      if (it === '.' || it === '+') return it;
      if (isSuspect) return sole ?? '.';
      return [...it].filter((peer) => names.includes(peer)).join('') || '.';
    });
    if (blocks.every((it) => it === '+')) this.letters[piece] = 'h';
    else if (blocks.every((it) => it === '.') || (isSuspect && sole === null)) this.letters[piece] = '.';
    else {
      const input = { piece, blocks: `${blocks.join(' ')} ` };
      this.open.push(isSuspect && sole !== null ? { ...input, soleSource: sole } : input);
    }
  }

  /** A run from the first place at which it may begin, as far as it may go. */
  lay({ at, blocks, done, ...run }: RunWish): RunInput[] {
    const end = Math.ceil(this.#lengthBytes / BLOCK_LENGTH_BYTES);
    let first = at;
    while (first < end && !this.#isFor(first)) first += 1;
    let last = first;
    while (last < end && last < first + blocks && this.#isFor(last)) last += 1;
    // A suspect piece is one run's as a whole or not at all.
    while (
      last > first &&
      this.#suspect.includes(Math.floor((last - 1) / BLOCKS)) &&
      last % BLOCKS !== 0 &&
      last < end
    ) {
      last -= 1;
    }
    if (this.#suspect.includes(Math.floor(first / BLOCKS)) && first % BLOCKS !== 0) return [];
    if (first === last) return [];
    const bytes = Math.min(last * BLOCK_LENGTH_BYTES, this.#lengthBytes) - first * BLOCK_LENGTH_BYTES;
    for (let block = first; block < last; block++) this.#taken.add(block);
    const streamedBytes = Math.floor(bytes * done);
    return [{ ...run, piece: first / BLOCKS, endPiece: last / BLOCKS, streamedBytes }];
  }

  /** Also over what is held or open: it may have become so after the run was begun. */
  #isFor(block: number): boolean {
    const piece = Math.floor(block / BLOCKS);
    return !this.#taken.has(block) && !(this.#suspect.includes(piece) && this.letters[piece] === 'o');
  }
}
