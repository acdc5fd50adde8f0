import { afterEach, expect, test } from 'vitest';
import { readTime, weekFrom, writeTime } from '../../../src/ui/settings/week.ts';
import { dayNames } from '../../../src/ui/words/settings-page-words.ts';
import { speak } from '../../../src/words/say.ts';

afterEach(() => speak('en', new Map()));

test.each([
  [0, '00:00'],
  [9 * 60 + 5, '09:05'],
  [24 * 60 - 1, '23:59'],
])('minute %d of a day is %s', (minute, text) => {
  expect(writeTime(minute)).toBe(text);
  expect(readTime(text)).toBe(minute);
});

test.each([[''], ['9:00'], ['24:00'], ['12:60'], ['noon']])('%j is no time', (text) => {
  expect(readTime(text)).toBeNull();
});

test('a week has seven days, from where the language begins it, by its names', () => {
  expect(
    weekFrom()
      .map((day) => dayNames(day).short)
      .join(' '),
  ).toBe('Sun Mon Tue Wed Thu Fri Sat');
  speak('de', new Map());
  expect(
    weekFrom()
      .map((day) => dayNames(day).short)
      .join(' '),
  ).toBe('Mo Di Mi Do Fr Sa So');
  expect(dayNames(0).long).toBe('Sonntag');
});
