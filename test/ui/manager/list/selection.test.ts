import { describe, expect, test } from 'vitest';
import type { TransferId } from '../../../../src/model/ids.ts';
import {
  chooseAll,
  chooseNone,
  chooseOnly,
  keepThere,
  moveTo,
  NOTHING_CHOSEN,
  type Selection,
  stretchTo,
  toggle,
} from '../../../../src/ui/manager/list/selection.ts';

const id = (name: string) => name as TransferId;
const order = (names: string) => [...names].map((name) => ({ id: id(name) }));
const ALL = order('abcdef');
const told = ({ chosen, current, anchor }: Selection) =>
  `${[...chosen].sort().join('')} current ${current ?? '-'} anchor ${anchor ?? '-'}`;

describe('a click', () => {
  test.each<[string, Selection, string]>([
    ['chooses one row alone', chooseOnly(id('c')), 'c current c anchor c'],
    ['with Ctrl adds a row', toggle(chooseOnly(id('c')), id('a')), 'ac current a anchor a'],
    ['with Ctrl takes a row out', toggle(toggle(chooseOnly(id('c')), id('a')), id('c')), 'a current c anchor c'],
    ['with Shift chooses all between', stretchTo(chooseOnly(id('c')), ALL, id('e')), 'cde current e anchor c'],
    ['with Shift goes both ways', stretchTo(chooseOnly(id('c')), ALL, id('a')), 'abc current a anchor c'],
    [
      'with Shift again stretches from the same row',
      stretchTo(stretchTo(chooseOnly(id('c')), ALL, id('e')), ALL, id('b')),
      'bc current b anchor c',
    ],
    [
      'with Shift begins anew where nothing was chosen',
      stretchTo(NOTHING_CHOSEN, ALL, id('d')),
      'd current d anchor d',
    ],
    [
      'with Shift begins anew when the first row has gone',
      stretchTo(chooseOnly(id('x')), ALL, id('d')),
      'd current d anchor d',
    ],
    [
      'with Shift on a row that has gone chooses nothing',
      stretchTo(chooseOnly(id('c')), ALL, id('x')),
      ' current - anchor -',
    ],
  ])('%s', (_name, selection, expected) => expect(told(selection)).toBe(expected));
});

describe('keys', () => {
  test.each<[string, Selection, string]>([
    ['choose all, and stay where they are', chooseAll(ALL, chooseOnly(id('d'))), 'abcdef current d anchor d'],
    ['choose all, from the first row', chooseAll(ALL, NOTHING_CHOSEN), 'abcdef current a anchor -'],
    ['choose all of nothing', chooseAll([], NOTHING_CHOSEN), ' current - anchor -'],
    ['choose none, and stay where they are', chooseNone(chooseAll(ALL, chooseOnly(id('d')))), ' current d anchor d'],
    ['go on without choosing', moveTo(chooseOnly(id('c')), id('d')), 'c current d anchor c'],
  ])('%s', (_name, selection, expected) => expect(told(selection)).toBe(expected));
});

describe('rows that go', () => {
  test.each<[string, string, string, string]>([
    ['take their place in the choice with them', 'bd', 'abcef', 'b current e anchor e'],
    ['leave the keyboard at the next one', 'd', 'abcef', ' current e anchor e'],
    ['leave the keyboard at the one before when they were last', 'f', 'abcde', ' current e anchor e'],
    ['leave nothing when all go', 'cd', '', ' current - anchor -'],
  ])('%s', (_name, chosen, now, expected) => {
    const last = id(chosen.at(-1) ?? '');
    const selection: Selection = { chosen: new Set([...chosen].map(id)), current: last, anchor: last };
    expect(told(keepThere(selection, ALL, order(now)))).toBe(expected);
  });

  test('that were not chosen change nothing, not even the object', () => {
    const selection = chooseOnly(id('c'));
    expect(keepThere(selection, ALL, order('cab'))).toBe(selection);
  });
});
