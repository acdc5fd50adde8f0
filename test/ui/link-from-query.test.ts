import { expect, test } from 'vitest';
import { MAX_LINK_CHARS } from '../../src/model/limits.ts';
import { linkFromQuery } from '../../src/ui/link-from-query.ts';

const MAGNET = 'magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a&dn=a b&tr=wss://t/?a=1';
const longest = 'x'.repeat(MAX_LINK_CHARS);

test.each([
  ['a magnet, as the browser encodes it', `?link=${encodeURIComponent(MAGNET)}`, MAGNET],
  ['a web address for other programs', '?url=https%3A%2F%2Fa.example%2Fb.torrent', 'https://a.example/b.torrent'],
  ['blanks around', '?link=%20magnet%3A%20', 'magnet:'],
  ['the link before the url', '?url=a&link=b', 'b'],
  ['a stray percent', '?link=100%', '100%'],
  ['nothing', '', null],
  ['an empty link', '?link=', null],
  ['something else', '?page=1', null],
  ['the longest', `?link=${longest}`, longest],
  ['a longer one', `?link=${longest}x`, null],
])('%s', (_name, search, expected) => {
  expect(linkFromQuery(search)).toBe(expected);
});
