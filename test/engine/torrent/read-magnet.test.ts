import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLink } from '../../../src/engine/torrent/read-link.ts';
import { readMagnet } from '../../../src/engine/torrent/read-magnet.ts';
import { failureLine, failureOf } from './failure-of.ts';

const HEX = 'c12fe1c06bba254a9dc9f519b335aa7c1367a88a';
const BASE32 = 'YEX6DQDLXISUVHOJ6UM3GNNKPQJWPKEK';
const OTHER = '00112233445566778899aabbccddeeff00112233';
const V2 = `urn:btmh:1220${'ab'.repeat(32)}`;
const magnet = (rest: string) => `magnet:?xt=urn:btih:${HEX}${rest}`;

describe('readMagnet', () => {
  test.each([
    ['lower-case hex', `magnet:?xt=urn:btih:${HEX}`],
    ['upper-case hex', `magnet:?xt=urn:btih:${HEX.toUpperCase()}`],
    ['base32', `magnet:?xt=urn:btih:${BASE32}`],
    ['lower-case base32', `magnet:?xt=urn:btih:${BASE32.toLowerCase()}`],
    ['any case of the scheme, the key and the topic', `MAGNET:?XT=URN:BTIH:${HEX}`],
    ['a numbered key', `magnet:?xt.1=urn:btih:${HEX}`],
    ['an encoded topic', `magnet:?xt=urn%3Abtih%3A${HEX}`],
    ['blanks around the link', `  magnet:?xt=urn:btih:${HEX}\n`],
    ['a topic that is not the first', `magnet:?dn=x&xt=urn:btih:${HEX}`],
    ['a topic of another kind before', `magnet:?xt=urn:sha1:${BASE32}&xt=urn:btih:${HEX}`],
    ['a broken topic before', `magnet:?xt=urn:btih:xyz&xt=urn:btih:${HEX}`],
    ['a version 2 topic before', `magnet:?xt=${V2}&xt=urn:btih:${HEX}`],
    ['a second version 1 topic after', `magnet:?xt=urn:btih:${HEX}&xt=urn:btih:${OTHER}`],
    ['separators copied from HTML', `magnet:?dn=x&amp;xt=urn:btih:${HEX}`],
    ['empty parameters', `magnet:?&&xt=urn:btih:${HEX}&=&x`],
  ])('finds the info hash with %s', (_name, link) => {
    expect(readMagnet(link).infoHash).toBe(HEX);
  });

  test.each([
    ['a version 2 topic alone', `magnet:?xt=${V2}`, 'v2-only'],
    ['a version 2 topic with a broken version 1 topic', `magnet:?xt=${V2}&xt=urn:btih:1`, 'v2-only'],
    ['a version 2 topic of another hash', `magnet:?xt=urn:btmh:1114${'ab'.repeat(32)}`, 'bad-link'],
    ['no topic', 'magnet:?dn=x&tr=wss://t', 'bad-link'],
    ['no parameters', 'magnet:', 'bad-link'],
    ['39 digits', `magnet:?xt=urn:btih:${HEX.slice(1)}`, 'bad-link'],
    ['41 digits', `magnet:?xt=urn:btih:${HEX}0`, 'bad-link'],
    ['40 characters that are no digits', `magnet:?xt=urn:btih:${'z'.repeat(40)}`, 'bad-link'],
    ['32 characters that are not base32', `magnet:?xt=urn:btih:${'1'.repeat(32)}`, 'bad-link'],
    ['another scheme', `stream-magnet:?xt=urn:btih:${HEX}`, 'bad-link'],
    ['an empty text', '', 'bad-link'],
    ['a link above 64 KiB', magnet(`&dn=${'a'.repeat(65_536)}`), 'bad-link'],
  ])('refuses %s', async (_name, link, code) => {
    expect(await failureLine(() => readMagnet(link))).toBe(code);
  });

  test('quotes the first 100 characters of what it refuses', async () => {
    const failure = await failureOf(() => readMagnet(` ${'x'.repeat(500)}`));
    expect(failure).toEqual({ code: 'bad-link', text: 'x'.repeat(100) });
  });

  test.each([
    ['+ as a blank', '&dn=My+film', 'My film'],
    ['an encoded +', '&dn=a%2Bb+c', 'a+b c'],
    ['UTF-8', '&dn=F%C3%BC%C3%9Fe', 'Füße'],
    ['text that is not encoded', '&dn=Füße %', 'Füße %'],
    ['a stray percent', '&dn=100%+pure%zz%4', '100% pure%zz%4'],
    ['bytes that are no UTF-8', '&dn=a%FFb', 'a\ufffdb'],
    ['the first name', '&dn=&dn=one&dn=two', 'one'],
    ['equals signs', '&dn=a=b==', 'a=b=='],
    ['nothing for a blank name', '&dn=+', null],
    ['nothing without a name', '', null],
  ])('reads of a name %s', (_name, rest, expected) => {
    expect(readMagnet(magnet(rest)).name).toBe(expected);
  });

  test.each([
    ['a length', '&xl=1234', 1234],
    ['zero', '&xl=0', 0],
    ['nothing of a negative length', '&xl=-5', null],
    ['nothing of a text', '&xl=1e9', null],
    ['nothing beyond bounds', '&xl=9999999999999999', null],
    ['nothing of an empty value', '&xl=', null],
  ])('reads of xl %s', (_name, rest, expected) => {
    expect(readMagnet(magnet(rest)).lengthBytes).toBe(expected);
  });

  test.each([
    ['single indices and ranges', '&so=0,2,4-6', [0, 2, 4, 5, 6]],
    ['nothing when there is a letter', '&so=0,2,4-6,9-7,-1,x', null],
    ['what is left without reversed and open ranges', '&so=0,2,4-6,9-7,-1', [0, 2, 4, 5, 6]],
    ['an open end as nothing', '&so=3-,1', [1]],
    ['each index once, ascending', '&so=5,1,4-5,1', [1, 4, 5]],
    ['encoded commas', '&so=1%2C2', [1, 2]],
    ['a numbered key', '&so.1=3', [3]],
    ['several keys together', '&so=1&so=3', [1, 3]],
    ['nothing beyond 10,000', '&so=0-4000000000,10001,10000', [10_000]],
    ['all files for an empty value', '&so=', null],
    ['all files when nothing is left', '&so=9-7', null],
    ['all files without it', '', null],
  ])('reads of so %s', (_name, rest, expected) => {
    expect(readMagnet(magnet(rest)).selectedFiles).toEqual(expected);
  });

  test.each([
    ['tr', '&tr=wss%3A%2F%2Ft.example%2F%3Fa%3D1&tr.1=udp://u:80', ['wss://t.example/?a=1', 'udp://u:80']],
    [
      'an unencoded tr with equals signs',
      '&tr=http://t.example/announce?key=a=b',
      ['http://t.example/announce?key=a=b'],
    ],
    ['TR twice', '&TR=wss://a&tr=wss://a/', ['wss://a']],
    ['nothing of other schemes', '&tr=dht://x&tr=javascript:alert(1)&tr=%20', []],
    ['not a peer', '&x.pe=1.2.3.4:80', []],
  ])('finds trackers in %s', (_name, rest, expected) => {
    expect(readMagnet(magnet(rest)).sources.trackers).toEqual(expected);
  });

  test.each([
    ['ws', '&ws=https://o.example/a%2520b.bin', ['https://o.example/a%20b.bin'], []],
    ['as that is a file', '&as=http://o.example/f.iso', ['http://o.example/f.iso'], []],
    ['as that is a torrent', '&as=http://o.example/f.TORRENT?x=1', [], ['http://o.example/f.TORRENT?x=1']],
    ['as that is a Metalink', '&as=http://o.example/f.meta4', [], ['http://o.example/f.meta4']],
    [
      'as, AS.1 and ws.1 together',
      '&as=http://a/f&AS.1=http://b/f&ws.1=http://c/f',
      ['http://c/f', 'http://a/f', 'http://b/f'],
      [],
    ],
    ['xs', '&xs=https%3A%2F%2Fo.example%2Fget%3Fid%3D1', [], ['https://o.example/get?id=1']],
    ['xs that is not http', '&xs=urn:btpk:00&xs=ftp://o/x.torrent', [], []],
    ['ws that is not http', '&ws=ftp://o/x&ws=file:///etc/passwd&ws=', [], []],
    [
      'equal ones, once',
      '&ws=http://o.example&as=http://O.example/&xs=http://x/&xs=http://x',
      ['http://o.example/'],
      ['http://x/'],
    ],
  ])('finds origins and torrents in %s', (_name, rest, origins, torrentUrls) => {
    const read = readMagnet(magnet(rest));
    expect([read.sources.origins, read.torrentUrls]).toEqual([origins, torrentUrls]);
  });

  test('bounds all lists', () => {
    const rest = Array.from({ length: 200 }, (_, at) => `&tr=wss://t${at}&ws=http://o${at}&xs=http://x${at}`).join('');
    const { sources, torrentUrls } = readMagnet(magnet(rest));
    expect([sources.trackers.length, sources.origins.length, torrentUrls.length]).toEqual([64, 64, 16]);
  });

  test('reads back whatever a magnet is made of', () => {
    const digits = fc.stringMatching(/^[0-9a-f]{40}$/);
    const url = fc.webUrl({ withQueryParameters: true });
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value.trim() !== '');
    fc.assert(
      fc.property(digits, name, fc.array(url, { maxLength: 5 }), (infoHash, dn, urls) => {
        const link = new URLSearchParams([['dn', dn], ...urls.map((tr) => ['tr', tr] as [string, string])]);
        const read = readMagnet(`magnet:?xt=urn:btih:${infoHash}&${link}`);
        expect(read.infoHash).toBe(infoHash);
        expect(read.name).toBe(dn);
        const hrefs = (list: readonly string[]) => new Set(list.map((one) => new URL(one).href));
        expect(hrefs(read.sources.trackers)).toEqual(hrefs(urls));
      }),
    );
  });

  test('throws nothing but its own error for any text', async () => {
    const pieces = fc.constantFrom(
      'xt',
      'so',
      'dn',
      'tr',
      '=',
      '&',
      '%',
      '%41',
      '%zz',
      'urn:btih:',
      HEX,
      '.',
      '1-9',
      'http://',
      ',',
    );
    const link = fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(link, async (parts) => {
        await failureLine(() => readMagnet(`magnet:?${parts.join('')}`));
        await failureLine(() => readLink(parts.join('')));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('readLink', () => {
  test.each([
    ['a magnet link', ` ${magnet('&dn=x')} `, 'magnet', HEX],
    ['an info hash', HEX, 'info-hash', HEX],
    ['an info hash with blanks around', `\t${HEX.toUpperCase()}\n`, 'info-hash', HEX],
    ['a base32 info hash', BASE32, 'info-hash', HEX],
    [
      'the address of a .torrent',
      ' https://o.example/a b.torrent#x ',
      'torrent-url',
      'https://o.example/a%20b.torrent',
    ],
    ['any http address', 'HTTP://o.example/get?id=1', 'torrent-url', 'http://o.example/get?id=1'],
  ])('takes %s', (_name, text, kind, expected) => {
    const link = readLink(text);
    expect([link.kind, link.kind === 'torrent-url' ? link.url : link.magnet.infoHash]).toEqual([kind, expected]);
  });

  test.each([
    ['an empty text', '', 'bad-link'],
    ['words', 'ubuntu iso', 'bad-link'],
    ['a host without scheme', 'example.com/a.torrent', 'bad-link'],
    ['another scheme', 'ftp://example.com/a.torrent', 'bad-link'],
    ['a script', 'javascript:alert(1)', 'bad-link'],
    ['a SHA-256 info hash', 'ab'.repeat(32), 'bad-link'],
    ['http without host', 'http://', 'bad-link'],
    ['a magnet of version 2', `magnet:?xt=${V2}`, 'v2-only'],
  ])('refuses %s', async (_name, text, code) => {
    expect(await failureLine(() => readLink(text))).toBe(code);
  });
});
