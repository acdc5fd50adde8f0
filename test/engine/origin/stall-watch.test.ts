import { afterEach, beforeEach, expect, test } from 'vitest';
import { StallWatch } from '../../../src/engine/origin/stall-watch.ts';
import { giveTimersBack, VirtualClock } from '../../support/simulation/virtual-clock.ts';

let clock: VirtualClock;
beforeEach(() => {
  clock = new VirtualClock();
  clock.takeTimers();
});
afterEach(giveTimersBack);

test('a first byte may take 20 seconds, and no longer', async () => {
  const watch = new StallWatch();
  await clock.pass(19_000);
  expect(watch.signal.aborted).toBe(false);
  await clock.pass(2_000);
  expect(watch.signal.aborted).toBe(true);
});

test('later bytes may be 10 seconds apart, and no longer', async () => {
  const watch = new StallWatch();
  for (let part = 0; part < 20; part++) {
    await clock.pass(8_500);
    watch.feed();
  }
  expect(watch.signal.aborted).toBe(false);
  await clock.pass(11_000);
  expect(watch.signal.aborted).toBe(true);
});

test('a stream that is over is not watched', async () => {
  const watch = new StallWatch();
  watch.end();
  await clock.pass(100_000);
  expect(watch.signal.aborted).toBe(false);
});
