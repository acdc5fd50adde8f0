import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { fileRangesOfPiece, piecesOfFile } from '../../src/engine/torrent/file-ranges.ts';
import type { PieceIndex } from '../../src/model/ids.ts';
import { pseudoRandomBytes } from '../support/payload.ts';
import { EngineWorld } from '../support/simulation/engine-world.ts';
import { seededChance } from '../support/simulation/seeded-chance.ts';
import { type SmallTorrent, smallTorrent } from '../support/simulation/small-torrent.ts';
import { giveTimersBack } from '../support/simulation/virtual-clock.ts';

const WORLDS = 60;
const PIECE = 32_768;
/** More small files with other bytes than these make an origin a liar. */
const MAX_REWRITTEN = 3;

afterEach(giveTimersBack);

const md5 = (bytes: Uint8Array) => ({ md5: createHash('md5').update(bytes).digest('hex') });

/** A torrent of large and small files at one to three origins, at each of which some files are not what they were. */
async function build(seed: number) {
  const chance = seededChance(seed);
  const upTo = (most: number) => Math.floor(chance() * most);
  const count = 2 + upTo(9);
  const names = Array.from({ length: count }, (_, index) => `${index}.bin`);
  const lengths = names.map(() => (chance() < 0.5 ? 1 + upTo(PIECE - 1) : 1 + upTo(10 * PIECE)));
  const hosts = ['a.test', 'b.test', 'c.test'].slice(0, 1 + upTo(3));
  const hasHashes = chance() < 0.6;
  const torrent = await smallTorrent({
    seed,
    name: 'item',
    content: Object.fromEntries(names.map((name, index) => [name, lengths[index] ?? 0])),
    urlList: hosts.map((host) => `http://${host}/`),
    padsFiles: chance() < 0.2,
    ...(hasHashes ? { describe: md5 } : {}),
  });
  const world = new EngineWorld();
  const changedAt = hosts.map((host) => {
    world.store.serve(torrent, host);
    const { files } = world.store.web.server(host);
    const changed = new Set<string>();
    let rewritten = 0;
    for (const [index, name] of names.entries()) {
      if (chance() < 0.7) continue;
      const lengthBytes = lengths[index] ?? 0;
      const path = `/item/${name}`;
      const how = chance();
      if (how < 0.4 && lengthBytes < PIECE && rewritten < MAX_REWRITTEN) {
        rewritten += 1;
        files.set(path, pseudoRandomBytes(seed * 100 + index, lengthBytes));
      } else if (how < 0.8) files.set(path, pseudoRandomBytes(seed * 100 + index, lengthBytes + 1 + upTo(500)));
      else files.delete(path);
      changed.add(name);
    }
    return changed;
  });
  return { world, torrent, changedAt, hasHashes, chance };
}

/** The files that can be had: by their pieces, each from any origin, or whole by their hash. */
function obtainable({ info }: SmallTorrent, changedAt: readonly ReadonlySet<string>[], hasHashes: boolean): string[] {
  const nameOf = (file: number) => info.files[file]?.path[0] ?? '';
  const isThere = (piece: PieceIndex) =>
    changedAt.some((changed) => fileRangesOfPiece(info, piece).every(({ file }) => !changed.has(nameOf(file))));
  const whole = info.files.filter(({ index, isPadding }) => {
    if (isPadding) return false;
    if (hasHashes && changedAt.some((changed) => !changed.has(nameOf(index)))) return true;
    const { firstPiece, endPiece } = piecesOfFile(info, index);
    return Array.from({ length: endPiece - firstPiece }, (_, at) => (firstPiece + at) as PieceIndex).every(isThere);
  });
  return whole.map(({ index }) => nameOf(index)).sort();
}

test(`${WORLDS} random items end with every file that can be had, through pauses and crashes`, async () => {
  for (let seed = 1; seed <= WORLDS; seed++) {
    const { world, torrent, changedAt, hasHashes, chance } = await build(seed);
    const wanted = obtainable(torrent, changedAt, hasHashes);
    const { id } = await world.do(world.engine.addTorrent(torrent.made.torrentBytes));
    const mischief = chance();
    if (mischief < 0.6) await world.clock.pass(chance() * 10_000);
    if (mischief < 0.3) await world.restart();
    else if (mischief < 0.6) {
      await world.do(world.engine.pause(id));
      await world.do(world.engine.resume(id));
    }
    await world.clock.runUntil(() => world.view(id).state.phase === 'done', 300_000);

    const all = torrent.info.files.filter(({ isPadding }) => !isPadding).length;
    const told = world.view(id).problems.find((problem) => problem.code === 'files-unavailable');
    // A process that dies in the very moment of saving may leave its files in a folder of which no record knows.
    const names = [...world.downloads.files.keys()].map((path) => path.replace(/^item( \(2\))?\//, ''));
    const saved = [...new Set(names)].sort();
    const phase = wanted.length === 0 ? 'downloading' : 'done';
    expect({ seed, saved, phase: world.view(id).state.phase }).toEqual({ seed, saved: wanted, phase });
    expect(told === undefined ? 0 : told.count).toBe(all - wanted.length);
    for (const [path, bytes] of world.downloads.files) {
      const file = torrent.info.files.find((one) => one.path[0] === path.split('/')[1]);
      expect(Buffer.compare(bytes, torrent.file(file?.index ?? -1))).toBe(0);
    }
    giveTimersBack();
  }
}, 120_000);
