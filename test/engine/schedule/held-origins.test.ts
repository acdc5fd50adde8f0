import { expect, test } from 'vitest';
import { plan } from '../../../src/engine/schedule/plan.ts';
import type { Decision, PlanView, RunView } from '../../../src/engine/schedule/plan-view.ts';
import type { OriginUrl } from '../../../src/model/ids.ts';
import { PIECE, smallOrigin, smallPeer, smallView } from './small-view.ts';

const PIECES = 64;
const ORIGIN = 'https://origin.test/' as OriginUrl;

const begun = (view: Partial<PlanView>): string[] =>
  plan(smallView(PIECES, { policy: 'fastest', origins: [smallOrigin()], ...view }))
    .filter((decision): decision is Extract<Decision, { type: 'start-run' }> => decision.type === 'start-run')
    .map(({ startByte, endByte }) => `${startByte / PIECE} to ${endByte / PIECE}`);

/** A run of the last piece, which is far from its end. */
function running(rateBytesPerS: number | null): Partial<PlanView> {
  const view = smallView(PIECES);
  const [startByte, endByte] = [(PIECES - 1) * PIECE, PIECES * PIECE];
  view.map.take(1, startByte, endByte);
  const run: RunView = { run: 1, origin: ORIGIN, positionByte: startByte, endByte, rateBytesPerS, silentS: 0 };
  return { map: view.map, runs: [run] };
}

test('an origin that nothing holds back is asked for as much as it can bring', () => {
  expect(begun({})).toHaveLength(3);
});

test.each([
  ['a second of what they may bring', 4 * PIECE, '0 to 4'],
  ['a piece of it at least', PIECE / 10, '0 to 1'],
])('origins that are held to a rate are asked once, for %s', (_name, originsPaceBytesPerS, expected) => {
  expect(begun({ originsPaceBytesPerS })).toEqual([expected]);
});

test.each([
  ['none while a run brings what may come', 100_000, 0],
  ['none while it is not known what a run brings', null, 0],
  ['more when the runs are slower than what may come', 30_000, 2],
])('besides, there is %s', (_name, rateBytesPerS, expected) => {
  const view = running(rateBytesPerS);
  expect(begun({ ...view, originsPaceBytesPerS: 100_000 })).toHaveLength(expected);
});

test.each([
  ['left to it when no more was asked for than is at a time', 1, 0, false],
  ['taken over when it has been silent', 1, 1.2, true],
  ['taken over when it was begun before they were held back', 40, 0, true],
])('the end of a run of origins that are held to a rate is %s', (_name, pieces, silentS, expected) => {
  const { map } = smallView(pieces);
  const endByte = pieces * PIECE;
  map.take(1, 0, endByte);
  const run = { run: 1, origin: ORIGIN, positionByte: 0, endByte, rateBytesPerS: 100_000, silentS };
  const origins = [smallOrigin({ rateBytesPerS: 100_000 })];
  const peers = [smallPeer('ann', { rateBytesPerS: 20_000_000, roundTripS: 0.01 })];
  const view = { policy: 'fastest', map, runs: [run], origins, peers } as const;
  const isTaken = (more: Partial<PlanView>) =>
    plan(smallView(pieces, { ...view, ...more })).some(({ type }) => type === 'shorten-run');
  expect(isTaken({})).toBe(true);
  expect(isTaken({ originsPaceBytesPerS: 100_000 })).toBe(expected);
});
