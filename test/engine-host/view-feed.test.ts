import { expect, test, vi } from 'vitest';
import { ViewFeed } from '../../src/engine-host/view-feed.ts';
import type { ScreenEvent } from '../../src/model/screen-events.ts';
import type { TransferView } from '../../src/model/transfer-view.ts';
import { sampleView } from '../support/gallery/sample-view.ts';

test('a screen that opens takes no news from one that is open', () => {
  const told: ScreenEvent[] = [];
  let views: TransferView[] = [];
  const feed = new ViewFeed({
    views: () => views,
    hasScreens: () => true,
    isBusy: () => true,
    broadcast: (event) => told.push(event),
    write: () => {},
    reportActivity: () => {},
  });
  expect(feed.all()).toEqual([]);
  views = [sampleView(1)];
  feed.changed('figures');
  expect(feed.all()).toEqual(views);
  expect(told).toEqual([{ type: 'changed', transfers: views, removed: [] }]);
});

test('figures wait their turn, and what a transfer does now does not', () => {
  vi.useFakeTimers();
  try {
    const told: ScreenEvent[] = [];
    let views: TransferView[] = [];
    const feed = new ViewFeed({
      views: () => views,
      hasScreens: () => true,
      isBusy: () => true,
      broadcast: (event) => told.push(event),
      write: () => {},
      reportActivity: () => {},
    });
    feed.changed('state');
    vi.advanceTimersByTime(20);
    views = [sampleView(1)];
    feed.changed('figures');
    vi.advanceTimersByTime(100);
    expect(told).toEqual([]);
    feed.changed('state');
    vi.advanceTimersByTime(20);
    expect(told).toEqual([{ type: 'changed', transfers: views, removed: [] }]);
  } finally {
    vi.useRealTimers();
  }
});
