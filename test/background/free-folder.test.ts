import { expect, test } from 'vitest';
import { freeFolder } from '../../src/background/free-folder.ts';

test.each<[string, string, string[], string[], string]>([
  ['takes the name when nothing is there', 'Show', [], [], 'Show'],
  ['ignores other names', 'Show', ['/home/me/Downloads/Show 1/a.mkv', '/home/me/Downloads/Shows/a'], [], 'Show'],
  ['counts on when the folder was used', 'Show', ['/home/me/Downloads/Show/a.mkv'], [], 'Show (2)'],
  ['skips every number that was used', 'Show', ['/d/Show/a', '/d/Show (2)/a', '/d/Show (3)/b'], [], 'Show (4)'],
  ['fills a gap', 'Show', ['/d/Show/a', '/d/Show (3)/a'], [], 'Show (2)'],
  ['reads Windows paths', 'Show', ['C:\\Users\\me\\Downloads\\Show\\a.mkv'], [], 'Show (2)'],
  ['lets letter case not count', 'show', ['C:\\Users\\me\\Downloads\\SHOW\\a.mkv'], [], 'show (2)'],
  ['lets the form of accents not count', 'Caf\u00e9', ['/d/Cafe\u0301/a'], [], 'Caf\u00e9 (2)'],
  ['keeps away from a file of that name', 'Show', ['/home/me/Downloads/Show'], [], 'Show (2)'],
  ['keeps away from names that were handed out', 'Show', ['/d/Show/a'], ['Show (2)'], 'Show (3)'],
  ['takes names that look like patterns as they are', 'a+(b)[c', ['/d/a+(b)[c/x'], [], 'a+(b)[c (2)'],
])('%s', (_name, wanted, paths, reserved, expected) => {
  expect(freeFolder(wanted, paths, reserved)).toBe(expected);
});
