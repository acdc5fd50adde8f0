import { afterAll, afterEach, expect, test } from 'vitest';
import { DownloadWorld } from '../../support/simulation/download-world.ts';
import { seededChance } from '../../support/simulation/seeded-chance.ts';
import { smallTorrent } from '../../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../../support/simulation/virtual-clock.ts';

const MIB = 1_048_576;
const WORLDS = 20;
const torrents = [
  await smallTorrent({ seed: 3, content: 8 * MIB + 777, pieceLengthBytes: 131_072 }),
  await smallTorrent({
    seed: 4,
    name: 'folder',
    content: { a: 3 * MIB, b: 100, c: 6 * MIB },
    pieceLengthBytes: 262_144,
  }),
];

afterEach(giveTimersBack);

type Outcome = { readonly seed: number; readonly tookS: number | null; readonly limitS: number; readonly told: string };

/** A world of a few origins and peers of very different rates; some peers have a part only, die, fall silent or lie. */
async function live(seed: number): Promise<Outcome> {
  const chance = seededChance(seed);
  const between = (low: number, high: number) => low * (high / low) ** chance();
  const torrent = torrents[seed % torrents.length] as (typeof torrents)[number];
  const { pieceCount, lengthBytes } = torrent.info;
  const world = new DownloadWorld(torrent);
  const told: string[] = [];
  let sumBytesPerS = 0;

  const origins = Math.floor(chance() * 3);
  for (let index = 0; index < origins; index++) {
    const rateBytesPerS = between(200_000, 4_000_000);
    const latencyMs = between(10, 500);
    world.origin(`cdn${index}.test`, { rateBytesPerS, latencyMs });
    sumBytesPerS += rateBytesPerS;
    told.push(`origin ${Math.round(rateBytesPerS / 1_000)} kB/s ${Math.round(latencyMs)} ms`);
  }
  const peers = Math.floor(chance() * 6) + (origins === 0 ? 1 : 0);
  for (let index = 0; index < peers; index++) {
    const rateBytesPerS = between(50_000, 2_000_000);
    const roundTripMs = between(10, 400);
    // Somebody must have it all: without an origin the first peer is honest, whole and stays.
    const mischief =
      origins === 0 && index === 0
        ? 'none'
        : ['none', 'none', 'part', 'dies', 'silent', 'lies'][Math.floor(chance() * 6)];
    const peer = world.peer(`peer${index}`, {
      rateBytesPerS,
      roundTripMs,
      ...(mischief === 'part' ? { pieces: [...Array(pieceCount).keys()].filter(() => chance() < 0.5) } : {}),
      ...(mischief === 'silent' ? { silentAfterBlocks: Math.floor(chance() * 100) } : {}),
      ...(mischief === 'lies' ? { liesAbout: (piece: number) => piece % 5 === 0 } : {}),
    });
    if (mischief === 'dies') world.clock.after(chance() * 5_000, () => peer.drop());
    // Only those who help to the end count for the limit; the others make it easier to keep.
    if (mischief === 'none' || mischief === 'part') sumBytesPerS += rateBytesPerS;
    told.push(`peer ${Math.round(rateBytesPerS / 1_000)} kB/s ${Math.round(roundTripMs)} ms ${mischief}`);
  }
  const tookS = await world.complete(600);
  expect(await world.isOnDisk()).toBe(tookS !== null);
  return { seed, tookS, limitS: lengthBytes / sumBytesPerS, told: told.join(', ') };
}

const outcomes: Outcome[] = [];
const beyondLimit = ({ tookS, limitS }: Outcome) => ((tookS ?? Number.POSITIVE_INFINITY) - 1) / limitS;

test(`${WORLDS} random worlds all come to an end, most of them near the limit of their links`, async () => {
  for (let seed = 1; seed <= WORLDS; seed++) {
    outcomes.push(await live(seed));
    giveTimersBack();
  }
  expect(outcomes.filter(({ tookS }) => tookS === null)).toEqual([]);
  const sorted = outcomes.map(beyondLimit).sort((a, b) => a - b);
  expect(sorted[Math.floor(WORLDS / 2)]).toBeLessThanOrEqual(1.25);
  expect(sorted[Math.floor(WORLDS * 0.9)]).toBeLessThanOrEqual(2.5);
}, 120_000);

test('the same world twice takes exactly the same time', async () => {
  expect(await live(17)).toEqual(await live(17));
});

afterAll(() => {
  const worst = [...outcomes].sort((a, b) => beyondLimit(b) - beyondLimit(a)).slice(0, 5);
  const sorted = outcomes.map(beyondLimit).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]?.toFixed(2);
  console.log(`(time - 1 s) / limit: median ${at(0.5)}, 9 of 10 below ${at(0.9)}, worst ${at(1)}`);
  for (const { seed, tookS, limitS, told } of worst) {
    console.log(`  world ${seed}: ${tookS?.toFixed(1)} s, limit ${limitS.toFixed(1)} s: ${told}`);
  }
});
