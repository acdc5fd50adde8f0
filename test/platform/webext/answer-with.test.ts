import { expect, test } from 'vitest';
import { answerWith } from '../../../src/platform/webext/answer-with.ts';
import { LinkError } from '../../../src/platform/webext/link-error.ts';

const handlers = {
  double: async (input: number) => input * 2,
  refuse: () => Promise.reject(new LinkError({ code: 'save-cancelled' })),
  break: () => {
    throw new RangeError('broken');
  },
  throwText: () => Promise.reject('broken'),
  throwNull: () => Promise.reject(null),
  throwOddFailure: () => Promise.reject(Object.assign(new Error('odd'), { failure: null })),
};

test.each<[string, unknown]>([
  ['double', { ok: true, output: 14 }],
  ['refuse', { ok: false, failure: { code: 'save-cancelled' } }],
  ['break', { ok: false, failure: { code: 'rejected', reason: 'RangeError: broken' } }],
  ['throwText', { ok: false, failure: { code: 'rejected', reason: 'broken' } }],
  ['throwNull', { ok: false, failure: { code: 'rejected', reason: 'null' } }],
  ['throwOddFailure', { ok: false, failure: { code: 'rejected', reason: 'Error: odd' } }],
  ['halve', { ok: false, failure: { code: 'rejected', reason: 'unknown: halve' } }],
  ['toString', { ok: false, failure: { code: 'rejected', reason: 'unknown: toString' } }],
  ['__proto__', { ok: false, failure: { code: 'rejected', reason: 'unknown: __proto__' } }],
])('%s', async (name, expected) => {
  expect(await answerWith(handlers, name, 7)).toEqual(expected);
});
