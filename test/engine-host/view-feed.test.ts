import { expect, test, vi } from 'vitest';
import { ViewFeed } from '../../src/engine-host/view-feed.ts';
import type { ScreenEvent } from '../../src/model/screen-events.ts';
import type { TransferView } from '../../src/model/transfer-view.ts';
import { sampleView } from '../support/gallery/sample-view.ts';

/** A feed of what `shown` has, for screens that are open. */
function newFeed() {
  const told: ScreenEvent[] = [];
  const shown: { views: TransferView[] } = { views: [] };
  const feed = new ViewFeed({
    views: () => shown.views,
    hasScreens: () => true,
    isBusy: () => true,
    broadcast: (event) => told.push(event),
    write: () => {},
    reportActivity: () => {},
  });
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
