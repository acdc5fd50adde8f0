import { expect, test } from 'vitest';
import { chooseRunning, type QueueEntry } from '../../../src/engine/limits/choose-running.ts';
import type { TransferId } from '../../../src/model/ids.ts';

const entry = (id: string, key: number, more: Partial<QueueEntry> = {}): QueueEntry => ({
  id: id as TransferId,
  key,
  isForced: false,
  isStalled: false,
  stalledAtMs: null,
  ...more,
});
const stalled = (atMs: number) => ({ isStalled: true, stalledAtMs: atMs });
const wasStalled = (atMs: number) => ({ stalledAtMs: atMs });

test.each<[string, QueueEntry[], number, string]>([
  ['the first by their keys run', [entry('c', 3), entry('a', 1), entry('b', 2)], 2, 'a b'],
  ['among equal keys the list decides', [entry('b', 1), entry('a', 1)], 1, 'b'],
  ['fewer than may run all run', [entry('a', 1)], 8, 'a'],
  ['nothing is nothing', [], 8, ''],
  ['one that is forced runs besides', [entry('a', 1), entry('b', 2), entry('c', 3, { isForced: true })], 1, 'a c'],
  ['one that moves nothing does not count', [entry('a', 1, stalled(5)), entry('b', 2)], 1, 'a b'],
  [
    'many that move nothing: the longest stalled give way',
    [entry('a', 1, stalled(5)), entry('b', 2, stalled(6)), entry('c', 3)],
    1,
    'b c',
  ],
  ['they stay while nobody else wants their place', [entry('a', 1, stalled(5)), entry('b', 2, stalled(6))], 1, 'a b'],
  ['who was stalled comes after those not tried', [entry('a', 1, wasStalled(5)), entry('b', 2)], 1, 'b'],
  ['and the longest ago first', [entry('a', 1, wasStalled(9)), entry('b', 2, wasStalled(5))], 1, 'b'],
])('%s', (_name, entries, maxRunning, expected) => {
  expect([...chooseRunning(entries, maxRunning)].sort().join(' ')).toBe(expected);
});

test('a queue of dead magnets is tried in turn, a few at a time', () => {
  const stalledAt = new Map<string, number>();
  const tried = new Set<string>();
  let running = new Set<string>();
  for (let minute = 0; minute < 40; minute++) {
    const entries = Array.from({ length: 20 }, (_, n) => {
      const id = `t${n}`;
      const atMs = stalledAt.get(id) ?? null;
      // Whoever has run for a whole minute is stalled by now.
      return entry(id, n, { isStalled: running.has(id) && atMs !== null, stalledAtMs: atMs });
    });
    running = chooseRunning(entries, 2);
    expect(running.size).toBeLessThanOrEqual(4);
    for (const id of running) {
      tried.add(id);
      stalledAt.set(id, minute);
    }
  }
  expect(tried.size).toBe(20);
});
