import { expect, test } from 'vitest';
import { MAX_SHOWN_FIRST, readScreenHello } from '../../src/model/screen-events.ts';

test.each<[string, unknown, readonly string[]]>([
  ['names what it shows first', { first: ['a', 'b'] }, ['a', 'b']],
  ['names nothing', { first: [] }, []],
  ['is a beat of an older page', 'here', []],
  ['is nothing', null, []],
  ['names something else than ids', { first: ['a', 7, null, { id: 'b' }] }, ['a']],
  ['has no list', { first: 'abc' }, []],
])('a word of a screen that %s', (_, message, first) => {
  expect(readScreenHello(message)).toEqual({ first });
});

test('a screen cannot name more than fits on it', () => {
  const first = Array.from({ length: 5_000 }, (_, nth) => String(nth));
  expect(readScreenHello({ first }).first).toHaveLength(MAX_SHOWN_FIRST);
});
