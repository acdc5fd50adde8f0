import { expect, test } from 'vitest';
import { readPolicyText } from '../../src/publishing/policy-text.ts';

test.each([
  ['fastest', 'fastest'],
  ['balanced', 'balanced'],
  ['peers-off', 'peers-off'],
  ['spare-origin', 'spare-origin'],
  [' spare-origin;within=900 ', 'spare-origin; within=900'],
  ['spare-origin ; least=500000', 'spare-origin; least=500000'],
])('%j is written as %j', (given, expected) => {
  expect(readPolicyText(given)).toBe(expected);
});

test.each([
  '',
  'save-cdn',
  'FASTEST',
  'spare-origin; within=0',
  'spare-origin; within=1.5',
  'fastest; within=900',
  'spare-origin; within=9" x="',
])('%j is refused', (given) => {
  expect(() => readPolicyText(given)).toThrow('is not a policy');
});
