import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PieceIndex } from '../../src/model/ids.ts';
import { findSeeds, type Seed } from '../../src/publish/find-seeds.ts';
import { runCommand } from '../../src/publish/run-command.ts';
import { openSeedFile } from '../../src/publish/seed-file.ts';
import { clientName } from '../../src/publish/seed-swarm.ts';
import { type MadeTorrent, makeTorrent } from '../support/make-torrent.ts';
import { pseudoRandomBytes } from '../support/payload.ts';
import { temporaryFolder } from './temporary-folder.ts';

const PIECE_BYTES = 65_536;
const running = () => new AbortController().signal;

function publish(folder: string, name: string, announce: readonly string[] = ['wss://t.example/']): MadeTorrent {
  const content = pseudoRandomBytes(name.length, 5 * PIECE_BYTES + 123);
  const torrent = makeTorrent({ name, content, pieceLengthBytes: PIECE_BYTES, announce });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, `${name}.torrent`), torrent.torrentBytes);
  return torrent;
}

async function oneSeed(folder: string): Promise<Seed> {
  const [seed] = (await findSeeds([folder], '/')).seeds;
  if (seed === undefined) throw new Error('something is there to be seeded');
  return seed;
}

test('what is seeded: every .torrent below a folder with its file, each once, and only trackers for browsers', async () => {
  const folder = temporaryFolder();
  const film = publish(folder, 'film.mp4', ['wss://t.example/s/3f', 'udp://t.example:80', 'ws://u.example/']);
  const song = publish(join(folder, 'sub'), 'a song.mp3');
  publish(join(folder, '.hidden'), 'secret.txt');
  const { seeds, skipped } = await findSeeds([folder, 'film.mp4.torrent', 'sub'], folder);
  expect(seeds.map(({ name, info, trackers }) => [name, info.infoHash, trackers])).toEqual([
    ['film.mp4', film.infoHash, ['wss://t.example/s/3f', 'ws://u.example/']],
    ['a song.mp3', song.infoHash, ['wss://t.example/']],
  ]);
  expect(skipped).toEqual([]);
});

test('what is not: files that are gone or have another length, torrents of several files, what is no torrent', async () => {
  const folder = temporaryFolder();
  publish(folder, 'gone.mp4');
  rmSync(join(folder, 'gone.mp4'));
  publish(folder, 'longer.mp4');
  writeFileSync(join(folder, 'longer.mp4'), pseudoRandomBytes(1, 9 * PIECE_BYTES));
  const several = makeTorrent({
    name: 'album',
    content: [{ path: ['one.mp3'], bytes: pseudoRandomBytes(1, 10) }],
    pieceLengthBytes: PIECE_BYTES,
  });
  writeFileSync(join(folder, 'album.torrent'), several.torrentBytes);
  writeFileSync(join(folder, 'nonsense.torrent'), 'hello');
  const { seeds, skipped } = await findSeeds(['.'], folder);
  expect(seeds).toEqual([]);
  expect(skipped.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
    expect.stringMatching(/^album\.torrent: .*several files/),
    expect.stringMatching(/^gone\.mp4\.torrent: its file, gone\.mp4, does not lie beside it/),
    expect.stringMatching(/^longer\.mp4\.torrent: .* in the right length/),
    expect.stringMatching(/^nonsense\.torrent: it is no \.torrent/),
  ]);
  await expect(findSeeds(['nowhere'], folder)).rejects.toThrow(/There is no .*nowhere/);
});

test('a file is read where it lies, and served only while it is what was checked', async () => {
  const folder = temporaryFolder();
  const { payload } = publish(folder, 'film.mp4');
  const file = await openSeedFile(await oneSeed(folder), running());
  const block = await file?.read(2 as PieceIndex, 16_384, 1000);
  expect(block).toEqual(new Uint8Array(payload.subarray(2 * PIECE_BYTES + 16_384, 2 * PIECE_BYTES + 17_384)));
  // A new version that took its name is another file.
  const path = join(folder, 'film.mp4');
  writeFileSync(`${path}.new`, 'new');
  renameSync(path, `${path}.old`);
  renameSync(`${path}.new`, path);
  expect(await file?.read(0 as PieceIndex, 0, 10)).toEqual(new Uint8Array(payload.subarray(0, 10)));
  utimesSync(`${path}.old`, 1, 1);
  await expect(file?.read(0 as PieceIndex, 0, 10)).rejects.toThrow('changed while it was read');
  await file?.close();
});

test('a file with one wrong byte is not opened, and checking can be stopped', async () => {
  const folder = temporaryFolder();
  const { payload } = publish(folder, 'film.mp4');
  const seed = await oneSeed(folder);
  const stop = new AbortController();
  stop.abort();
  await expect(openSeedFile(seed, stop.signal)).rejects.toThrow();
  const wrong = Uint8Array.from(payload);
  wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
  writeFileSync(seed.absolutePath, wrong);
  expect(await openSeedFile(seed, running())).toBeNull();
});

test.each([
  [Buffer.from('-RV0100-abcdefghijkl').toString('hex'), 'Rivulet'],
  [Buffer.from('-WW0300-abcdefghijkl').toString('hex'), 'WebTorrent'],
  [Buffer.from('-XX0300-abcdefghijkl').toString('hex'), 'somebody'],
  ['', 'somebody'],
])('a peer is called by its program: %s', (peerId, name) => {
  expect(clientName(peerId)).toBe(name);
});

test.each([
  ['an empty folder', (_: string) => {}, /nothing to seed/],
  ['a file without a tracker', (folder: string) => void publish(folder, 'film.mp4', []), /names no tracker/],
  [
    'a file that was changed',
    (folder: string) => {
      const { payload } = publish(folder, 'film.mp4');
      writeFileSync(join(folder, 'film.mp4'), payload.toReversed());
    },
    /is not what its \.torrent describes/,
  ],
])('rivulet seed on %s says why, and ends with 1', async (_, fill, reason) => {
  const folder = temporaryFolder();
  fill(folder);
  let told = '';
  const tell = (text: string) => {
    told += text;
  };
  const io = { print: tell, tell, columns: null, folder, signal: running() };
  expect(await runCommand(['seed', '.'], io)).toBe(1);
  expect(told).toMatch(reason);
});
