import { expect, test } from 'vitest';
import { displayName } from '../../../src/ui/formats/display-name.ts';
import { formatCount } from '../../../src/ui/formats/format-count.ts';
import { formatList } from '../../../src/ui/formats/format-list.ts';

test.each([
  ['an ordinary name', 'debian.iso', 'debian.iso'],
  ['Arabic, which needs no marks', 'ألف ليلة.pdf', 'ألف ليلة.pdf'],
  ['an emoji joined of several', '👩‍🚀.mp4', '👩‍🚀.mp4'],
  ['a direction override that hides an ending', 'invoice\u202efdp.exe', 'invoice\ufffdfdp.exe'],
  ['isolates, which are seen, and marks, which are not', '\u2066a\u2069\u200e\u200fb', '\ufffda\ufffdb'],
  ['line breaks', 'a\r\nb\u0000', 'a\ufffd\ufffdb\ufffd'],
  ['a name of nothing else', '\u202e', '\ufffd'],
])('shows %s', (_name, name, expected) => {
  expect(displayName(name)).toBe(expected);
});

test.each([
  [0, '0 peers'],
  [1, '1 peer'],
  [2, '2 peers'],
])('counts %d', (count, expected) => {
  expect(formatCount(count, 'peer')).toBe(expected);
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and 1 more'],
  [['a', 'b', 'c', 'd'], 'a, b and 2 more'],
])('joins %j', (names, expected) => {
  expect(formatList(names)).toBe(expected);
});
