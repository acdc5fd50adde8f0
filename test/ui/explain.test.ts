import { describe, expect, test } from 'vitest';
import { explain, type Trouble } from '../../src/ui/explain.ts';
import { EVERY_CLICK_FAILURE, EVERY_FAILURE, EVERY_PROBLEM } from '../support/gallery/every-trouble.ts';

const every: Trouble[] = [EVERY_FAILURE, EVERY_PROBLEM, EVERY_CLICK_FAILURE].flatMap((codes) =>
  Object.values(codes).flat(),
);

describe.each(every.map((trouble) => [JSON.stringify(trouble), trouble] as const))('%s', (_name, trouble) => {
  const { title, remedy } = explain(trouble);

  test('has a sentence and a remedy', () => {
    for (const sentence of [title, remedy]) {
      expect(sentence).toMatch(/^[\p{L}\d].*[^.\s]\.$/u);
      expect(sentence).not.toMatch(/undefined|null|NaN|\[object|\s{2}|\s[,:]|\s\.(\s|$)/u);
    }
  });
  test('says each of its names', () => {
    const { host, peer } = { host: '', peer: '', ...trouble };
    expect(title).toContain(host);
    expect(title).toContain(peer);
  });
});

const sentence = (trouble: Trouble) => `${explain(trouble).title} ${explain(trouble).remedy}`;

test.each<[string, Trouble, string]>([
  [
    'counts the trackers that a browser cannot use',
    { code: 'no-browser-source', udpTrackers: 3, httpTrackers: 1 },
    'This torrent’s trackers speak only UDP (3) and HTTP (1), which a browser cannot use, and it has no web source. ' +
      'Look for a version of the link with a wss:// tracker or a web seed.',
  ],
  [
    'leaves out kinds of tracker that are not there',
    { code: 'no-browser-source', udpTrackers: 0, httpTrackers: 2 },
    'This torrent’s trackers speak only HTTP (2), which a browser cannot use, and it has no web source. ' +
      'Look for a version of the link with a wss:// tracker or a web seed.',
  ],
  [
    'names the trackers that do not answer',
    { code: 'trackers-unreachable', hosts: ['one.example', 'two.example', 'three.example'], all: true },
    'None of the trackers answers: one.example, two.example and 1 more. ' +
      'Rivulet keeps trying. Check your connection, or look for another version of the link.',
  ],
  [
    'says when an origin is asked again',
    { code: 'origin-failed', host: 'example.org', fault: 'busy', status: 503, retryInS: 30 },
    'example.org is busy (error 503). Rivulet asks again in 30 s, and uses its other sources until then.',
  ],
  [
    'does not call a success an error',
    { code: 'origin-failed', host: 'example.org', fault: 'wrong-length', status: 206, retryInS: 60 },
    'example.org has a file of another size. Rivulet asks again in 1 min, and uses its other sources until then.',
  ],
  [
    'says what a page in the stead of a file may mean',
    { code: 'origin-failed', host: 'example.org', fault: 'web-page', status: 200, retryInS: 60 },
    'example.org sends a web page instead of the file. ' +
      'The network or the site may want you to log in first. Rivulet asks again in 1 min.',
  ],
  [
    'says that an origin that lied twice is out',
    { code: 'origin-lied', host: 'example.org', pieces: 2, dropped: true },
    'example.org sent 2 damaged pieces. Nothing damaged is kept: each is fetched again, and this origin is not asked any more.',
  ],
  [
    'says which files could not come, and where the others are',
    { code: 'files-unavailable', files: ['item_files.xml', 'item_meta.xml', 'b.mp3'], count: 5, saved: 35 },
    '5 of 40 files could not be fetched: they, or files next to them, were changed or removed on the server after this ' +
      'torrent was made. Everything else is in your Downloads folder. Missing: item_files.xml, item_meta.xml, b.mp3 and 2 more.',
  ],
  [
    'names a single file that could not come',
    { code: 'files-unavailable', files: ['item_meta.xml'], count: 1, saved: 2 },
    '1 of 3 files could not be fetched: it, or a file next to it, was changed or removed on the server after this ' +
      'torrent was made. ' +
      'Everything else is in your Downloads folder. Missing: item_meta.xml.',
  ],
  [
    'says what it waits for when no file is whole',
    { code: 'files-unavailable', files: ['a', 'b'], count: 2, saved: 0 },
    'None of the 2 files could be fetched whole: they, or files next to them, were changed or removed on the server after ' +
      'this ' +
      'torrent was made. Rivulet keeps looking for a peer who still has them as they were.',
  ],
  [
    'tells how much space is missing',
    { code: 'disk-full', neededBytes: 84e9, freeBytes: 31.5e9 },
    'Not enough space: this needs 84.0 GB, and 31.5 GB is free. Free some space, then resume. What has arrived is kept.',
  ],
  [
    'fits the reason of a program into the sentence',
    { code: 'save-failed', reason: 'FILE_ACCESS_DENIED. ' },
    'Everything arrived, but it could not be saved to Downloads: FILE_ACCESS_DENIED. ' +
      'Check the Downloads folder in your browser’s settings, then resume.',
  ],
])('%s', (_name, trouble, expected) => {
  expect(sentence(trouble)).toBe(expected);
});

test.each([
  ['a failure stops', { code: 'save-cancelled' }, 'stops'],
  ['no sources is a reason to wait', { code: 'no-sources' }, 'waits'],
  ['all trackers silent is a reason to wait', { code: 'trackers-unreachable', hosts: ['a', 'b'], all: true }, 'waits'],
  ['some trackers silent is good to know', { code: 'trackers-unreachable', hosts: ['a'], all: false }, 'informs'],
  ['files that cannot come are good to know', { code: 'files-unavailable', files: [], count: 1, saved: 1 }, 'informs'],
  ['no whole file is a reason to wait', { code: 'files-unavailable', files: [], count: 1, saved: 0 }, 'waits'],
  ['a lying origin is good to know', { code: 'origin-lied', host: 'a', pieces: 1, dropped: false }, 'informs'],
] satisfies [string, Trouble, string][])('%s', (_name, trouble, weight) => {
  expect(explain(trouble).weight).toBe(weight);
});
