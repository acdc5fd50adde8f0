import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createChallenges } from '../../../src/edge/stats/challenges.ts';

/** Bytes that are the same in each run, and never repeat. */
function chance() {
  let times = 0;
  return (count: number): Uint8Array => {
    times += 1;
    return createHash('sha256').update(String(times)).digest().subarray(0, count);
  };
}
const MINUTE_MS = 60_000;

describe('a challenge', () => {
  test('names up to three different pieces of the file', () => {
    const challenges = createChallenges(() => 0, chance());
    for (const pieceCount of [1, 2, 3, 4, 1000]) {
      const { nonce, pieces } = challenges.ask('a', pieceCount);
      expect(nonce).toMatch(/^[0-9a-f]{32}$/);
      expect(new Set(pieces).size).toBe(Math.min(3, pieceCount));
      expect(pieces.every((piece) => Number.isInteger(piece) && piece >= 0 && piece < pieceCount)).toBe(true);
    }
  });

  test('asks for every piece of a file sooner or later', () => {
    const challenges = createChallenges(() => 0, chance());
    const asked = new Set(Array.from({ length: 200 }, () => challenges.ask('a', 50).pieces).flat());
    expect(asked.size).toBe(50);
  });

  test('is good once', () => {
    const challenges = createChallenges(() => 0, chance());
    const { nonce } = challenges.ask('a', 9);
    expect(challenges.take(nonce)).toMatchObject({ infoHash: 'a' });
    expect(challenges.take(nonce)).toBeNull();
    expect(challenges.take('ab'.repeat(16))).toBeNull();
  });

  test('is good for ten minutes', () => {
    let now = 0;
    const challenges = createChallenges(() => now, chance());
    const [first, second] = [challenges.ask('a', 9), challenges.ask('a', 9)];
    now = 10 * MINUTE_MS - 1;
    expect(challenges.take(first.nonce)).not.toBeNull();
    now += 1;
    expect(challenges.take(second.nonce)).toBeNull();
  });

  test('gives way to newer ones when very many are open', () => {
    const challenges = createChallenges(() => 0, chance());
    const first = challenges.ask('a', 9);
    let last = first;
    for (let count = 0; count < 20_000; count += 1) last = challenges.ask('a', 9);
    expect(challenges.take(first.nonce)).toBeNull();
    expect(challenges.take(last.nonce)).not.toBeNull();
  });
});
