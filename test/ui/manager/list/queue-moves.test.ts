import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TransferId } from '../../../../src/model/ids.ts';
import {
  dropInQueue,
  moveInQueue,
  type QueueMove,
  type QueueStep,
} from '../../../../src/ui/manager/list/queue-moves.ts';

const ids = (names: string) => [...names] as TransferId[];
const told = (move: QueueMove | null) =>
  move === null ? 'nothing' : `${move.ids.join('')} before ${move.before ?? 'the end'}`;

/** What the engine does with it. */
function carriedOut(queue: readonly TransferId[], move: QueueMove | null): readonly TransferId[] {
  if (move === null) return queue;
  const rest = queue.filter((id) => !move.ids.includes(id));
  const place = move.before === null ? rest.length : rest.indexOf(move.before);
  return rest.toSpliced(place, 0, ...move.ids);
}

describe('a step in the queue', () => {
  test.each<[string, string, string, QueueStep, string]>([
    ['goes up', 'abcde', 'd', 'up', 'd before c'],
    ['goes down', 'abcde', 'b', 'down', 'b before d'],
    ['goes down to the end', 'abcde', 'd', 'down', 'd before the end'],
    ['stops at the front', 'abcde', 'a', 'up', 'nothing'],
    ['stops at the end', 'abcde', 'e', 'down', 'nothing'],
    ['goes to the front', 'abcde', 'd', 'top', 'd before a'],
    ['goes to the end', 'abcde', 'b', 'bottom', 'b before the end'],
    ['takes several as a block, in their order', 'abcde', 'ec', 'up', 'ce before b'],
    ['gathers several at the front', 'abcde', 'ad', 'top', 'ad before b'],
    ['closes the gap of several at the front', 'abcde', 'ad', 'up', 'ad before b'],
    ['leaves alone what is in no queue', 'abcde', 'x', 'up', 'nothing'],
    ['leaves alone what is chosen but in no queue', 'abcde', 'xc', 'up', 'c before b'],
    ['moves all of them nowhere', 'abc', 'abc', 'down', 'nothing'],
  ])('%s', (_name, queue, chosen, step, expected) => {
    expect(told(moveInQueue(ids(queue), new Set(ids(chosen)), step))).toBe(expected);
  });
});

describe('a drop', () => {
  test.each<[string, string, number, string]>([
    ['goes between two rows', 'd', 1, 'd before b'],
    ['goes to the end', 'b', 5, 'b before the end'],
    ['goes to the front', 'c', 0, 'c before a'],
    ['beyond the end is at the end', 'b', 99, 'b before the end'],
    ['next to itself is nothing', 'c', 2, 'nothing'],
    ['behind itself is nothing', 'c', 3, 'nothing'],
    ['among themselves gathers several', 'bd', 2, 'bd before c'],
  ])('%s', (_name, chosen, place, expected) => {
    expect(told(dropInQueue(ids('abcde'), new Set(ids(chosen)), place))).toBe(expected);
  });
});

test('whatever is moved, nothing is lost, the others keep their order, and so does what is moved', () => {
  const queues = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 12 });
  const steps = fc.constantFrom<QueueStep | number>('top', 'up', 'down', 'bottom', 0, 1, 3, 7, 12);
  fc.assert(
    fc.property(queues, fc.func(fc.boolean()), steps, (numbers, isChosen, step) => {
      const queue = numbers.map((number) => String(number) as TransferId);
      const chosen = new Set(queue.filter((id) => isChosen(id)));
      const move = typeof step === 'number' ? dropInQueue(queue, chosen, step) : moveInQueue(queue, chosen, step);
      const after = carriedOut(queue, move);
      expect([...after].sort()).toEqual([...queue].sort());
      expect(after.filter((id) => !chosen.has(id))).toEqual(queue.filter((id) => !chosen.has(id)));
      expect(after.filter((id) => chosen.has(id))).toEqual(queue.filter((id) => chosen.has(id)));
      if (move !== null) expect(after).not.toEqual(queue);
    }),
  );
});
