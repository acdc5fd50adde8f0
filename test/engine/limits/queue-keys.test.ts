import { expect, test } from 'vitest';
import { movedKeys, type QueuePlace } from '../../../src/engine/limits/queue-keys.ts';
import type { TransferId } from '../../../src/model/ids.ts';

const id = (name: string) => name as TransferId;

function moved(keys: Readonly<Record<string, number>>, ids: string, before: string | null): string {
  const queue: QueuePlace[] = Object.entries(keys).map(([name, key]) => ({ id: id(name), key }));
  const changed = new Map(
    movedKeys(queue, [...ids].map(id), before === null ? null : id(before)).map((place) => [place.id, place.key]),
  );
  const after = queue.map(({ id: name, key }) => ({ name, key: changed.get(name) ?? key }));
  return after
    .sort((a, b) => a.key - b.key)
    .map(({ name }) => name)
    .join('');
}

const FOUR = { a: 10, b: 20, c: 30, d: 40 };

test.each<[string, Readonly<Record<string, number>>, string, string | null, string]>([
  ['to the front', FOUR, 'c', 'a', 'cabd'],
  ['to the end', FOUR, 'a', null, 'bcda'],
  ['between two', FOUR, 'd', 'b', 'adbc'],
  ['several keep the order in which they are named', FOUR, 'dc', 'a', 'dcab'],
  ['several to the end', FOUR, 'ab', null, 'cdab'],
  ['before one that moves itself: to the end', FOUR, 'ab', 'b', 'cdab'],
  ['before one that nobody knows: to the end', FOUR, 'a', 'x', 'bcda'],
  ['what is not in the queue is left out', FOUR, 'xd', 'a', 'dabc'],
  ['the same twice is once', FOUR, 'dd', 'a', 'dabc'],
  ['between equal keys', { a: 5, b: 5, c: 5 }, 'c', 'b', 'acb'],
  ['everything', FOUR, 'dcba', null, 'dcba'],
])('%s', (_name, keys, ids, before, expected) => {
  expect(moved(keys, ids, before)).toBe(expected);
});

test('moving between the same two a thousand times never ties', () => {
  let queue: QueuePlace[] = ['a', 'b', 'c', 'd'].map((name, index) => ({ id: id(name), key: index }));
  for (let turn = 0; turn < 1_000; turn++) {
    const last = queue.at(-1)?.id as TransferId;
    const second = queue[1]?.id as TransferId;
    const changed = new Map(movedKeys(queue, [last], second).map((place) => [place.id, place.key]));
    queue = queue.map((place) => ({ ...place, key: changed.get(place.id) ?? place.key })).sort((a, b) => a.key - b.key);
    expect(queue[1]?.id).toBe(last);
    expect(new Set(queue.map(({ key }) => key)).size).toBe(4);
  }
  // What is added later, with a key of its own time, still comes last.
  expect(Math.max(...queue.map(({ key }) => key))).toBeLessThanOrEqual(3);
});
