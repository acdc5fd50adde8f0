import { describe, expect, test } from 'vitest';
import type { Memory } from '../../../src/ui/manager/memory.ts';
import { PaneLayout } from '../../../src/ui/manager/pane-layout.ts';

function open(remembered: unknown = null) {
  const kept = { value: remembered };
  const memory: Memory = {
    read: () => kept.value,
    write: (_name, value) => {
      kept.value = JSON.parse(JSON.stringify(value));
    },
  };
  return { pane: new PaneLayout(memory), again: () => new PaneLayout(memory) };
}

describe('the pane of details', () => {
  test('is open and below at first', () => {
    const { pane } = open();
    expect([pane.isOpen.value, pane.place.value, pane.sizePx]).toEqual([true, 'below', 320]);
  });

  test('is the next time as it was left, with a size for each place', () => {
    const { pane, again } = open();
    pane.resize(400, 900);
    pane.setPlace('right');
    pane.resize(500, 1_400);
    pane.setOpen(false);
    const next = again();
    expect([next.isOpen.value, next.place.value, next.sizePx]).toEqual([false, 'right', 500]);
    next.setPlace('below');
    expect(next.sizePx).toBe(400);
  });

  test.each([
    ['keeps a least size', 10, 900, 160],
    ['leaves room for the list', 9_999, 900, 720],
    ['keeps its least size where there is room for neither', 9_999, 200, 160],
    ['is whole pixels', 300.6, 900, 301],
  ])('%s', (_name, size, room, expected) => {
    const { pane } = open();
    pane.resize(size, room);
    expect(pane.sizePx).toBe(expected);
  });

  test.each([5, 'open', { isOpen: 0, place: 'above', below: 'x', right: -1 }, { below: Number.NaN }])(
    'is a whole one when %j was remembered',
    (remembered) => {
      const { pane } = open(remembered);
      expect([pane.isOpen.value, pane.place.value, pane.sizePx]).toEqual([true, 'below', 320]);
    },
  );
});
