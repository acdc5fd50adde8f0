import { expect, test } from 'vitest';
import { makeHashProgress } from '../../src/publish/hash-progress.ts';

function record(columns: number | null) {
  const lines: string[] = [];
  let nowMs = 0;
  const progress = makeHashProgress(
    (text) => lines.push(text),
    columns,
    () => nowMs,
  );
  const wait = (ms: number) => {
    nowMs += ms;
  };
  return { lines, progress, wait };
}

test('a terminal has one line that is written over', () => {
  const { lines, progress, wait } = record(80);
  progress.start(2, 400_000_000);
  wait(500);
  progress.show(100_000_000);
  progress.finished('a.mp4', 300_000_000);
  wait(500);
  progress.show(500_000_000);
  progress.end();
  expect(lines).toEqual([
    `\r\u001b[K${'█'.repeat(6)}${'░'.repeat(18)} 25 %  0 of 2 hashed  200 MB/s`,
    `\r\u001b[K${'█'.repeat(24)} 100 %  1 of 2 hashed  500 MB/s`,
    '\r\u001b[K',
  ]);
});

test('a narrow terminal is not overrun', () => {
  const { lines, progress, wait } = record(20);
  progress.start(1, 100);
  wait(1);
  progress.show(50);
  expect(lines.map((line) => line.slice('\r\u001b[K'.length).length)).toEqual([19]);
});

test('elsewhere each finished file has a line', () => {
  const { lines, progress } = record(null);
  progress.start(2, 400);
  progress.show(100);
  progress.finished('sub/a.mp4', 300);
  progress.end();
  expect(lines).toEqual(['Hashed sub/a.mp4 (300 B), 1 of 2\n']);
});

test('nothing to hash, nothing to show', () => {
  const { lines, progress } = record(80);
  progress.start(0, 0);
  progress.show(0);
  progress.end();
  expect(lines).toEqual([]);
});
