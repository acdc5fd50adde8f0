import { expect, test } from 'vitest';
import type { Policy } from '../../src/model/policy.ts';
import { FASTEST, type PublisherPatience, readPublisherPolicy } from '../../src/model/publisher-policy.ts';

test.each<[string, Policy, PublisherPatience | null]>([
  ['fastest', 'fastest', null],
  ['balanced', 'balanced', null],
  ['peers-off', 'peers-off', null],
  ['spare-origin', 'spare-origin', null],
  ['spare-origin; within=900', 'spare-origin', { withinS: 900 }],
  ['spare-origin; least=2000000', 'spare-origin', { leastBytesPerS: 2_000_000 }],
  ['  Spare-Origin ;WITHIN = 900 ; ', 'spare-origin', { withinS: 900 }],
  ['spare-origin;within=1', 'spare-origin', { withinS: 1 }],
  ['spare-origin; within=2592000', 'spare-origin', { withinS: 2_592_000 }],
  ['balanced;', 'balanced', null],
])('"%s" is understood', (text, policy, patience) => {
  expect(readPublisherPolicy(text)).toEqual({ policy, patience });
});

test.each([
  '',
  ';',
  'save-cdn',
  'origins-off',
  'toString',
  'spare-origin; within=0',
  'spare-origin; within=2592001',
  'spare-origin; within=-900',
  'spare-origin; within=1e9',
  'spare-origin; within=15 min',
  'spare-origin; within',
  'spare-origin; least=0',
  'spare-origin; least=1000000001',
  'spare-origin; within=900; least=2000000',
  'spare-origin; patience=900',
  'spare-origin, within=900',
  'spare-origin within=900',
  'balanced; within=900',
  'within=900',
  'spare-origin; balanced',
])('"%s" is the fastest: no word of a publisher that is not understood slows anybody', (text) => {
  expect(readPublisherPolicy(text)).toEqual(FASTEST);
});
