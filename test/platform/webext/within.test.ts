import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { within } from '../../../src/platform/webext/within.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('gives what the work gives, and leaves no timer behind', async () => {
  expect(await within(1_000, Promise.resolve('done'), 'late')).toBe('done');
  expect(vi.getTimerCount()).toBe(0);
});

test('rejects as the work does, and leaves no timer behind', async () => {
  await expect(within(1_000, Promise.reject(new Error('broken')), 'late')).rejects.toThrow('broken');
  expect(vi.getTimerCount()).toBe(0);
});

test('stops waiting at the limit', async () => {
  const answer = within(1_000, new Promise<string>(() => undefined), 'late');
  await vi.advanceTimersByTimeAsync(999);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await answer).toBe('late');
});
