import { expect, test } from 'vitest';
import { type AnswerKind, beginsAsTorrent, judgeAnswer } from '../../src/background/torrent-answer.ts';

type Headers = Readonly<Record<string, string>>;
const named = (name: string) => ({ 'Content-Disposition': `attachment; filename=${name}` });
const TORRENT = { 'Content-Type': 'application/x-bittorrent' };
const OCTETS = { 'Content-Type': 'application/octet-stream' };

test.each<[string, string, Headers, AnswerKind]>([
  ['the type of a torrent', '/get?id=7', TORRENT, 'torrent'],
  ['with parameters and capitals', '/get', { 'content-type': 'Application/X-BitTorrent; charset=binary' }, 'torrent'],
  ['the type of a Metalink', '/get', { 'Content-Type': 'application/metalink4+xml' }, 'torrent'],
  ['a file name', '/get', { ...OCTETS, ...named('"a b.torrent"') }, 'torrent'],
  ['a bare file name', '/get', { ...OCTETS, ...named('a.torrent') }, 'torrent'],
  ['a quoted name with a quote', '/get', { ...OCTETS, ...named('"a \\"b\\".torrent"') }, 'torrent'],
  [
    'the extended name, which wins',
    '/get',
    { ...OCTETS, ...named(`"a.bin"; filename*=UTF-8''%C3%A4.torrent`) },
    'torrent',
  ],
  ['a path and no type', '/a.torrent', {}, 'torrent'],
  ['a path and a type that says nothing', '/a%2Etorrent', OCTETS, 'torrent'],
  ['a page about a torrent', '/a.torrent', { 'Content-Type': 'text/html' }, 'other'],
  ['a page that is named as a torrent', '/a', { 'Content-Type': 'text/html', ...named('a.torrent') }, 'other'],
  ['octets of another file', '/get', { ...OCTETS, ...named('a.iso') }, 'other'],
  ['octets at the path of another file', '/a.iso', OCTETS, 'other'],
  ['octets without a name', '/get/7', OCTETS, 'unsure'],
  ['octets of a script', '/download.php?id=7', OCTETS, 'unsure'],
  ['nothing at all', '/get/7', {}, 'unsure'],
  ['a name that cannot be decoded', '/get/%ff', OCTETS, 'unsure'],
  ['an image', '/a.png', { 'Content-Type': 'image/png' }, 'other'],
])('%s', (_name, path, headers, kind) => {
  const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
  expect(judgeAnswer({ url: `https://site.test${path}`, status: 200, headers: list })).toBe(kind);
});

test.each([204, 206, 302, 404, 500])('status %i is none', (status) => {
  const headers = [{ name: 'Content-Type', value: 'application/x-bittorrent' }];
  expect(judgeAnswer({ url: 'https://site.test/a.torrent', status, headers })).toBe('other');
});

test.each<[string, boolean]>([
  ['d8:announce35:udp://tracker', true],
  ['d13:announce-listll', true],
  ['d13:creation datei1e4:infod', true],
  ['d4:infod6:lengthi1e', true],
  ['d7:comment3:abc', true],
  ['d4:infoi1e', false],
  ['d5:filesd20:', false],
  ['d8:intervali1800e', false],
  ['did you know', false],
  ['<metalink xmlns=', false],
  ['', false],
])('%j begins as a torrent: %s', (text, isTorrent) => {
  expect(beginsAsTorrent(new TextEncoder().encode(text))).toBe(isTorrent);
});
