import { effect } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import type { TransferId } from '../../../../src/model/ids.ts';
import type { ScreenEvent } from '../../../../src/model/screen-events.ts';
import { DEFAULT_SETTINGS } from '../../../../src/model/settings.ts';
import type { TransferView } from '../../../../src/model/transfer-view.ts';
import { ManagerList } from '../../../../src/ui/manager/list/manager-list.ts';
import { chooseOnly } from '../../../../src/ui/manager/list/selection.ts';
import { STATE_GROUPS, type StateGroup } from '../../../../src/ui/manager/list/state-groups.ts';
import type { Memory } from '../../../../src/ui/manager/memory.ts';
import { TransferListModel } from '../../../../src/ui/transfer-list-model.ts';
import { EVERY_PROBLEM } from '../../../support/gallery/every-trouble.ts';
import { manyViews } from '../../../support/gallery/many-views.ts';
import { SAMPLE_FACTS } from '../../../support/gallery/sample-facts.ts';
import { doneView, failedView, metadataView, pausedView, sampleView } from '../../../support/gallery/sample-view.ts';

const changed = (...transfers: TransferView[]): ScreenEvent => ({ type: 'changed', transfers, removed: [] });
const removed = (...ids: TransferId[]): ScreenEvent => ({ type: 'changed', transfers: [], removed: ids });
const snapshot = (transfers: readonly TransferView[]): ScreenEvent => ({
  type: 'snapshot',
  transfers,
  settings: DEFAULT_SETTINGS,
  engine: SAMPLE_FACTS,
});

/** A list with a clock that stands, and a memory of its own. */
function open(views: readonly TransferView[], remembered: Record<string, unknown> = {}) {
  const kept = new Map(Object.entries(remembered));
  const memory: Memory = { read: (name) => kept.get(name) ?? null, write: (name, value) => void kept.set(name, value) };
  const world = { nowMs: 10_000, later: [] as { act: () => void; afterMs: number }[] };
  const list = new ManagerList(new TransferListModel(), {
    memory,
    now: () => world.nowMs,
    later: (act, afterMs) => void world.later.push({ act, afterMs }),
  });
  list.apply(snapshot(views));
  const pass = (ms: number) => {
    world.nowMs += ms;
    for (const { act } of world.later.splice(0)) act();
  };
  return { list, world, kept, pass, names: () => list.rows.value.map(({ row }) => row.view.value.name).join(' ') };
}
const named = (nth: number, name: string, more: Partial<TransferView> = {}) => sampleView(nth, { name, ...more });
const speed = (view: TransferView, bytesPerS: number): TransferView => ({
  ...view,
  peerBytesPerS: bytesPerS,
  originBytesPerS: 0,
});

describe('filters', () => {
  const views = [
    named(0, 'running', { label: 'Films' }),
    named(1, 'queued', { isWaiting: true, label: 'Linux' }),
    doneView(2, { name: 'finished', label: 'Films' }),
    doneView(3, { name: 'shared', isSeeding: true }),
    pausedView(4, { name: 'halted' }),
    doneView(5, { name: 'halted-sharing', state: { phase: 'paused', resumeTo: { phase: 'done' } } }),
    failedView(6, { name: 'broken' }),
    named(7, 'troubled', { problems: EVERY_PROBLEM['no-peers'].slice(0, 1) }),
  ];

  test.each<[StateGroup, string]>([
    ['all', 'running queued finished shared halted halted-sharing broken troubled'],
    ['downloading', 'running troubled'],
    ['waiting', 'queued'],
    ['seeding', 'shared'],
    ['done', 'finished shared halted-sharing'],
    ['paused', 'halted halted-sharing'],
    ['trouble', 'broken troubled'],
  ])('“%s” shows %s, and its count says so', (group, expected) => {
    const { list, names } = open(views);
    list.showGroup(group);
    expect(names()).toBe(expected);
    expect(list.counts.value[group]).toBe(list.rows.value.length);
  });

  test.each([
    ['a part of a name', 'halt', 'halted halted-sharing'],
    ['large and small letters alike', 'SHAR', 'shared halted-sharing'],
    ['a label', 'films', 'running finished'],
    ['all words, in any order and place', 'films fin', 'finished'],
    ['nothing that fits', 'xyz', ''],
    ['blanks as nothing', '   ', 'running queued finished shared halted halted-sharing broken troubled'],
  ])('searching takes %s', (_name, text, expected) => {
    const { list, names } = open(views);
    list.searchFor(text);
    expect(names()).toBe(expected);
  });

  test('by label are let go by a second click, and with the last transfer that has it', () => {
    const { list, names } = open(views);
    expect(list.labels.value).toEqual([
      ['Films', 2],
      ['Linux', 1],
    ]);
    list.showLabel('Linux');
    expect(names()).toBe('queued');
    list.showLabel('Linux');
    expect(list.rows.value).toHaveLength(views.length);
    list.showLabel('Linux');
    list.apply(changed({ ...(views[1] as TransferView), label: null }));
    expect(list.label.value).toBeNull();
    expect(list.rows.value).toHaveLength(views.length);
  });

  test('hold for what changes: it comes and goes', () => {
    const { list, names } = open(views);
    list.showGroup('paused');
    list.apply(
      changed({ ...(views[0] as TransferView), state: { phase: 'paused', resumeTo: { phase: 'downloading' } } }),
    );
    expect(names()).toBe('running halted halted-sharing');
    list.apply(changed(views[0] as TransferView));
    expect(names()).toBe('halted halted-sharing');
    list.showAll();
    expect(list.rows.value).toHaveLength(views.length);
  });
});

test('counts, labels and speeds that are kept up are those that are reckoned anew', () => {
  const views = manyViews(300);
  const { list } = open(views);
  const after = manyViews(330)
    .slice(40)
    .map((view, at) => (at % 3 === 0 ? pausedView(at + 40, { label: 'Films' }) : view));
  list.apply(removed(...views.slice(0, 40).map(({ id }) => id)));
  for (let at = 0; at < after.length; at += 17) list.apply(changed(...after.slice(at, at + 17)));
  const fresh = open(after).list;
  expect(list.counts.value).toEqual(fresh.counts.value);
  expect(list.labels.value).toEqual(fresh.labels.value);
  expect(list.sums.value.downBytesPerS).toBeCloseTo(fresh.sums.value.downBytesPerS, 3);
  expect(list.rows.value.map(({ id }) => id)).toEqual(fresh.rows.value.map(({ id }) => id));
  expect(STATE_GROUPS.every((group) => list.counts.value[group] >= 0)).toBe(true);
});

describe('the order', () => {
  const views = [named(0, 'a'), named(1, 'b'), named(2, 'c')].map((view, at) => speed(view, 1_000 * (3 - at)));
  const [a, b, c] = views as [TransferView, TransferView, TransferView];
  const byDown = { sort: { column: 'down', direction: 'descending' } };

  test('is the remembered one, and each click is remembered', () => {
    const { list, names, kept } = open([c, a, b], byDown);
    expect(names()).toBe('a b c');
    list.sortBy('down');
    expect(names()).toBe('c b a');
    list.sortBy('name');
    expect(names()).toBe('a b c');
    expect(kept.get('sort')).toEqual({ column: 'name', direction: 'ascending' });
  });

  test('follows figures at most once a second', () => {
    const { list, names, pass, world } = open(views, byDown);
    list.apply(changed(speed(c, 9_000)));
    expect(names()).toBe('a b c');
    list.apply(changed(speed(b, 8_000)));
    expect(world.later).toHaveLength(1);
    pass(1_000);
    expect(names()).toBe('c b a');
    pass(5_000);
    list.apply(changed(speed(a, 99_000)));
    expect(names()).toBe('a c b');
  });

  test('leaves the held row where it is, until it is let go', () => {
    const { list, names, pass } = open(views, byDown);
    list.onHold = () => [a.id];
    list.apply(changed(speed(a, 1), speed(c, 9_000)));
    pass(1_000);
    expect(names()).toBe('a c b');
    list.onHold = () => [];
    list.apply(changed(speed(b, 2)));
    pass(1_000);
    expect(names()).toBe('c b a');
  });

  test('that the user changes by hand is there at once, also for the row that has the focus', () => {
    const queued = [a, b, c].map((view, at) => ({ ...view, queuePlace: at + 1 })) as [
      TransferView,
      TransferView,
      TransferView,
    ];
    const { list, names } = open(queued, { sort: { column: 'queue', direction: 'ascending' } });
    list.onHold = () => [a.id];
    list.apply(changed({ ...queued[0], queuePlace: 2 }, { ...queued[1], queuePlace: 1 }));
    expect(names()).toBe('b a c');
  });

  test('is not touched by figures that it does not go by, nor are rows drawn for them', () => {
    const { list, world } = open(views);
    let drawn = 0;
    effect(() => {
      drawn += list.rows.value.length > 0 ? 1 : 0;
    });
    for (let nth = 1; nth <= 20; nth += 1) list.apply(changed(speed(a, nth), speed(c, nth)));
    expect(drawn).toBe(1);
    expect(world.later).toHaveLength(0);
  });

  test('of the queue holds for the whole list, whatever it shows', () => {
    const { list } = open([
      named(0, 'a', { queuePlace: 3 }),
      named(1, 'b', { queuePlace: 1 }),
      doneView(2),
      named(3, 'c', { queuePlace: 2 }),
    ]);
    list.searchFor('a');
    expect(list.queue().map((id) => Number.parseInt(id, 16))).toEqual([1, 3, 0]);
  });
});

describe('the choice', () => {
  test('loses what leaves the list, and is the row of the details only while it is one', () => {
    const views = [named(0, 'a'), named(1, 'b'), metadataView(2)];
    const { list } = open(views);
    const [first, second] = views.map(({ id }) => id) as [TransferId, TransferId];
    list.selection.value = chooseOnly(first);
    expect(list.chosenRow.value?.id).toBe(first);
    list.apply(removed(first));
    expect(list.chosenRow.value).toBeNull();
    expect(list.selection.value).toMatchObject({ current: second, chosen: new Set() });
  });
});

test('a screen reader hears of ends, also of rows that are not shown', () => {
  const { list } = open([named(0, 'a')]);
  const heard: string[] = [];
  list.onNews = (words) => void heard.push(words);
  list.showGroup('paused');
  list.apply(changed(named(0, 'a', { peersConnected: 9 })));
  list.apply(changed(doneView(0, { name: 'a' })));
  expect(heard).toEqual(['a: Done']);
});
