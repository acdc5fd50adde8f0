import { expect, test } from 'vitest';
import { describedBy, isLargeDownload } from '../../src/background/described-answer.ts';

const TORRENT = '<https://a.test/f.iso.torrent>; rel=describedby; type="application/x-bittorrent"';
const META = '<https://a.test/f.iso.meta4>; rel=describedby; type="application/metalink4+xml"';
const MIB = 1_048_576;

test.each<[string, string[], string | null]>([
  ['names its torrent', [TORRENT], 'https://a.test/f.iso.torrent'],
  [
    'names it among others, in headers of their own',
    [META, '<https://m.test/f>; rel=duplicate', TORRENT],
    'https://a.test/f.iso.torrent',
  ],
  ['names it among others, in one header', [`${META}, ${TORRENT}`], 'https://a.test/f.iso.torrent'],
  ['names it in lines, as Firefox joins them', [`${META}\n${TORRENT}`], 'https://a.test/f.iso.torrent'],
  [
    'names it from where it is',
    ['<f.iso.torrent>; rel="describedby"; type=application/x-bittorrent'],
    'https://a.test/d/f.iso.torrent',
  ],
  ['names only a Metalink', [META], null],
  ['names one of another site', [TORRENT.replace('a.test', 'b.test')], null],
  ['names one of the same host without encryption', [TORRENT.replace('https', 'http')], null],
  [
    'names a mirror that is called a torrent',
    ['<https://a.test/x>; rel=duplicate; type="application/x-bittorrent"'],
    null,
  ],
  ['names nothing', [], null],
  ['names nonsense', ['describedby <>;;;"'], null],
])('a server that %s', (_name, links, expected) => {
  const headers = links.map((value) => ({ name: 'Link', value }));
  const described = describedBy('https://a.test/d/f.iso#part', headers);
  expect(described?.torrentUrl ?? null).toBe(expected);
  if (described !== null) expect(described.fileUrl).toBe('https://a.test/d/f.iso');
});

test.each<[string, number, Record<string, string>, boolean]>([
  [
    'a large file of no known type',
    200,
    { 'Content-Type': 'application/octet-stream', 'Content-Length': `${9 * MIB}` },
    true,
  ],
  [
    'a large film that is to be saved',
    200,
    { 'Content-Type': 'video/mp4', 'Content-Disposition': 'attachment', 'Content-Length': `${9 * MIB}` },
    true,
  ],
  ['a large film that is shown', 200, { 'Content-Type': 'video/mp4', 'Content-Length': `${9 * MIB}` }, false],
  ['a page', 200, { 'Content-Type': 'text/html', 'Content-Length': `${9 * MIB}` }, false],
  ['a small file', 200, { 'Content-Type': 'application/zip', 'Content-Length': '9000' }, false],
  ['a file that says nothing of its size', 200, { 'Content-Type': 'application/zip' }, false],
  ['a part', 206, { 'Content-Type': 'application/zip', 'Content-Length': `${9 * MIB}` }, false],
  ['nothing', 404, { 'Content-Type': 'application/zip', 'Content-Length': `${9 * MIB}` }, false],
])('%s', (_name, status, headers, expected) => {
  const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
  expect(isLargeDownload(status, list)).toBe(expected);
});
