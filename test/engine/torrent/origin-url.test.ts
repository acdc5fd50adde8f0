import fc from 'fast-check';
import { expect, test } from 'vitest';
import { folderOfFileUrl, originFileUrl } from '../../../src/engine/torrent/origin-url.ts';
import { makeSourceList } from '../../../src/engine/torrent/source-list.ts';
import type { FileIndex, OriginUrl } from '../../../src/model/ids.ts';
import { filesOf } from './torrent-bytes.ts';

const urlOf = (origin: string, name: string, path: string | null) => {
  const info = { name, isMultiFile: path !== null, files: filesOf([[path ?? name, 1]]) };
  return originFileUrl(origin as OriginUrl, info, 0 as FileIndex);
};

test.each([
  ['a single file at its own address', 'http://o/f.iso', 'x.iso', null, 'http://o/f.iso'],
  ['a single file in a folder', 'http://o/dir/', 'x.iso', null, 'http://o/dir/x.iso'],
  ['a single file at a host', 'http://o/', 'x.iso', null, 'http://o/x.iso'],
  ['a single file at a host without slash', 'http://o', 'x.iso', null, 'http://o/x.iso'],
  ['a single file that a script gives', 'http://o/get/?id=5', 'x.iso', null, 'http://o/get/?id=5'],
  ['several files', 'http://o/dir/', 'name', 'a/b.bin', 'http://o/dir/name/a/b.bin'],
  ['several files, the slash missing', 'http://o/dir', 'name', 'b.bin', 'http://o/dir/name/b.bin'],
  ['a folder with one file', 'http://o/dir/', 'name', 'b.bin', 'http://o/dir/name/b.bin'],
  ['several files with a signature', 'http://o/dir?sig=a%2Fb', 'name', 'b', 'http://o/dir/name/b?sig=a%2Fb'],
  ['an address with encoded blanks', 'http://o/my%20dir/', 'name', 'b', 'http://o/my%20dir/name/b'],
  [
    'blanks and signs in names',
    'http://o/',
    'a b#1',
    'c?d%20/e+f&g=h;i',
    'http://o/a%20b%231/c%3Fd%2520/e%2Bf%26g%3Dh%3Bi',
  ],
  ['names that are not ASCII', 'http://o/', 'Füße', '日本.txt', 'http://o/F%C3%BC%C3%9Fe/%E6%97%A5%E6%9C%AC.txt'],
  ['names that safe paths change', 'http://o/', 'con', 'a:b.lnk', 'http://o/con/a%3Ab.lnk'],
  ['a port and a name of a user', 'http://u:p@o:8080/d/', 'n', null, 'http://u:p@o:8080/d/n'],
])('finds %s', (_name, origin, name, path, expected) => {
  expect(urlOf(origin, name, path)).toBe(expected);
});

test('a list of url-list entries leads to one address each', () => {
  const { origins } = makeSourceList([], ['', 'ftp://o/x', 'udp://o', 'http://o/no slash', 'http://p/slash/']);
  expect(origins.map((origin) => urlOf(origin, 'my name', 'a b/c'))).toEqual([
    'http://o/no%20slash/my%20name/a%20b/c',
    'http://p/slash/my%20name/a%20b/c',
  ]);
});

test('throws for a file that the torrent does not have', () => {
  const info = { name: 'n', isMultiFile: true, files: filesOf([['a', 1]]) };
  expect(() => originFileUrl('http://o/' as OriginUrl, info, 1 as FileIndex)).toThrow(RangeError);
});

test('a server that decodes each part of the path gets the names of the torrent', () => {
  const part = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !/^\.{1,2}$|\//.test(value));
  fc.assert(
    fc.property(part, fc.array(part, { minLength: 1, maxLength: 4 }), (name, path) => {
      const url = new URL(urlOf('http://o/base', name, path.join('/')));
      expect(url.pathname.split('/').slice(2).map(decodeURIComponent)).toEqual([name, ...path]);
      expect([url.search, url.hash]).toEqual(['', '']);
    }),
  );
});

const folderOf = (address: string, name: string, path: string | null) => {
  const info = { name, isMultiFile: path !== null, files: filesOf([[path ?? name, 1]]) };
  return folderOfFileUrl(address, info, 0 as FileIndex);
};

test.each([
  ['lies in one', 'http://o/dir/name/a/b.bin', 'name', 'a/b.bin', 'http://o/dir/'],
  ['lies at the root', 'http://o/name/b.bin', 'name', 'b.bin', 'http://o/'],
  ['is encoded in its own manner', 'http://o/d%20r/na%6De/(a)%20b!.bin', 'name', '(a) b!.bin', 'http://o/d%20r/'],
  ['lies in a folder of another name', 'http://o/dir/b.bin', 'name', 'b.bin', null],
  ['has another name', 'http://o/name/c.bin', 'name', 'b.bin', null],
  ['has a query', 'http://o/name/b.bin?key=1', 'name', 'b.bin', null],
  ['has a stray percent sign', 'http://o/name/100%.bin', 'name', '100%.bin', null],
  ['is a single file', 'http://o/dir/b.bin', 'b.bin', null, null],
])('the folder of a file that %s', (_name, address, name, path, expected) => {
  expect(folderOf(address, name, path)).toBe(expected);
});
