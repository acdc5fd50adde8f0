import { expect, test } from 'vitest';
import { linksOfOmnibox, omniboxHint } from '../../src/background/omnibox-text.ts';

const HASH = 'c12fe1c06bba254a9dc9f519b335aa7c1367a88a';
const MAGNET = `magnet:?xt=urn:btih:${HASH}`;
const NOTHING = 'Rivulet: a magnet link, .torrent address or info hash';

test.each([
  ['a magnet without a name', MAGNET, [MAGNET], 'Download this torrent with Rivulet'],
  ['a magnet with a name', `${MAGNET}&dn=My+film`, [`${MAGNET}&dn=My+film`], 'Download My film with Rivulet'],
  [
    'a name that would be markup',
    `${MAGNET}&dn=%3Cb%3EA%26B%3C%2Fb%3E`,
    [`${MAGNET}&dn=%3Cb%3EA%26B%3C%2Fb%3E`],
    'Download b A B /b with Rivulet',
  ],
  [
    'a long name',
    `${MAGNET}&dn=${'a'.repeat(80)}`,
    [`${MAGNET}&dn=${'a'.repeat(80)}`],
    `Download ${'a'.repeat(60)}… with Rivulet`,
  ],
  ['a hash', HASH, [HASH], `Download ${HASH} with Rivulet`],
  ['a .torrent', 'https://a.example/b.torrent', ['https://a.example/b.torrent'], 'Download a.example with Rivulet'],
  [
    'a script that serves one',
    ' https://a.example/get?id=1 ',
    ['https://a.example/get?id=1'],
    'Download a.example with Rivulet',
  ],
  ['two', `${MAGNET} ${HASH.replace('c', 'd')}`, [MAGNET, HASH.replace('c', 'd')], 'Download 2 torrents with Rivulet'],
  ['words', 'ubuntu iso', [], NOTHING],
  ['nothing', '', [], NOTHING],
  ['a script', 'javascript:alert(1)', [], NOTHING],
])('%s', (_name, text, links, hint) => {
  expect([linksOfOmnibox(text), omniboxHint(text)]).toEqual([links, hint]);
});
