import { expect, test } from 'vitest';
import { HostLimits } from '../../../src/engine/origin/host-limits.ts';
import { demandOf } from '../../../src/engine/transfer/demand.ts';
import { OriginDesk } from '../../../src/engine/transfer/origin-desk.ts';
import { RatePromise } from '../../../src/engine/transfer/rate-promise.ts';
import type { OriginUrl } from '../../../src/model/ids.ts';
import type { Patience, Policy } from '../../../src/model/policy.ts';

const START_MS = 1_000_000;
const NOW_MS = START_MS + 10_000;
const least: Patience = { type: 'least-rate', bytesPerS: 500_000 };
const deadline: Patience = { type: 'deadline', atMs: NOW_MS + 90_000 };

const untried = (name: string) => new OriginDesk(`http://${name}.example/f` as OriginUrl, new HostLimits());

/** An origin that sent a megabyte a second for ten seconds. */
function proven(name: string): OriginDesk {
  const desk = untried(name);
  desk.begins(START_MS);
  for (let at = 0; at <= 10_000; at += 100) desk.bytesCame(100_000, at === 0 ? 50 : null, START_MS + at);
  return desk;
}

function resting(name: string): OriginDesk {
  const desk = proven(name);
  desk.failed({ fault: 'busy', status: 503, retryAfterS: 60 }, NOW_MS);
  return desk;
}

const demand = (policy: Policy, patience: Patience, origins: readonly OriginDesk[]) =>
  demandOf(policy, patience, new RatePromise(), {
    origins,
    isAlone: false,
    gotBytes: 7_000,
    elapsedS: (NOW_MS - START_MS) / 1_000,
    nowMs: NOW_MS,
  });

test.each<[Policy]>([['fastest'], ['peers-off'], ['origins-off']])('%s spares nobody', (policy) => {
  expect(demand(policy, deadline, [proven('a')])).toBeNull();
});

test('whoever spares the origin waits until a deadline, or as long as a least rate is kept', () => {
  expect(demand('spare-origin', deadline, [])).toEqual({ type: 'deadline', inS: 90, elapsedS: 10 });
  expect(demand('spare-origin', { type: 'deadline', atMs: START_MS }, [])).toMatchObject({ inS: -10 });
  expect(demand('spare-origin', least, [])).toMatchObject({ type: 'rate', bytesPerS: 500_000 });
});

test('balanced wants what the origins have shown that they could bring, together', () => {
  const one = demand('balanced', least, [proven('a'), untried('b')]);
  expect(one).toMatchObject({ type: 'rate', elapsedS: 10, gotBytes: 7_000 });
  const bytesPerS = one?.type === 'rate' ? one.bytesPerS : 0;
  expect(bytesPerS).toBeGreaterThan(900_000);
  expect(demand('balanced', least, [proven('a'), proven('b')])).toMatchObject({ bytesPerS: 2 * bytesPerS });
});

test('balanced waits for nobody before it knows what they can do, nor when all of them rest', () => {
  expect(demand('balanced', least, [])).toBeNull();
  expect(demand('balanced', least, [untried('a')])).toBeNull();
  expect(demand('balanced', least, [resting('a')])).toBeNull();
});
