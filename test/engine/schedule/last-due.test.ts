import { describe, expect, test } from 'vitest';
import { Draft } from '../../../src/engine/schedule/draft.ts';
import { lastDueS, owedAfterBytes } from '../../../src/engine/schedule/last-due.ts';
import type { PlanView } from '../../../src/engine/schedule/plan-view.ts';
import { askAll, BLOCK, PIECE, smallPeer, smallView } from './small-view.ts';

const rate = (gotBytes: number) => ({ type: 'rate', bytesPerS: PIECE, elapsedS: 0, gotBytes }) as const;

describe('the last byte is due', () => {
  test.each<[string, Partial<PlanView>, number]>([
    ['a little before a deadline, to be ready at it', { demand: { type: 'deadline', inS: 10 } }, 9.4],
    ['when it would come at the promised rate', { demand: rate(0) }, 8],
    ['later when it is ahead of that', { demand: rate(3 * PIECE) }, 11],
    ['sooner when it is behind', { demand: rate(-3 * PIECE) }, 5],
    ['never when nothing is asked for', { demand: null }, Number.POSITIVE_INFINITY],
    ['never for who does not spare the origins', { demand: rate(0), policy: 'balanced' }, Number.POSITIVE_INFINITY],
    [
      'never while somebody plays: then each byte is due when it is played',
      { demand: rate(0), playback: { positionByte: 0, bytesPerS: PIECE } },
      Number.POSITIVE_INFINITY,
    ],
  ])('%s', (_, other, expected) => {
    expect(lastDueS(new Draft(smallView(8, other)))).toBeCloseTo(expected, 6);
  });

  test('no sooner because somebody brings a part', () => {
    const view = smallView(8, { demand: rate(0) });
    const ann = smallPeer('ann', { owes: askAll(view.map, 0, 'ann') });
    expect(lastDueS(new Draft({ ...view, peers: [ann] }))).toBeCloseTo(8, 6);
  });
});

test('what peers would bring later than that is the end of each of their queues', () => {
  const view = smallView(8);
  const slow = smallPeer('slow', { rateBytesPerS: BLOCK, owes: askAll(view.map, 0, 'slow', 10) });
  const fast = smallPeer('fast', { rateBytesPerS: 100 * BLOCK, owes: askAll(view.map, 1, 'fast') });
  const draft = new Draft({ ...view, peers: [slow, fast] });
  expect(owedAfterBytes(draft, 4)).toBe(6 * BLOCK);
  expect(owedAfterBytes(draft, -1)).toBe(26 * BLOCK);
});
