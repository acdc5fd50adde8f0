import { expect, test } from 'vitest';
import { HostLimits } from '../../../src/engine/origin/host-limits.ts';
import { OriginDesk } from '../../../src/engine/transfer/origin-desk.ts';
import { type AtHand, rateAtHand } from '../../../src/engine/transfer/rate-at-hand.ts';
import type { OriginUrl } from '../../../src/model/ids.ts';

const MB = 1_000_000;

/** An origin that brought 2 MB within a second, a minute ago. */
function restedOrigin(): OriginDesk {
  const desk = new OriginDesk('https://origin.test/' as OriginUrl, new HostLimits());
  desk.begins(0);
  desk.bytesCame(0, 50, 0);
  for (let ms = 100; ms <= 1_000; ms += 100) desk.bytesCame(0.2 * MB, null, ms);
  desk.ended(1_000, true);
  return desk;
}

const NOW_MS = 60_000;
const atHand = (more: Partial<AtHand>): AtHand => ({
  policy: 'spare-origin',
  origins: [restedOrigin()],
  peerBytesPerS: 0.1 * MB,
  originBytesPerS: 0,
  paceBytesPerS: null,
  ...more,
});

test.each<[string, Partial<AtHand>, number]>([
  ['an origin that is left alone counts with what it brings when it is asked', {}, 2.1],
  ['what comes from peers counts as it comes', { origins: [] }, 0.1],
  ['no origin counts that is never asked', { policy: 'origins-off' }, 0.1],
  ['origins that are held back count with what they may bring', { paceBytesPerS: 0.5 * MB }, 0.6],
  ['what origins bring now counts in any case', { originBytesPerS: 3 * MB }, 3.1],
])('%s', (_name, more, megabytes) => {
  expect(rateAtHand(atHand(more), NOW_MS) / MB).toBeCloseTo(megabytes, 0);
});
