import { expect, test, vi } from 'vitest';
import { ViewFeed } from '../../src/engine-host/view-feed.ts';
import type { EngineFacts } from '../../src/model/engine-facts.ts';
import type { TransferId } from '../../src/model/ids.ts';
import type { ScreenEvent } from '../../src/model/screen-events.ts';
import type { TransferView } from '../../src/model/transfer-view.ts';
import { SAMPLE_FACTS } from '../support/gallery/sample-facts.ts';
import { sampleView } from '../support/gallery/sample-view.ts';

/** A feed of what `shown` has, for screens that are open. */
function newFeed() {
  const told: ScreenEvent[] = [];
  const written: { names: string[]; first: readonly TransferId[] }[] = [];
  const shown: { views: TransferView[]; facts: EngineFacts; screens: number; asked: number } = {
    views: [],
    facts: SAMPLE_FACTS,
    screens: 1,
    asked: 0,
  };
  const feed = new ViewFeed({
    views: () => {
      shown.asked += 1;
      return [...shown.views];
    },
    facts: () => shown.facts,
    hasScreens: () => shown.screens > 0,
    isBusy: () => true,
    broadcast: (event) => told.push(event),
    write: (views, first) => written.push({ names: views.map(({ name }) => name), first }),
    reportActivity: () => {},
  });
  const open = (...first: readonly TransferId[]) => [...feed.parts(first)];
  open(); // the facts of the engine are no news to whoever was there
  told.length = 0;
  return { feed, told, shown, written, open };
}
const idsOf = (views: readonly TransferView[]) => views.map(({ id }) => id);

test('a screen that opens takes no news from one that is open', () => {
  const { feed, told, shown, open } = newFeed();
  expect(open()).toEqual([{ transfers: [], rest: 0 }]);
  shown.views = [sampleView(1)];
  feed.changed('figures');
  expect(open()).toEqual([{ transfers: shown.views, rest: 0 }]);
  expect(told).toEqual([{ type: 'changed', transfers: shown.views, removed: [] }]);
});

test('figures wait their turn, and what a transfer does now does not', () => {
  vi.useFakeTimers();
  try {
    const { feed, told, shown } = newFeed();
    feed.changed('state');
    vi.advanceTimersByTime(20);
    shown.views = [sampleView(1)];
    feed.changed('figures');
    vi.advanceTimersByTime(100);
    expect(told).toEqual([]);
    feed.changed('state');
    vi.advanceTimersByTime(20);
    expect(told).toEqual([{ type: 'changed', transfers: shown.views, removed: [] }]);
  } finally {
    vi.useRealTimers();
  }
});

test('what holds for all is told when it differs, and not again', () => {
  const { told, shown, open } = newFeed();
  shown.facts = { ...SAMPLE_FACTS, uploadedTodayBytes: 5 };
  open();
  open();
  expect(told).toEqual([{ type: 'engine', engine: shown.facts }]);
});

test('a long list comes in parts: what the screen shows first, the newest, and then the others', () => {
  const { shown, open } = newFeed();
  shown.views = Array.from({ length: 1_200 }, (_, nth) => sampleView(nth));
  const asked = idsOf(shown.views.slice(-3).reverse());
  const parts = open(...asked, 'gone' as TransferId);
  expect(parts.map(({ transfers, rest }) => [transfers.length, rest])).toEqual([
    [100, 1_100],
    [500, 600],
    [500, 100],
    [100, 0],
  ]);
  expect(idsOf(parts[0]?.transfers ?? []).slice(0, 5)).toEqual([...asked, ...idsOf(shown.views.slice(0, 2))]);
  expect(idsOf(parts.flatMap(({ transfers }) => transfers)).sort()).toEqual(idsOf(shown.views).sort());
});

test('a part tells what was told last, also of what came, changed and went while the parts before it were sent', () => {
  vi.useFakeTimers();
  try {
    const { feed, told, shown } = newFeed();
    shown.views = Array.from({ length: 300 }, (_, nth) => sampleView(nth));
    const parts = feed.parts([]);
    parts.next();
    told.length = 0;
    const renamed = sampleView(299, { name: 'renamed' });
    const fresh = sampleView(400);
    shown.views = [...shown.views.slice(0, 298), renamed, fresh];
    feed.changed('state');
    vi.advanceTimersByTime(300);
    expect(told).toEqual([{ type: 'changed', transfers: [renamed, fresh], removed: [sampleView(298).id] }]);
    const next = parts.next().value?.transfers ?? [];
    expect(next).toContain(renamed);
    expect(idsOf(next)).not.toContain(sampleView(298).id);
  } finally {
    vi.useRealTimers();
  }
});

test.each<[string, (view: TransferView) => TransferView, number]>([
  ['the same object', (view) => view, 0],
  ['one that says the same', (view) => structuredClone(view), 0],
  [
    'one that says something else deep within',
    (view) => ({ ...view, verified: { ...view.verified, hereBytes: 1 } }),
    1,
  ],
])('of %s nothing is told, unless something is new', (_, next, expected) => {
  vi.useFakeTimers();
  try {
    const { feed, told, shown, open } = newFeed();
    shown.views = [sampleView(1)];
    open();
    told.length = 0;
    shown.views = shown.views.map(next);
    feed.changed('state');
    vi.advanceTimersByTime(300);
    expect(told).toHaveLength(expected);
  } finally {
    vi.useRealTimers();
  }
});

test('while nobody looks nothing is told, and no view is made for it', () => {
  vi.useFakeTimers();
  try {
    const { feed, told, shown } = newFeed();
    shown.screens = 0;
    shown.views = [sampleView(1)];
    shown.asked = 0;
    for (let nth = 0; nth < 10; nth++) {
      feed.changed(nth % 2 === 0 ? 'state' : 'figures');
      vi.advanceTimersByTime(250);
    }
    expect([told, shown.asked]).toEqual([[], 0]);
  } finally {
    vi.useRealTimers();
  }
});

test('what a screen shows first is written down with the newest, and a screen that has no other order keeps it', () => {
  vi.useFakeTimers();
  try {
    const { feed, shown, written } = newFeed();
    shown.views = [sampleView(1)];
    feed.shownFirst([sampleView(7).id]);
    feed.shownFirst([]);
    vi.advanceTimersByTime(3_000);
    expect(written).toEqual([{ names: [sampleView(1).name], first: [sampleView(7).id] }]);
  } finally {
    vi.useRealTimers();
  }
});
