import { expect, test } from 'vitest';
import { SpeedHistory } from '../../../src/engine/details/speed-history.ts';

const START_MS = Date.UTC(2026, 0, 1);

/** A history after so many seconds in which `bytes` came from peers each second, and half of that from origins. */
function after(seconds: number, bytesIn: (second: number) => number) {
  const history = new SpeedHistory(START_MS);
  let total = 0;
  for (let second = 1; second <= seconds; second++) {
    total += bytesIn(second);
    history.sample({ fromPeers: total, fromOrigins: total / 2, uploaded: 0 }, START_MS + second * 1_000);
  }
  return history;
}

test('each second is told as what came in it, oldest first', () => {
  const { recent, day } = after(3, (second) => second * 1_000).detail();
  expect(recent).toEqual({
    untilMs: START_MS + 3_000,
    everyS: 1,
    fromPeers: [1_000, 2_000, 3_000],
    fromOrigins: [500, 1_000, 1_500],
    uploaded: [0, 0, 0],
  });
  expect(day).toMatchObject({ untilMs: START_MS, everyS: 60, fromPeers: [] });
});

test('seconds are kept for ten minutes and minutes for a day', () => {
  const { recent, day } = after(26 * 3_600, (second) => second).detail();
  expect(recent.fromPeers).toHaveLength(600);
  expect(recent.fromPeers.at(-1)).toBe(26 * 3_600);
  expect(day.fromPeers).toHaveLength(1_440);
  expect(day.untilMs).toBe(START_MS + 26 * 3_600_000);
  expect(day.fromPeers.at(-1)).toBeCloseTo(26 * 3_600 - 29.5, -1);
});

test('a clock that was late does not make a peak', () => {
  const history = new SpeedHistory(START_MS);
  history.sample({ fromPeers: 1_000, fromOrigins: 0, uploaded: 0 }, START_MS + 1_000);
  history.sample({ fromPeers: 11_000, fromOrigins: 0, uploaded: 0 }, START_MS + 11_000);
  expect(history.detail().recent.fromPeers).toEqual([1_000, 1_000]);
});

test('a download that begins anew does not go backwards', () => {
  const history = new SpeedHistory(START_MS);
  history.sample({ fromPeers: 5_000, fromOrigins: 0, uploaded: 0 }, START_MS + 1_000);
  history.sample({ fromPeers: 0, fromOrigins: 0, uploaded: 0 }, START_MS + 2_000);
  expect(history.detail().recent.fromPeers).toEqual([5_000, 0]);
});

test.each([
  ['nothing is held of a run that never moved', 3_600, () => 0, false],
  ['something is held of one that moves', 60, () => 1, true],
  ['seconds are let go ten minutes after the last byte, minutes are not', 3_600, (s: number) => (s < 10 ? 1 : 0), true],
  ['all is let go a day after the last byte', 25 * 3_600, (s: number) => (s < 10 ? 1 : 0), false],
])('%s', (_name, seconds, bytesIn, isHeld) => {
  const history = after(seconds, bytesIn);
  expect(history.isHeld).toBe(isHeld);
  expect(history.detail().recent.fromPeers).toHaveLength(Math.min(seconds, 600));
});
