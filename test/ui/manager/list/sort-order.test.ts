import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TransferId } from '../../../../src/model/ids.ts';
import { COLUMN_IDS, COLUMNS, type ColumnId } from '../../../../src/ui/manager/list/columns.ts';
import {
  compareIn,
  DEFAULT_SORT,
  type Direction,
  orderHolding,
  readSort,
  sortAfterClick,
} from '../../../../src/ui/manager/list/sort-order.ts';
import { manyViews } from '../../../support/gallery/many-views.ts';
import { doneView, failedView, metadataView, pausedView, sampleView } from '../../../support/gallery/sample-view.ts';

const sorted = (column: ColumnId, direction: Direction, views = manyViews(200)) =>
  views
    .map((view) => ({ id: view.id, key: COLUMNS[column].keyOf(view), addedAtMs: view.addedAtMs, view }))
    .sort(compareIn(direction));
const order = (names: string) => [...names].map((id) => ({ id: id as TransferId }));
const told = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).join('');

describe('sorting', () => {
  test.each(COLUMN_IDS)('by %s is the same backwards, save that what has no value stays last', (column) => {
    const up = sorted(column, 'ascending').map(({ key }) => key);
    const down = sorted(column, 'descending').map(({ key }) => key);
    const values = up.filter((key) => key !== null);
    expect(up.slice(values.length).every((key) => key === null)).toBe(true);
    expect(down.slice(values.length).every((key) => key === null)).toBe(true);
    const compare = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' }).compare;
    const ranks = (keys: typeof up) => keys.slice(0, values.length).map((key) => (typeof key === 'number' ? key : key));
    for (const [at, key] of ranks(up).entries()) {
      const mirrored = ranks(down)[values.length - 1 - at];
      if (typeof key === 'number') expect(mirrored).toBe(key);
      else expect(compare(String(key), String(mirrored))).toBe(0);
    }
  });

  test('by name takes numbers in names by their value, and small letters for large ones', () => {
    const names = ['Part 10', 'part 2', 'Part 1', 'apart'];
    const views = names.map((name, nth) => sampleView(nth, { name }));
    expect(sorted('name', 'ascending', views).map(({ view }) => view.name)).toEqual([
      'apart',
      'Part 1',
      'part 2',
      'Part 10',
    ]);
  });

  test('by state begins with what needs the user', () => {
    const views = [doneView(0), pausedView(1), sampleView(2), failedView(3), metadataView(4, { isWaiting: true })];
    expect(sorted('state', 'ascending', views).map(({ view }) => view.state.phase)).toEqual([
      'failed',
      'downloading',
      'fetching-metadata',
      'paused',
      'done',
    ]);
  });

  test('leaves what is equal as it was added, newest first, in both directions', () => {
    const views = [2, 0, 1].map((nth) => sampleView(nth, { label: 'same' }));
    for (const direction of ['ascending', 'descending'] as const) {
      expect(sorted('label', direction, views).map(({ view }) => view.addedAtMs)).toEqual(
        views.map(({ addedAtMs }) => addedAtMs).sort((a, b) => b - a),
      );
    }
  });
});

describe('a click on a head', () => {
  test.each([
    ['of another column begins with its first direction', DEFAULT_SORT, 'size', 'descending size'],
    ['of another column of words begins with A', DEFAULT_SORT, 'name', 'ascending name'],
    ['of the same column turns it around', DEFAULT_SORT, 'added', 'ascending added'],
  ] as const)('%s', (_name, sort, column, expected) => {
    const next = sortAfterClick(sort, column, COLUMNS[column].first);
    expect(`${next.direction} ${next.column}`).toBe(expected);
  });

  test.each([null, 5, 'added', {}, { column: 'colour', direction: 'ascending' }, { column: 'size', direction: 'up' }])(
    'is forgotten when %j was remembered',
    (remembered) => expect(readSort(remembered)).toEqual(DEFAULT_SORT),
  );

  test('is remembered', () => {
    const sort = { column: 'ratio', direction: 'ascending' } as const;
    expect(readSort(JSON.parse(JSON.stringify(sort)))).toEqual(sort);
  });
});

describe('rows that are held', () => {
  test.each([
    ['nothing is held', 'edcba', '', 'edcba'],
    ['one stays where it was', 'edcba', 'b', 'ebdca'],
    ['two stay where they were', 'edcba', 'ab', 'abedc'],
    ['one that has gone is not brought back', 'edca', 'b', 'edca'],
    ['one that is new has no place to stay at', 'fedcba', 'f', 'fedcba'],
    ['one stays last when the list became shorter', 'ed', 'e', 'de'],
  ])('%s', (_name, next, held, expected) => {
    expect(told(orderHolding(order(next), order('abcde'), [...held] as TransferId[]))).toBe(expected);
  });

  test('keep their place, and the others their new order, whatever the orders', () => {
    const letters = [...'abcdefghij'];
    const orders = fc.shuffledSubarray(letters, { minLength: letters.length });
    fc.assert(
      fc.property(orders, orders, fc.subarray(letters), (before, next, held) => {
        const rows = told(orderHolding(order(next.join('')), order(before.join('')), held as TransferId[]));
        for (const id of held) expect(rows.indexOf(id)).toBe(before.indexOf(id));
        const isFree = (id: string) => !held.includes(id);
        expect([...rows].filter(isFree)).toEqual(next.filter(isFree));
      }),
    );
  });
});
