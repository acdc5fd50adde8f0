import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ColumnLayout,
  DEFAULT_LAYOUT,
  LEAST_WIDTH_PX,
  MOST_WIDTH_PX,
  moveColumn,
  readLayout,
  resizeColumn,
  showColumn,
  shownColumns,
} from '../../../../src/ui/manager/list/column-layout.ts';
import { COLUMN_IDS } from '../../../../src/ui/manager/list/columns.ts';

const order = (layout: ColumnLayout) => layout.map(({ id }) => id);
const column = (layout: ColumnLayout, id: string) => layout.find((one) => one.id === id);

describe('columns', () => {
  test('are hidden and shown, save the name', () => {
    const without = showColumn(DEFAULT_LAYOUT, 'size', false);
    expect(order(shownColumns(without))).not.toContain('size');
    expect(order(shownColumns(showColumn(without, 'size', true)))).toEqual(order(shownColumns(DEFAULT_LAYOUT)));
    expect(showColumn(DEFAULT_LAYOUT, 'name', false)).toBe(DEFAULT_LAYOUT);
  });

  test.each([
    ['up', 1, ['name', 'size', 'progress', 'state', 'down', 'left', 'up']],
    ['up', -1, ['name', 'size', 'progress', 'state', 'up', 'down', 'left']],
    ['size', -1, ['name', 'size', 'progress', 'state', 'down', 'up', 'left']],
    ['name', 1, ['name', 'size', 'progress', 'state', 'down', 'up', 'left']],
  ] as const)('%s moves by %i, and never before the name', (id, by, expected) => {
    expect(order(moveColumn(DEFAULT_LAYOUT, id, by)).slice(0, 7)).toEqual(expected);
  });

  test('that are last stay last', () => {
    const last = DEFAULT_LAYOUT.at(-1)?.id ?? 'queue';
    expect(moveColumn(DEFAULT_LAYOUT, last, 1)).toBe(DEFAULT_LAYOUT);
  });

  test.each([
    [200.4, 200],
    [3, LEAST_WIDTH_PX],
    [1e9, MOST_WIDTH_PX],
  ])('get a width of %d as %d', (asked, given) => {
    expect(column(resizeColumn(DEFAULT_LAYOUT, 'size', asked), 'size')?.widthPx).toBe(given);
  });
});

describe('what was remembered', () => {
  test('comes back as it was', () => {
    const layout = moveColumn(resizeColumn(showColumn(DEFAULT_LAYOUT, 'label', true), 'size', 99), 'size', 1);
    expect(readLayout(JSON.parse(JSON.stringify(layout)))).toEqual(layout);
  });

  test('gets the columns that it does not know, at the end', () => {
    const layout = readLayout(DEFAULT_LAYOUT.filter(({ id }) => id !== 'size'));
    expect(layout.at(-1)).toEqual(column(DEFAULT_LAYOUT, 'size'));
  });

  test('makes a whole layout, whatever it is', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.array(
        fc.record({
          id: fc.oneof(fc.constantFrom(...COLUMN_IDS), fc.string()),
          widthPx: fc.oneof(fc.double(), fc.string()),
          isShown: fc.oneof(fc.boolean(), fc.integer()),
        }),
      ),
    );
    fc.assert(
      fc.property(anything, (remembered) => {
        const layout = readLayout(remembered);
        expect(order(layout).sort()).toEqual([...COLUMN_IDS].sort());
        expect(layout[0]).toMatchObject({ id: 'name', isShown: true });
        expect(layout.every(({ widthPx }) => widthPx >= LEAST_WIDTH_PX && widthPx <= MOST_WIDTH_PX)).toBe(true);
      }),
    );
  });
});
