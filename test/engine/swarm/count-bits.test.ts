import { expect, test } from 'vitest';
import { countBits } from '../../../src/engine/swarm/count-bits.ts';

test.each([
  ['no bytes', [], 0],
  ['none set', [0, 0], 0],
  ['all set', [255, 255], 16],
  ['some set', [0b1000_0001, 0b0101_0000], 4],
])('%s', (_name, bytes, count) => {
  expect(countBits(Uint8Array.from(bytes))).toBe(count);
});
