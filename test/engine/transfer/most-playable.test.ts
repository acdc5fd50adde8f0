import { expect, test } from 'vitest';
import type { TorrentFile } from '../../../src/engine/torrent/torrent-description.ts';
import { mostPlayable } from '../../../src/engine/transfer/most-playable.ts';
import type { FileIndex } from '../../../src/model/ids.ts';

const filesOf = (sizes: Readonly<Record<string, number>>) =>
  Object.entries(sizes).map(
    ([name, lengthBytes], index) =>
      ({
        index: index as FileIndex,
        path: [name],
        lengthBytes,
        startByte: 0,
        isPadding: false,
      }) as unknown as TorrentFile,
  );

test.each([
  ['a film', { 'film.mkv': 100 }, 0],
  ['the largest of several', { 'a.mp4': 5, 'b.mp4': 9, 'c.mp4': 9 }, 1],
  ['a film before a larger image', { 'scan.png': 900, 'song.mp3': 3 }, 1],
  ['a text when there is nothing else', { 'setup.exe': 900, 'readme.txt': 3 }, 1],
  ['nothing of programs and subtitles', { 'setup.exe': 900, 'film.srt': 3 }, null],
  ['nothing of empty files', { 'film.mp4': 0 }, null],
  ['nothing of no files', {}, null],
])('%s', (_name, sizes, expected) => {
  expect(mostPlayable(filesOf(sizes as Record<string, number>))).toBe(expected);
});
