import { expect, test } from 'vitest';
import { EventLog } from '../../../src/engine/details/event-log.ts';
import type { TransferId } from '../../../src/model/ids.ts';

const id = (index: number) => `t${index}` as TransferId;

test('the newest 500 entries of a transfer are kept', () => {
  const log = new EventLog();
  for (let i = 0; i < 700; i++) log.add(id(1), i, { what: 'piece-failed', piece: i as never });
  const entries = log.of(id(1));
  expect(entries).toHaveLength(500);
  expect([entries[0]?.atMs, entries.at(-1)?.atMs]).toEqual([200, 699]);
});

test('what is heard late is put in its place', () => {
  const log = new EventLog();
  log.add(id(1), 20, { what: 'paused' });
  log.add(id(1), 10, { what: 'peer-joined', peer: 'ann-1', name: 'ann' });
  expect(log.of(id(1)).map(({ what }) => what)).toEqual(['peer-joined', 'paused']);
});

test('of 200 transfers at most: the one to which nothing happened for longest goes', () => {
  const log = new EventLog();
  for (let i = 0; i < 200; i++) log.add(id(i), i, { what: 'started' });
  log.add(id(0), 300, { what: 'paused' });
  log.add(id(200), 301, { what: 'started' });
  expect(log.of(id(0))).toHaveLength(2);
  expect(log.of(id(1))).toEqual([]);
  expect(log.of(id(2))).toHaveLength(1);
});
