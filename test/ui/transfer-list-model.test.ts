import { effect } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import type { ScreenEvent } from '../../src/model/screen-events.ts';
import { DEFAULT_SETTINGS } from '../../src/model/settings.ts';
import type { TransferView } from '../../src/model/transfer-view.ts';
import { TransferListModel } from '../../src/ui/transfer-list-model.ts';
import { SAMPLE_FACTS } from '../support/gallery/sample-facts.ts';
import { sampleView } from '../support/gallery/sample-view.ts';

const [newest, middle, oldest] = [
  sampleView(0, { name: 'newest' }),
  sampleView(1, { name: 'middle' }),
  sampleView(2, { name: 'oldest' }),
];
const settings = DEFAULT_SETTINGS;
const snapshot = (...transfers: TransferView[]): ScreenEvent => ({
  type: 'snapshot',
  transfers,
  settings,
  engine: SAMPLE_FACTS,
});
const first = (...transfers: TransferView[]): ScreenEvent => ({
  type: 'first',
  transfers,
  settings,
  engine: SAMPLE_FACTS,
});
const changed = (...transfers: TransferView[]): ScreenEvent => ({ type: 'changed', transfers, removed: [] });
const removed = (...views: TransferView[]): ScreenEvent => ({
  type: 'changed',
  transfers: [],
  removed: views.map((view) => view.id),
});
const namesOf = (list: TransferListModel) => list.rows.value.map((row) => row.view.value.name).join(' ');

test.each<[string, ScreenEvent[], string]>([
  ['nothing before it is told anything', [], ''],
  ['a snapshot, newest first', [snapshot(oldest, newest, middle)], 'newest middle oldest'],
  ['what is new in its place', [snapshot(oldest, newest), changed(middle)], 'newest middle oldest'],
  ['what stays after a removal', [snapshot(oldest, newest, middle), removed(middle)], 'newest oldest'],
  ['no surprise at a removal of what is not there', [snapshot(newest), removed(oldest)], 'newest'],
  ['what changed', [snapshot(newest), changed({ ...newest, name: 'renamed' })], 'renamed'],
  ['of a long list what comes first, while there is nothing', [first(newest, middle)], 'newest middle'],
  ['all of a long list in the end', [first(newest), snapshot(oldest, newest, middle)], 'newest middle oldest'],
  ['the last snapshot alone', [snapshot(oldest, newest), snapshot(middle)], 'middle'],
  [
    'one entry for a .torrent whose id changes when it is read',
    [
      snapshot(oldest, newest),
      { type: 'changed', transfers: [{ ...middle, addedAtMs: oldest.addedAtMs }], removed: [oldest.id] },
    ],
    'newest middle',
  ],
])('shows %s', (_name, events, expected) => {
  const list = new TransferListModel();
  for (const event of events) list.apply(event);
  expect(namesOf(list)).toBe(expected);
});

describe('what is recorded', () => {
  test('is brought up to date by the first part of a long list, and stays until all of it is here', () => {
    const list = new TransferListModel();
    list.showCold({ transfers: [oldest, newest], settings });
    list.apply(first({ ...newest, name: 'renamed' }, middle));
    expect([namesOf(list), list.isWhole.value]).toEqual(['renamed oldest', false]);
    list.apply(snapshot({ ...newest, name: 'renamed' }, middle));
    expect([namesOf(list), list.isWhole.value]).toEqual(['renamed middle', true]);
  });

  test('is shown first', () => {
    const list = new TransferListModel();
    expect(list.isKnown.value).toBe(false);
    list.showCold({
      transfers: [oldest, newest],
      settings: { ...DEFAULT_SETTINGS, sharing: 'share', notifyWhenDone: false, sendReports: true },
    });
    expect([list.isKnown.value, namesOf(list), list.settings.value.sharing]).toEqual([true, 'newest oldest', 'share']);
  });
  test('gives way to the engine', () => {
    const list = new TransferListModel();
    list.showCold({ transfers: [oldest, newest], settings });
    list.apply(snapshot(middle));
    expect(namesOf(list)).toBe('middle');
  });
  test('is left alone when the engine was faster', () => {
    const list = new TransferListModel();
    list.apply(snapshot(middle));
    list.showCold({ transfers: [oldest, newest], settings });
    expect(namesOf(list)).toBe('middle');
  });
});

test('a change of one transfer draws that row alone, and not the list', () => {
  const list = new TransferListModel();
  list.apply(snapshot(newest, oldest));
  const drawn: string[] = [];
  effect(() => {
    drawn.push(`list of ${list.rows.value.length}`);
  });
  for (const row of list.rows.value) effect(() => void drawn.push(row.view.value.name));
  drawn.length = 0;
  list.apply(changed({ ...oldest, name: 'oldest again' }));
  expect(drawn).toEqual(['oldest again']);
});

test('a row keeps its signal through a new snapshot', () => {
  const list = new TransferListModel();
  list.apply(snapshot(newest, oldest));
  const before = list.rows.value;
  list.apply(snapshot({ ...newest, name: 'renamed' }, oldest));
  expect(list.rows.value).toBe(before);
});

test('sums what goes out', () => {
  const list = new TransferListModel();
  list.apply(
    snapshot({ ...newest, uploadedBytes: 5, uploadBytesPerS: 2 }, { ...oldest, uploadedBytes: 7, uploadBytesPerS: 1 }),
  );
  expect([list.uploadedBytes.value, list.uploadBytesPerS.value]).toEqual([12, 3]);
});

test('takes over settings at any time', () => {
  const list = new TransferListModel();
  list.apply({
    type: 'settings',
    settings: { ...DEFAULT_SETTINGS, sharing: 'download-only', notifyWhenDone: false, sendReports: true },
  });
  expect(list.settings.value).toEqual({
    ...DEFAULT_SETTINGS,
    sharing: 'download-only',
    notifyWhenDone: false,
    sendReports: true,
  });
});
