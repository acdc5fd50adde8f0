import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createChallenges } from '../../../src/edge/stats/challenges.ts';
import { createRateLimit } from '../../../src/edge/stats/rate-limit.ts';

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

describe('the limit of an address', () => {
  const limit = { burst: 3, perHour: 60 };

  test('is a few at once and then one a minute', () => {
    let now = 0;
    const mayAsk = createRateLimit(() => now, chance(), limit);
    expect([1, 2, 3, 4].map(() => mayAsk('192.0.2.1'))).toEqual([true, true, true, false]);
    expect(mayAsk('192.0.2.2')).toBe(true);
    now += MINUTE_MS;
    expect([1, 2].map(() => mayAsk('192.0.2.1'))).toEqual([true, false]);
    now += 60 * MINUTE_MS;
    expect([1, 2, 3, 4].map(() => mayAsk('192.0.2.1'))).toEqual([true, true, true, false]);
  });

  test.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['::ffff:192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['fe80::1', 'fe80:0:0:0:5:6:7:8', true],
  ])('is shared by one line: %s and %s: %s', (one, other, isShared) => {
    const mayAsk = createRateLimit(() => 0, chance(), { burst: 1, perHour: 1 });
    mayAsk(one);
    expect(mayAsk(other)).toBe(!isShared);
  });

  test('does not grow without end', () => {
    const mayAsk = createRateLimit(() => 0, chance(), { burst: 1, perHour: 1 });
    mayAsk('first');
    for (let count = 0; count < 100_000; count += 1) mayAsk(`10.${count}`);
    expect(mayAsk('first')).toBe(true); // all were forgotten together
  });
});
