import { expect, test } from 'vitest';
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
    write: () => Promise.resolve(),
    reportActivity: () => {},
  });
  expect(feed.all()).toEqual([]);
  views = [sampleView(1)];
  feed.changed();
  expect(feed.all()).toEqual(views);
  expect(told).toEqual([{ type: 'changed', transfers: views, removed: [] }]);
});
