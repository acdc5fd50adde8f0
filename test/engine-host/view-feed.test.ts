import { expect, test, vi } from 'vitest';
import { ViewFeed } from '../../src/engine-host/view-feed.ts';
import type { EngineFacts } from '../../src/model/engine-facts.ts';
import type { ScreenEvent } from '../../src/model/screen-events.ts';
import type { TransferView } from '../../src/model/transfer-view.ts';
import { SAMPLE_FACTS } from '../support/gallery/sample-facts.ts';
import { sampleView } from '../support/gallery/sample-view.ts';

/** A feed of what `shown` has, for screens that are open. */
function newFeed() {
  const told: ScreenEvent[] = [];
  const shown: { views: TransferView[]; facts: EngineFacts } = { views: [], facts: SAMPLE_FACTS };
  const feed = new ViewFeed({
    views: () => shown.views,
    facts: () => shown.facts,
    hasScreens: () => true,
    isBusy: () => true,
    broadcast: (event) => told.push(event),
    write: () => {},
    reportActivity: () => {},
  });
  feed.all(); // the facts of the engine are no news to whoever was there
  told.length = 0;
  return { feed, told, shown };
}

test('a screen that opens takes no news from one that is open', () => {
  const { feed, told, shown } = newFeed();
  expect(feed.all()).toEqual([]);
  shown.views = [sampleView(1)];
  feed.changed('figures');
  expect(feed.all()).toEqual(shown.views);
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
  const { feed, told, shown } = newFeed();
  shown.facts = { ...SAMPLE_FACTS, uploadedTodayBytes: 5 };
  feed.all();
  feed.all();
  expect(told).toEqual([{ type: 'engine', engine: shown.facts }]);
});
