import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createGroupCommit } from '../../../src/edge/records/group-commit.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A disk that writes when it is told to, and keeps what it was given. */
function slowDisk() {
  const written: number[][] = [];
  const going: { done: () => void; fail: (error: Error) => void }[] = [];
  const write = (items: readonly number[]) =>
    new Promise<void>((done, fail) => {
      written.push([...items]);
      going.push({ done, fail });
    });
  const next = () => going.shift() as { done: () => void; fail: (error: Error) => void };
  return { written, write, next };
}
const OPTIONS = { everyMs: 100, enough: 5, maxWaiting: 12 };

test('what comes within a tenth of a second is written at once, in order', async () => {
  const disk = slowDisk();
  const groups = createGroupCommit(disk.write, OPTIONS);
  const first = groups.add([1]);
  await vi.advanceTimersByTimeAsync(60);
  const second = groups.add([2, 3]);
  await vi.advanceTimersByTimeAsync(39);
  expect(disk.written).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(disk.written).toEqual([[1, 2, 3]]);
  disk.next().done();
  await Promise.all([first, second]);
});

test('nothing is acknowledged before it is written', async () => {
  const disk = slowDisk();
  const groups = createGroupCommit(disk.write, OPTIONS);
  let isDone = false;
  const adding = groups.add([1]).then(() => {
    isDone = true;
  });
  await vi.advanceTimersByTimeAsync(1000);
  expect(isDone).toBe(false);
  disk.next().done();
  await adding;
  expect(isDone).toBe(true);
});

test('a full group does not wait, and one is written after another', async () => {
  const disk = slowDisk();
  const groups = createGroupCommit(disk.write, OPTIONS);
  for (const number of [1, 2, 3, 4, 5, 6, 7]) groups.add([number]);
  expect(disk.written).toEqual([[1, 2, 3, 4, 5]]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(disk.written).toHaveLength(1);
  disk.next().done();
  await vi.advanceTimersByTimeAsync(100);
  expect(disk.written).toEqual([
    [1, 2, 3, 4, 5],
    [6, 7],
  ]);
});

test('a failure is told to those of its group alone', async () => {
  const disk = slowDisk();
  const groups = createGroupCommit(disk.write, OPTIONS);
  const failing = expect(groups.add([1])).rejects.toThrow('disk full');
  await vi.advanceTimersByTimeAsync(100);
  const lucky = groups.add([2]);
  disk.next().fail(new Error('disk full'));
  await failing;
  await vi.advanceTimersByTimeAsync(100);
  disk.next().done();
  await lucky;
});

test('more than memory should hold is refused, and room comes again', async () => {
  const disk = slowDisk();
  const groups = createGroupCommit(disk.write, OPTIONS);
  groups.add([1, 2, 3, 4, 5]);
  groups.add([6, 7, 8, 9, 10, 11, 12]);
  await expect(groups.add([13, 14, 15, 16, 17, 18])).rejects.toThrow('does not keep up');
  disk.next().done();
  await vi.advanceTimersByTimeAsync(100);
  const later = groups.add([13]);
  disk.next().done();
  await vi.advanceTimersByTimeAsync(100);
  disk.next().done();
  await later;
});

test('closing writes what waits and takes nothing more', async () => {
  const disk = slowDisk();
  const groups = createGroupCommit(disk.write, OPTIONS);
  const adding = groups.add([1]);
  const closing = groups.close();
  expect(disk.written).toEqual([[1]]);
  await expect(groups.add([2])).rejects.toThrow('closed');
  disk.next().done();
  await Promise.all([adding, closing]);
});
