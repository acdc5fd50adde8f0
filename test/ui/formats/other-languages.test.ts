import { afterEach, expect, test } from 'vitest';
import type { Language } from '../../../src/model/settings.ts';
import { formatBytes, formatBytesPlainly } from '../../../src/ui/formats/format-bytes.ts';
import { formatCount } from '../../../src/ui/formats/format-count.ts';
import { formatDuration } from '../../../src/ui/formats/format-duration.ts';
import { formatList, formatListAndMore, joinParts } from '../../../src/ui/formats/format-list.ts';
import { formatSpeed } from '../../../src/ui/formats/format-speed.ts';
import { formatNumber } from '../../../src/words/numbers.ts';
import { speak } from '../../../src/words/say.ts';

afterEach(() => speak('en', new Map()));

const say = (language: Language, texts: Readonly<Record<string, string>> = {}) =>
  speak(language, new Map(Object.entries(texts)));

test('numbers have the marks of the language, and sizes the same units everywhere', () => {
  say('de');
  expect([formatBytes(4_130_000), formatBytes(999), formatNumber(1_234_567)]).toEqual(['4,1 MB', '999 B', '1.234.567']);
  expect(formatSpeed(4_130_000)).toBe('4,1 MB/s');
});

test('what goes into files is the same in every language', () => {
  say('de');
  expect(formatBytesPlainly(4_130_000)).toBe('4.1 MB');
});

test('in Arabic digits are those of the units beside them, and both stay in their order', () => {
  say('ar');
  expect(formatBytes(4_130_000)).toBe('\u20664.1 MB\u2069');
  expect(formatNumber(1_234)).toBe('1,234');
});

test('what is counted has the plural forms of the language', () => {
  say('ar', { formats_peer_two: 'نظيران', formats_peer_few: '{count} نظراء', formats_days_two: 'يومان' });
  expect([formatCount(2, 'peer'), formatCount(5, 'peer'), formatDuration(86_401)]).toEqual([
    'نظيران',
    '5 نظراء',
    'يومان',
  ]);
});

test('lists end as sentences of the language do', () => {
  say('de', { formats_more_other: '{count} weitere' });
  expect([formatList(['a', 'b']), formatList(['a', 'b', 'c', 'd'])]).toEqual(['a und b', 'a, b und 2 weitere']);
  expect(formatListAndMore(['a', 'b', 'c'], 3)).toBe('a, b und c');
  say('ja', { formats_comma: '、' });
  expect([formatList(['a', 'b']), joinParts(['a', 'b'])]).toEqual(['a、b', 'a、b']);
});

test('English lists have no comma before "and"', () => {
  expect([formatListAndMore(['a', 'b', 'c'], 8), joinParts(['a', 'b'])]).toEqual(['a, b, c and 5 more', 'a, b']);
});
