import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLinks } from '../../src/model/read-links.ts';

const BASE = 'http://origin.example/dir/f.iso';
const linesOf = (header: string, base = BASE) =>
  readLinks(header, base).map(({ href, rels, parameters }) =>
    [`<${href}>`, rels.join(' '), ...[...parameters].map(([name, value]) => `${name}=${value}`)].join(' | '),
  );

test('what mirrors really send, joined into one line as fetch does it', () => {
  const header =
    '<http://a/x,y;z>; rel=duplicate; pri=1; geo=de; pref, </f.torrent>; REL="describedby foo"; ' +
    'type="application/x-bittorrent"; name="a, \\"b.iso"';
  expect(readLinks(header, BASE)).toEqual([
    {
      href: 'http://a/x,y;z',
      rels: ['duplicate'],
      parameters: new Map([
        ['pri', '1'],
        ['geo', 'de'],
        ['pref', ''],
      ]),
    },
    {
      href: 'http://origin.example/f.torrent',
      rels: ['describedby', 'foo'],
      parameters: new Map([
        ['type', 'application/x-bittorrent'],
        ['name', 'a, "b.iso'],
      ]),
    },
  ]);
});

describe('of a header', () => {
  test.each<[string, string, string[]]>([
    ['nothing', '', []],
    ['blanks and commas', ' , ,, ', []],
    ['no link', 'rel=duplicate', []],
    ['a link without parameters', '<http://a/>', ['<http://a/> | ']],
    ['a link without a relation', '<http://a/>; pri=1', ['<http://a/> |  | pri=1']],
    ['no blanks', '<http://a/>;rel=x;pri=2,<http://b/>;rel=y', ['<http://a/> | x | pri=2', '<http://b/> | y']],
    ['many blanks', ' < http://a/ > ;\trel = "x" ; pri = 3 ', ['<http://a/> | x | pri=3']],
    ['capitals', '<http://a/>; REL=DUPLICATE; Geo=DE', ['<http://a/> | duplicate | geo=DE']],
    ['several relations in quotes', '<http://a/>; rel=" next  duplicate "', ['<http://a/> | next duplicate']],
    ['the first relation of two', '<http://a/>; rel=x; rel=y', ['<http://a/> | x']],
    ['empty parameters', '<http://a/>;; ; rel=x;', ['<http://a/> | x']],
    ['a quote that does not end', '<http://a/>; rel="x, <http://b/>', ['<http://a/> | x, <http://b/>']],
    ['a backslash at the end', '<http://a/>; title="x\\', ['<http://a/> |  | title=x']],
    ['a target that does not end', '<http://a/>; rel=x, <http://b/', ['<http://a/> | x']],
    ['what is no link before one that is', 'foo "a, b" <x,y>, <http://a/>; rel=x', ['<http://a/> | x']],
    ['rubbish after a link', '<http://a/> rubbish, <http://b/>; rel=x', ['<http://a/> | ', '<http://b/> | x']],
    ['a target that is no address', '<http://>; rel=x, <http://b/>; rel=x', ['<http://b/> | x']],
    ['a fragment', '<http://a/#top>; rel=x', ['<http://a/> | x']],
    ['a link of another page', '<http://a/>; rel=x; anchor="/other"', []],
    ['an empty target', '<>; rel=x', [`<${BASE}> | x`]],
    ['a relative target', '<../g.iso>; rel=x', ['<http://origin.example/g.iso> | x']],
    ['a target without a scheme', '<//m.example/g>; rel=x', ['<http://m.example/g> | x']],
    ['other schemes', '<magnet:?xt=urn:btih:00>; rel=x', ['<magnet:?xt=urn:btih:00> | x']],
  ])('%s', (_name, header, expected) => {
    expect(linesOf(header)).toEqual(expected);
  });
});

test('any text is read in linear time and without an error', () => {
  const part = fc.constantFrom('<', '>', '"', '\\', ',', ';', '=', ' ', 'rel', 'http://a/', 'x');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
      for (const { href } of readLinks(parts.join(''), BASE)) expect(URL.canParse(href)).toBe(true);
    }),
    { seed: 1, numRuns: 2_000 },
  );
  for (const evil of ['<', '"', '\\', '; ', ',', '<a>;'.repeat(2), 'x"']) {
    expect(readLinks(evil.repeat(1_000_000), BASE).length).toBeLessThanOrEqual(256);
  }
});
