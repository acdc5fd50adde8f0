import { describe, expect, test } from 'vitest';
import { mirrorsOf, priorityOf } from '../../../src/engine/origin/mirrors.ts';
import type { OriginUrl } from '../../../src/model/ids.ts';
import { readLinks } from '../../../src/model/read-links.ts';

const ORIGIN = 'https://origin.example/f.iso' as OriginUrl;
const found = (link: string | null, url: string = ORIGIN, origin = ORIGIN) => mirrorsOf(origin, { url, link });

test.each<[string, string, number]>([
  ['none', '', 999_999],
  ['the best', '; pri=1', 1],
  ['the last', '; pri=999999', 999_999],
  ['zero', '; pri=0', 999_999],
  ['more than there is', '; pri=1000000', 999_999],
  ['a text', '; pri=high', 999_999],
  ['nothing', '; pri', 999_999],
  ['a negative number', '; pri=-1', 999_999],
  ['a number in quotes', '; pri="7"', 7],
])('the priority of a mirror that says %s', (_name, parameter, expected) => {
  const [link] = readLinks(`<http://m/>; rel=duplicate${parameter}`, ORIGIN);
  expect(link && priorityOf(link)).toBe(expected);
});

describe('of what an origin says', () => {
  test.each<[string, string | null, string[]]>([
    ['nothing is nothing', null, []],
    ['duplicates are taken', '<https://m.example/f>; rel=duplicate', ['https://m.example/f']],
    ['duplicates in quotes too', '<https://m.example/f>; rel="duplicate"', ['https://m.example/f']],
    ['other relations are not', '<https://m.example/f.torrent>; rel=describedby', []],
    [
      'the preferred come first, the others as they are listed',
      '<http://c.example/>; rel=duplicate, <http://b.example/>; rel=duplicate; pri=2, <http://a.example/>; rel=duplicate; pri=1, <http://d.example/>; rel=duplicate',
      ['http://a.example/', 'http://b.example/', 'http://c.example/', 'http://d.example/'],
    ],
    ['each once', '<http://m.example/f>; rel=duplicate, <http://M.example/f#x>; rel=duplicate', ['http://m.example/f']],
    ['itself is no mirror', '<f.iso>; rel=duplicate, <https://origin.example/f.iso>; rel=duplicate', []],
    ['other schemes are not taken', '<ftp://m.example/f>; rel=duplicate, <data:,x>; rel=duplicate', []],
    [
      'a local network is not reached for',
      '<http://192.168.1.1/x>; rel=duplicate, <http://localhost/>; rel=duplicate',
      [],
    ],
  ])('%s', (_name, link, expected) => {
    expect(found(link)).toEqual(expected);
  });

  test('sixteen are enough', () => {
    const links = Array.from({ length: 40 }, (_, at) => `<http://m${at}.example/>; rel=duplicate; pri=${100 - at}`);
    const mirrors = found(links.join(', '));
    expect(mirrors).toHaveLength(16);
    expect(mirrors[0]).toBe('http://m39.example/');
  });
});

test('relative addresses are those of the answer, not of the origin', () => {
  expect(found('<g>; rel=duplicate', 'https://origin.example/moved/f')).toEqual(['https://origin.example/moved/g']);
});

test('a mirror that the origin redirects to is not asked for mirrors', () => {
  expect(found('<http://m.example/f>; rel=duplicate', 'https://mirror.example/f')).toEqual([]);
});

test('an origin on a local network may name its neighbours', () => {
  const local = 'http://nas.local/f' as OriginUrl;
  expect(found('<http://192.168.1.1/f>; rel=duplicate', local, local)).toEqual(['http://192.168.1.1/f']);
});
