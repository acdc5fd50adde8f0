import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openCatalogue } from '../../../src/edge/catalogue/catalogue.ts';
import { makeTorrent } from '../../support/make-torrent.ts';
import { publishFile, temporaryFolder } from '../start-serving.ts';

async function open(folder: string) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const warnings: string[] = [];
  const catalogue = await openCatalogue(folder, { signal: stop.signal, warn: (text) => warnings.push(text) });
  return { catalogue, warnings };
}

test('files with a .torrent beside them, in folders too, with their addresses', async () => {
  const folder = await temporaryFolder();
  const film = await publishFile(folder, 'Season 1/pilot #1.mp4', { lengthBytes: 40_000 });
  await writeFile(join(folder, 'unpublished.mp4'), 'x');
  const { catalogue } = await open(folder);
  expect(catalogue.files()).toEqual([
    {
      infoHash: film.infoHash,
      name: 'pilot #1.mp4',
      sizeBytes: 40_000,
      pieceLengthBytes: 16 * 1024,
      path: 'Season%201/pilot%20%231.mp4',
      localPath: join(folder, 'Season 1/pilot #1.mp4'),
    },
  ]);
  expect(catalogue.find(film.infoHash)?.name).toBe('pilot #1.mp4');
});

test('a .torrent alone is a file that lies elsewhere; one of another length is not it', async () => {
  const folder = await temporaryFolder();
  await publishFile(folder, 'gone.mp4');
  await rm(join(folder, 'gone.mp4'));
  await publishFile(folder, 'cut.mp4');
  await writeFile(join(folder, 'cut.mp4'), 'short');
  const { catalogue } = await open(folder);
  expect(catalogue.files().map(({ name, localPath }) => [name, localPath])).toEqual([
    ['cut.mp4', null],
    ['gone.mp4', null],
  ]);
});

test('hidden folders are not looked into, and a .torrent that is none is told once', async () => {
  const folder = await temporaryFolder();
  await publishFile(folder, '.trash/old.mp4');
  await mkdir(join(folder, 'b'));
  await writeFile(join(folder, 'b/broken.torrent'), '<html>');
  const { catalogue, warnings } = await open(folder);
  await catalogue.refresh();
  expect(catalogue.files()).toEqual([]);
  expect(warnings).toEqual(['b/broken.torrent: it is a web page, not a .torrent file']);
});

test.each(['../outside.txt', '..', '.hidden', 'a/b', 'a\0b', ''])(
  'a torrent named %j leads nowhere else',
  async (name) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'outside.txt'), 'secret');
    await mkdir(join(folder, 'in'));
    const torrent = makeTorrent({ name, content: Buffer.from('secret'), pieceLengthBytes: 16 * 1024 });
    await writeFile(join(folder, 'in/x.torrent'), torrent.torrentBytes);
    const { catalogue } = await open(join(folder, 'in'));
    const [file] = catalogue.files();
    expect(file?.localPath).toBeNull();
    expect(file?.path).toBe(torrent.infoHash);
  },
);

test('the list stays the same one until something changes, and then is up to date', async () => {
  const folder = await temporaryFolder();
  const film = await publishFile(folder, 'film.mp4');
  const { catalogue } = await open(folder);
  const before = catalogue.files();
  await catalogue.refresh();
  expect(catalogue.files()).toBe(before);
  await publishFile(folder, 'second.mp4');
  await rm(join(folder, 'film.mp4.torrent'));
  await catalogue.refresh();
  expect(catalogue.files().map(({ name }) => name)).toEqual(['second.mp4']);
  expect(catalogue.find(film.infoHash)).toBeNull();
});

test('without a folder nothing is published', async () => {
  const catalogue = await openCatalogue(null, { signal: AbortSignal.abort(), warn: () => {} });
  expect(catalogue.files()).toEqual([]);
});
