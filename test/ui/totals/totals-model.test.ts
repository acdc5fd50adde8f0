import { describe, expect, test } from 'vitest';
import type { LedgerTotals, StateRead } from '../../../src/model/data-views.ts';
import type { TransferId } from '../../../src/model/ids.ts';
import type { TotalsActions } from '../../../src/ui/totals/totals-actions.ts';
import { hostsCsv, offloadOf, totalsCsv, totalsJson } from '../../../src/ui/totals/totals-export.ts';
import { TotalsModel } from '../../../src/ui/totals/totals-model.ts';
import { newsWords, wastedWords } from '../../../src/ui/words/totals-words.ts';

const sums = {
  peerBytes: 3,
  originBytes: 1,
  uploadedBytes: 2,
  wastedBytes: { duplicate: 0, 'failed-hash': 0, 'thrown-away': 0, unwanted: 0 },
};
const TOTALS: LedgerTotals = {
  all: sums,
  days: [{ ...sums, day: '2026-11-22' }],
  hosts: [{ host: 'a.example', bytes: 1 }],
  otherHostsBytes: 5,
};
const ID = '1'.repeat(40) as TransferId;

/** An engine that notes what it was asked, and a page that is looked at. */
function world(change: Partial<TotalsActions> = {}) {
  const asked: string[] = [];
  const saved: string[] = [];
  const note = async <T>(what: string, output: T) => {
    asked.push(what);
    return { ok: true, output } as const;
  };
  const actions: TotalsActions = {
    totals: () => note('totals', TOTALS),
    use: () => note('use', { usedBytes: 1, freeBytes: 2, transfers: [], strays: { count: 0, bytes: 0 } }),
    clean: () => note('clean', { freedBytes: 7 }),
    dropCopy: (id) => note(`drop ${id}`, { dropped: true }),
    removeWithData: (id) => note(`remove ${id}`, null),
    exportState: (withSecrets) =>
      note(`export ${withSecrets ? 'all' : 'without secrets'}`, {
        text: '{"a":1}',
        withoutInfo: 0,
        leftOut: withSecrets ? 0 : 3,
      }),
    importState: (text) => note(`import ${text}`, { ok: false, reason: 'no-state' } as const),
    saveText: (text, fileName) => saved.push(`${fileName} ${text}`),
    ...change,
  };
  const watch = {
    every: () => () => undefined,
    nowMs: () => 0,
    isVisible: () => true,
    onVisibility: () => () => undefined,
  };
  const model = new TotalsModel(actions, watch);
  return { model, asked, saved };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the totals', () => {
  test('are asked for while they are shown, and not any more when they are closed', async () => {
    const { model, asked } = world();
    const close = model.open();
    await settled();
    expect(model.totals.value).toEqual(TOTALS);
    close();
    await model.ask();
    expect(asked).toEqual(['totals', 'use']);
  });

  test('say why there is no answer, and keep what they know', async () => {
    const { model } = world({ use: async () => ({ ok: false, failure: { code: 'no-answer' } }) });
    model.open();
    await settled();
    expect(model.failure.value).toEqual({ code: 'no-answer' });
    expect(model.totals.value).toEqual(TOTALS);
  });
});

describe('making room', () => {
  test('deletes only the copy of what is saved, and all of what is not', async () => {
    const { model, asked } = world();
    await model.delete({ id: ID, isSaved: true });
    await model.delete({ id: ID, isSaved: false });
    expect(asked).toEqual([`drop ${ID}`, `remove ${ID}`]);
    expect(model.news.value).toEqual({ what: 'deleted' });
  });

  test('says how much leftovers took, and asks anew for what is stored', async () => {
    const { model, asked } = world();
    model.open();
    await settled();
    await model.clean();
    expect(model.news.value).toEqual({ what: 'freed', bytes: 7 });
    expect(asked.filter((what) => what === 'use')).toHaveLength(2);
  });

  test('says when it did not work', async () => {
    const { model } = world({ clean: async () => ({ ok: false, failure: { code: 'no-answer' } }) });
    await model.clean();
    expect(model.news.value).toBe(null);
    expect(model.failure.value).toEqual({ code: 'no-answer' });
  });
});

describe('everything as a file', () => {
  test('is saved under the name that was asked for', async () => {
    const { model, saved } = world();
    await model.exportState('mine.json', true);
    expect(saved).toEqual(['mine.json {"a":1}']);
    expect(model.news.value).toEqual({ what: 'exported' });
  });

  test('is without what may be secret if that is wished, and it is said how much is not there', async () => {
    const { model, asked } = world();
    await model.exportState('mine.json', false);
    expect(asked.at(-1)).toBe('export without secrets');
    expect(newsWords(model.news.value ?? { what: 'exported' })).toBe(
      'Exported. 3 addresses that may be secret are left out.',
    );
  });

  test.each<[StateRead, string]>([
    [{ ok: false, reason: 'no-state' }, 'This file is no export of Rivulet.'],
    [{ ok: true, added: 1, wereThere: 0, unreadable: 0 }, 'One transfer was added.'],
    [
      { ok: true, added: 2, wereThere: 3, unreadable: 1 },
      '2 transfers were added. 3 were in the list already. One could not be read.',
    ],
  ])('%j is told in words', (read, words) => {
    expect(newsWords({ what: 'read', read })).toBe(words);
  });
});

test('days and hosts are tables for spreadsheets, all of it is JSON', () => {
  expect(totalsCsv(TOTALS).split('\r\n')).toEqual([
    'day,from_peers,from_origins,uploaded,came_twice,came_damaged,thrown_away,unwanted',
    '2026-11-22,3,1,2,0,0,0,0',
    'all,3,1,2,0,0,0,0',
    '',
  ]);
  expect(hostsCsv(TOTALS)).toBe('host,bytes\r\na.example,1\r\n(others),5\r\n');
  expect(JSON.parse(totalsJson(TOTALS))).toEqual(TOTALS);
});

test('offload is unknown before anything came', () => {
  expect(offloadOf({ peerBytes: 3, originBytes: 1 })).toBe(0.75);
  expect(offloadOf({ peerBytes: 0, originBytes: 0 })).toBe(null);
});

test('little waste is not worth a word', () => {
  expect(wastedWords({ duplicate: 9_999, 'failed-hash': 0, 'thrown-away': 0, unwanted: 0 })).toBe('');
  expect(wastedWords({ duplicate: 2_000_000, 'failed-hash': 30_000, 'thrown-away': 0, unwanted: 0 })).toBe(
    'Of no use: 2.0 MB came twice, 30 kB came damaged.',
  );
});
