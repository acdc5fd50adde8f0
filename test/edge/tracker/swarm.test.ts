import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countSwarm,
  enterSwarm,
  leaveSwarm,
  type Member,
  makeSwarm,
  pickMembers,
  setSeed,
} from '../../../src/edge/tracker/swarm.ts';

type Named = Member & { readonly name: number };
const member = (name: number, isSeed: boolean, via: Member['via'] = 'socket'): Named => ({
  name,
  isSeed,
  via,
  place: 0,
});

const step = fc.oneof(
  fc.record({ do: fc.constant('enter' as const), isSeed: fc.boolean(), via: fc.constantFrom('socket', 'address') }),
  fc.record({ do: fc.constant('leave' as const), at: fc.nat() }),
  fc.record({ do: fc.constant('turn' as const), at: fc.nat(), isSeed: fc.boolean() }),
);

test('who is in a swarm is met, whoever came, left and finished before', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
      (steps, dice) => {
        const swarm = makeSwarm<Named>('x');
        const inside: Named[] = [];
        for (const [name, move] of steps.entries()) {
          const chosen = 'at' in move ? inside[move.at % Math.max(1, inside.length)] : undefined;
          if (move.do === 'enter') {
            const one = member(name, move.isSeed, move.via as Member['via']);
            enterSwarm(swarm, one);
            inside.push(one);
          } else if (chosen !== undefined && move.do === 'leave') {
            leaveSwarm(swarm, chosen);
            inside.splice(inside.indexOf(chosen), 1);
          } else if (chosen !== undefined && move.do === 'turn') setSeed(swarm, chosen, move.isSeed);
        }
        const seeds = inside.filter(({ isSeed }) => isSeed).length;
        expect(countSwarm(swarm)).toEqual({ complete: seeds, incomplete: inside.length - seeds });
        for (const self of inside) {
          const useful = inside.filter((one) => one !== self && one.via === self.via && !(one.isSeed && self.isSeed));
          const met = pickMembers(swarm, self, 100, () => dice.next().value ?? 0);
          expect(met.map(({ name }) => name).sort((a, b) => a - b)).toEqual(useful.map(({ name }) => name));
          expect(pickMembers(swarm, self, 2, () => dice.next().value ?? 0)).toHaveLength(Math.min(2, useful.length));
        }
      },
    ),
  );
});

test('everybody is met about as often as everybody else', () => {
  const swarm = makeSwarm<Named>('x');
  const members = Array.from({ length: 50 }, (_, name) => member(name, name < 10));
  for (const one of members) enterSwarm(swarm, one);
  const self = members[20] as Named;
  const met = new Map<number, number>();
  let state = 1;
  const chance = () => {
    state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  for (let round = 0; round < 5000; round += 1) {
    for (const { name } of pickMembers(swarm, self, 5, chance)) met.set(name, (met.get(name) ?? 0) + 1);
  }
  const counts = [...met.values()];
  expect(met.size).toBe(49);
  // 25,000 meetings among 49 are 510 each.
  expect(Math.min(...counts)).toBeGreaterThan(400);
  expect(Math.max(...counts)).toBeLessThan(620);
});
