import { expect, test } from 'vitest';
import { FRESH_MS, leftLinks } from '../../src/content/left-links.ts';

/** A page whose questions are answered by hand. */
function page() {
  let nowMs = 1_000;
  const answers: ((answer: boolean | null) => void)[] = [];
  const left = leftLinks({
    ask: () => new Promise((resolve) => void answers.push(resolve)),
    nowMs: () => nowMs,
  });
  return {
    ...left,
    pass: (ms: number) => {
      nowMs += ms;
    },
    asked: () => answers.length,
    say: async (answer: boolean | null) => {
      answers.at(-1)?.(answer);
      await Promise.resolve();
    },
  };
}

test('nobody is asked, and links are ours, before the user points at one', () => {
  const { asked, areLeft } = page();
  expect([asked(), areLeft()]).toEqual([0, false]);
});

test.each([
  ['left to the browser', true, true],
  ['ours', false, false],
  ['ours when nobody answers', null, false],
])('links are %s', async (_name, answer, expected) => {
  const { pointed, areLeft, say } = page();
  pointed();
  expect(areLeft()).toBe(false);
  await say(answer);
  expect(areLeft()).toBe(expected);
});

test('the user may point at many links at the price of one question', async () => {
  const { pointed, asked, say, pass } = page();
  for (let nth = 0; nth < 50; nth++) pointed();
  await say(true);
  pass(FRESH_MS - 1);
  pointed();
  expect(asked()).toBe(1);
});

test('an old answer is asked for again, and holds until there is another', async () => {
  const { pointed, asked, say, pass, areLeft } = page();
  pointed();
  await say(true);
  pass(FRESH_MS);
  pointed();
  expect([asked(), areLeft()]).toEqual([2, true]);
  await say(false);
  expect(areLeft()).toBe(false);
});
