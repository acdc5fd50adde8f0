import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { fileHeaders } from '../../src/publishing/file-headers.ts';
import { NASTY_NAME, publication, someBytes } from './published-folder.ts';

test('a file has a Link for each that describes or mirrors it, in the form that aria2 reads, and its digest', async () => {
  const digest = createHash('sha256').update(someBytes(300_000)).digest('base64');
  expect(fileHeaders(await publication()).map(({ name, value }) => `${name}: ${value}`)).toEqual([
    'Link: <https://cdn.example/media/ep42.mp4.torrent>; rel=describedby; type="application/x-bittorrent"',
    'Link: <https://cdn.example/media/ep42.mp4.meta4>; rel=describedby; type="application/metalink4+xml"',
    'Link: <https://m2.example/x/ep42.mp4>; rel=duplicate; pri=2',
    'Link: <http://m3.example/ep42.mp4>; rel=duplicate; pri=3',
    `Repr-Digest: sha-256=:${digest}:`,
  ]);
});

test('no name of a file can end a header, a link or a parameter', async () => {
  const headers = fileHeaders(await publication(['a, b', NASTY_NAME]));
  for (const { value } of headers.filter(({ name }) => name === 'Link')) {
    expect(value).toMatch(/^<[\w\-.~%:/]+>; rel=(?:describedby; type="[\w/+-]+"|duplicate; pri=\d)$/);
  }
  expect(new Headers(headers.map(({ name, value }): [string, string] => [name, value])).get('link')).toContain(', <');
});
