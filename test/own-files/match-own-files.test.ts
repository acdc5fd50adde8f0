import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileIndex } from '../../src/model/ids.ts';
import { matchOwnFiles } from '../../src/own-files/match-own-files.ts';

const wanted = (files: Readonly<Record<string, number>>) =>
  Object.entries(files).map(([path, lengthBytes], index) => ({
    index: index as FileIndex,
    path: path.split('/'),
    lengthBytes,
    isPadding: path.startsWith('.pad/'),
  }));
const offered = (files: Readonly<Record<string, number>>) =>
  Object.entries(files).map(([path, lengthBytes]) => ({ path, lengthBytes }));

describe('a file of the torrent is found', () => {
  test.each<[string, Record<string, number>, Record<string, number>, [number, number][]]>([
    [
      'in a folder that was picked',
      { 'a.bin': 5, 'sub/b.bin': 7 },
      { 'T/sub/b.bin': 7, 'T/a.bin': 5 },
      [
        [0, 1],
        [1, 0],
      ],
    ],
    ['when it was picked alone', { 'sub/b.bin': 7 }, { 'b.bin': 7 }, [[0, 0]]],
    ['whatever its Unicode form and case', { 'caf\u00e9.TXT': 3 }, { 'cafe\u0301.txt': 3 }, [[0, 0]]],
    [
      'by its folder among others of that name',
      { 'x/r.nfo': 3, 'y/r.nfo': 3 },
      { 'y/r.nfo': 3, 'x/r.nfo': 3 },
      [
        [0, 1],
        [1, 0],
      ],
    ],
    ['by its length alone, when it was renamed', { 'a.bin': 5, 'b.bin': 6 }, { 'copy of a.bin': 5 }, [[0, 0]]],
    [
      'once for each place that it has in the torrent',
      { 'x/r.nfo': 3, 'y/r.nfo': 3 },
      { 'r.nfo': 3 },
      [
        [0, 0],
        [1, 0],
      ],
    ],
  ])('%s', (_name, files, own, matches) => {
    expect([...matchOwnFiles(wanted(files), offered(own)).byFile]).toEqual(matches);
  });
});

describe('nothing is found', () => {
  test.each<[string, Record<string, number>, Record<string, number>]>([
    ['for a file of another length', { 'a.bin': 5 }, { 'a.bin': 6 }],
    ['where two without the name have the length', { 'a.bin': 5 }, { 'x.bin': 5, 'y.bin': 5 }],
    ['for padding and empty files', { '.pad/5': 5, 'e.txt': 0 }, { '.pad/5': 5, 'e.txt': 0 }],
  ])('%s', (_name, files, own) => {
    const { byFile, unused } = matchOwnFiles(wanted(files), offered(own));
    expect([...byFile]).toEqual([]);
    expect(unused).toEqual(Object.keys(own).map((_, place) => place));
  });
});

test('one that is another file of the torrent by its name is not taken for a renamed one', () => {
  const { byFile } = matchOwnFiles(wanted({ 'a.bin': 5, 'b.bin': 5 }), offered({ 'b.bin': 5 }));
  expect([...byFile]).toEqual([[1, 0]]);
});

const names = fc.uniqueArray(
  fc.tuple(fc.constantFrom('', 'cd1/', 'cd2/', 'cd2/art/'), fc.constantFrom('a.bin', 'b.bin', 'c.bin', 'Z.txt')),
  { selector: ([folder, name]) => folder + name, minLength: 1 },
);

test("the torrent's own folder is matched whole, in whatever order and below whatever folder it comes", () => {
  fc.assert(
    fc.property(
      names,
      fc.infiniteStream(fc.integer({ min: 1, max: 3 })),
      fc.boolean(),
      (paths, lengths, isReversed) => {
        const files = Object.fromEntries(
          paths.map(([folder, name]) => [folder + name, lengths.next().value as number]),
        );
        const own = Object.entries(files).map(([path, lengthBytes]) => ({ path: `Films/T/${path}`, lengthBytes }));
        if (isReversed) own.reverse();
        const torrent = wanted(files);
        const { byFile, unused } = matchOwnFiles(torrent, own);
        expect(torrent.map(({ index }) => own[byFile.get(index) ?? -1]?.path)).toEqual(
          torrent.map(({ path }) => `Films/T/${path.join('/')}`),
        );
        expect(unused).toEqual([]);
      },
    ),
  );
});
