import { expect, test } from 'vitest';
import { AnswerPace } from '../../../src/engine/origin/answer-pace.ts';

const paceOf = (waitMs: number, bytes: number, bodyMs: number, answers = 1): AnswerPace => {
  const pace = new AnswerPace();
  for (let answer = 0; answer < answers; answer++) {
    pace.began(waitMs);
    pace.came(bytes, bodyMs);
  }
  return pace;
};

test('nothing is known before anything came', () => {
  const pace = new AnswerPace();
  expect(pace.coverBytes).toBe(0);
  pace.began(300);
  expect(pace.coverBytes).toBe(0);
});

test.each([
  ['2 s for the answer, 1 MB in a tenth', 2_000, 1_000_000, 100, 40_000_000],
  ['50 ms for the answer, 4 KB at once', 50, 4_096, 0, 409_600],
  ['20 ms for the answer, 600 KB in 3 s', 20, 600_000, 3_000, 8_000],
])('%s: twice what comes in the wait', (_name, waitMs, bytes, bodyMs, coverBytes) => {
  expect(paceOf(waitMs, bytes, bodyMs).coverBytes).toBeCloseTo(coverBytes);
  expect(paceOf(waitMs, bytes, bodyMs, 40).coverBytes).toBeCloseTo(coverBytes);
});

test('a host that has become slower to answer is soon known to be', () => {
  const pace = paceOf(50, 65_536, 10, 50);
  const before = pace.coverBytes;
  for (let answer = 0; answer < 12; answer++) {
    pace.began(1_000);
    pace.came(65_536, 10);
  }
  expect(pace.coverBytes).toBeGreaterThan(before * 10);
});
