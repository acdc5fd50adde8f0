import { expect, test } from 'vitest';
import { limitFacts, limitOfAll } from '../../../src/engine/diagnosis/limit-facts.ts';
import type { TransferRecord } from '../../../src/engine/transfer/transfer-record.ts';
import type { LimitInForce, LimitReason } from '../../../src/model/limit-in-force.ts';
import { NO_LIMITS } from '../../../src/model/transfer-limits.ts';

const inForce = (bytesPerS: number | null, because: LimitReason = 'all-transfers'): LimitInForce => ({
  down: bytesPerS === null ? null : { bytesPerS, because },
  up: null,
});

test.each([
  ['schedule', 'schedule'],
  ['browsing', 'quiet'],
  ['metered', 'metered'],
  ['all-paused', undefined],
] as const)('what holds because of %s is told as %s', (because, limit) => {
  expect(limitOfAll(inForce(0, because))?.limit).toBe(limit);
});

test.each([
  ['no limit at all', null, null, null],
  ['its own limit', 1_000, null, 'transfer 1000 400'],
  ['the limit of all', null, 1_000, 'download 1000 900'],
  ['the one that is closer to being reached, here that of all', 500, 1_000, 'download 1000 900'],
  ['the one that is closer to being reached, here its own', 420, 1_000, 'transfer 420 400'],
  ['one that lets nothing come', 0, 1_000, 'transfer 0 400'],
])('%s', (_name, own, all, found) => {
  const record = { limits: { ...NO_LIMITS, downBytesPerS: own } } as TransferRecord;
  const speeds = { ownBytesPerS: 400, allBytesPerS: 900 };
  const limit = limitFacts(record, limitOfAll(inForce(all)), speeds);
  expect(limit && `${limit.limit} ${limit.bytesPerS} ${limit.usedBytesPerS}`).toBe(found);
});
