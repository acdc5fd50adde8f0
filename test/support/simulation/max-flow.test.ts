import { expect, test } from 'vitest';
import { mostFromPartialSources, type PartialSource } from './max-flow.ts';
import { seededChance } from './seeded-chance.ts';

const PIECE = 100;

/** The same by the theorem of Hall and Ford: the smallest over all sets of sources of what they have and others send. */
function byCuts(sources: readonly PartialSource[], pieceCount: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let set = 0; set < 2 ** sources.length; set++) {
    const isIn = (source: number) => (set >> source) % 2 === 1;
    let cut = 0;
    for (let piece = 0; piece < pieceCount; piece++) {
      if (sources.some(({ pieces }, source) => isIn(source) && pieces[piece] === 1)) cut += PIECE;
    }
    for (const [source, { bytes }] of sources.entries()) if (!isIn(source)) cut += bytes;
    least = Math.min(least, cut);
  }
  return least;
}

test('finds the largest flow also where taking the rarest first does not', () => {
  const chance = seededChance(11);
  for (let round = 0; round < 300; round++) {
    const pieceCount = 1 + Math.floor(chance() * 8);
    const sources = Array.from({ length: 1 + Math.floor(chance() * 6) }, () => ({
      pieces: Uint8Array.from({ length: pieceCount }, () => Number(chance() < 0.4)),
      bytes: Math.floor(chance() * 5) * 75,
    }));
    expect(mostFromPartialSources(sources, PIECE, pieceCount * PIECE), `round ${round}`).toBe(
      byCuts(sources, pieceCount),
    );
  }
});

test('counts a short last piece as short', () => {
  const pieces = Uint8Array.of(1, 1);
  expect(mostFromPartialSources([{ pieces, bytes: 1_000 }], PIECE, 130)).toBe(130);
});
