import { expect, test } from 'vitest';
import { turns } from '../../../src/platform/webext/turns.ts';

test('runs one step after the other, in the order of the calls, also after a failure', async () => {
  const inTurn = turns();
  const log: string[] = [];
  const step = (name: string) => async () => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    if (name === 'open') throw new Error('broken');
    return name;
  };
  const results = await Promise.allSettled([inTurn(step('open')), inTurn(step('close')), inTurn(step('open again'))]);
  expect(log).toEqual([
    'open begins',
    'open ends',
    'close begins',
    'close ends',
    'open again begins',
    'open again ends',
  ]);
  expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
});
