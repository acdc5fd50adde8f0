import { expect, test } from 'vitest';
import { ReservedNames } from '../../src/background/reserved-names.ts';

test('remembers a name for a minute', () => {
  const names = new ReservedNames();
  names.reserve('Show', 1_000);
  names.reserve('Film', 40_000);
  expect(names.at(60_999)).toEqual(['Show', 'Film']);
  expect(names.at(61_000)).toEqual(['Film']);
  expect(names.at(100_000)).toEqual([]);
});
