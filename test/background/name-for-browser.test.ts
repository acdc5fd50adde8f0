import { expect, test } from 'vitest';
import { nameForBrowser } from '../../src/background/name-for-browser.ts';

const FILE = 'https://cdn.example/ep42.mp4';
const PAGE = 'https://cdn.example/news/';

test.each<[string, string | null, string | null, string | null]>([
  ['a name', 'Episode 42.mp4', PAGE, 'Episode 42.mp4'],
  ['a name in other letters', 'Серия 42.mp4', PAGE, 'Серия 42.mp4'],
  ['no name', null, PAGE, null],
  ['a name by another site', 'Episode 42.mp4', 'https://news.example/', null],
  ['a name by the same host on another port', 'Episode 42.mp4', 'https://cdn.example:8443/', null],
  ['a name by a page without an address', 'Episode 42.mp4', null, null],
  ['a path', '../../autostart/x.desktop', PAGE, null],
  ['a path of Windows', 'a\\b.mp4', PAGE, null],
  ['a hidden file', '.bashrc', PAGE, null],
  ['a blank at the end', 'a.exe ', PAGE, null],
  ['letters that are written backwards', 'a\u202e4pm.exe', PAGE, null],
  ['a name that is too long', `${'x'.repeat(200)}.mp4`, PAGE, null],
  ['a line break', 'a\nb.mp4', PAGE, null],
])('%s', (_name, name, page, expected) => {
  expect(nameForBrowser(name, FILE, page)).toBe(expected);
});
