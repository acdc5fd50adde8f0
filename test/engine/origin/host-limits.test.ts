import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { HostLimits } from '../../../src/engine/origin/host-limits.ts';

const HOST = 'cdn.example';
const [ann, bob, cleo] = [{ is: 'ann' }, { is: 'bob' }, { is: 'cleo' }];
let limits: HostLimits;
let now: number;
beforeEach(() => {
  limits = new HostLimits();
  now = 1_000;
});

const room = (user: object, host = HOST) => limits.room(host, user, now);
const take = (user: object, host = HOST) => limits.take(host, user, now);
/** Begins as many requests as it may. */
const takeAll = (user: object, host = HOST): number => {
  let taken = 0;
  while (take(user, host)) taken += 1;
  return taken;
};

describe('a host', () => {
  test('is given one request until it has sent a byte, and then three', () => {
    expect(room(ann)).toBe(1);
    expect(takeAll(ann)).toBe(1);
    limits.spoke(HOST, now);
    expect(room(ann)).toBe(2);
    expect(takeAll(ann)).toBe(2);
    expect(room(ann)).toBe(0);
  });

  test('is given one again after it has failed', () => {
    limits.spoke(HOST, now);
    takeAll(ann);
    limits.failed(HOST);
    expect([room(ann), take(ann)]).toEqual([0, false]);
    for (let ended = 0; ended < 3; ended++) limits.give(HOST, ann);
    expect(takeAll(ann)).toBe(1);
  });

  test('gets nothing from anybody while it rests, and everything goes on after', () => {
    limits.spoke(HOST, now);
    limits.rest(HOST, now + 30_000);
    limits.rest(HOST, now + 10_000); // a shorter rest does not end a longer one
    expect([takeAll(ann), room(bob), limits.restUntilMs(HOST)]).toEqual([0, 0, now + 30_000]);
    now += 30_000;
    expect(takeAll(ann)).toBe(3);
  });

  test('has not answered by sending, during a rest, what was asked for before it', () => {
    limits.failed(HOST);
    limits.rest(HOST, now + 30_000);
    limits.spoke(HOST, now + 100);
    now += 30_000;
    expect(takeAll(ann)).toBe(1);
    limits.spoke(HOST, now);
    expect(takeAll(ann)).toBe(2);
  });

  test('is none of another host, and another port is another host', () => {
    limits.spoke(HOST, now);
    expect([takeAll(ann), takeAll(bob, 'cdn.example:8080')]).toEqual([3, 1]);
    expect(limits.restUntilMs('never.heard.of')).toBe(0);
  });
});

describe('several users', () => {
  test('have three requests together', () => {
    limits.spoke(HOST, now);
    expect([take(ann), take(bob), take(cleo), take(ann)]).toEqual([true, true, true, false]);
  });

  test('that have none go before those that have some', () => {
    limits.spoke(HOST, now);
    takeAll(ann);
    expect(room(bob)).toBe(0); // it wants one now
    limits.give(HOST, ann);
    expect([room(ann), take(ann)]).toEqual([0, false]);
    expect(take(bob)).toBe(true);
  });

  test('that have none go in the order in which they asked', () => {
    takeAll(ann);
    expect(room(bob)).toBe(0);
    now += 10;
    expect(room(cleo)).toBe(0);
    limits.give(HOST, ann);
    expect([take(cleo), take(ann), take(bob)]).toEqual([false, false, true]);
  });

  test('do not hold a place for one that has not asked for a second', () => {
    limits.spoke(HOST, now);
    takeAll(ann);
    room(bob);
    limits.give(HOST, ann);
    now += 1_001;
    expect(take(ann)).toBe(true);
  });

  test('do not hold a place for one that was offered it and did not take it', () => {
    limits.spoke(HOST, now);
    takeAll(ann);
    room(bob);
    limits.give(HOST, ann);
    expect(room(bob)).toBe(1);
    now += 500;
    room(bob); // it still has not
    expect(take(ann)).toBe(true);
    limits.give(HOST, ann);
    expect(take(bob)).toBe(true); // but it may have what is free
  });

  test('get back what one had who leaves', () => {
    limits.spoke(HOST, now);
    takeAll(ann);
    limits.leave(HOST, ann);
    expect(takeAll(bob)).toBe(3);
    limits.give(HOST, ann); // late, and means nothing
    expect(takeAll(bob)).toBe(0);
  });
});

describe('a host that refuses one request too many', () => {
  /** Ann's requests are answered, and one of Bob's is refused. */
  const refusedBeside = (answered: number, restMs = 0) => {
    take(ann);
    limits.spoke(HOST, now);
    limits.answered(HOST, ann);
    for (let more = 1; more < answered; more++) {
      take(ann);
      limits.answered(HOST, ann);
    }
    take(bob);
    const isOneTooMany = limits.refused(HOST, restMs, now);
    limits.give(HOST, bob);
    return isOneTooMany;
  };
  const mostAfter = (ms: number): number => {
    now += ms;
    limits.leave(HOST, ann);
    return takeAll(ann);
  };

  test.each([1, 2])('beside %i that it answers is given no more than those, and no successor', (answered) => {
    expect(refusedBeside(answered)).toBe(true);
    expect([room(bob), take(bob), limits.takeAhead(HOST, ann, now), limits.mayAskAhead(HOST)]).toEqual([
      0,
      false,
      false,
      false,
    ]);
    expect(mostAfter(50_000)).toBe(answered);
  });

  test('while it answers none is busy, and nothing is learned', () => {
    take(ann);
    expect(limits.refused(HOST, 0, now)).toBe(false);
    limits.spoke(HOST, now);
    expect([mostAfter(0), limits.mayAskAhead(HOST)]).toEqual([3, true]);
  });

  test('has perhaps not seen the end of one that ended just now', () => {
    take(ann);
    limits.spoke(HOST, now);
    limits.answered(HOST, ann);
    limits.give(HOST, ann, now);
    take(bob);
    expect(limits.refused(HOST, 0, now + 900)).toBe(true);
    expect(limits.restUntilMs(HOST)).toBe(now + 1_400); // nobody else brings anything: it is not pressed
    expect(limits.refused(HOST, 0, now + 1_100)).toBe(false);
  });

  test('is tried with one more after a minute, after a refusal later each time', () => {
    refusedBeside(1);
    expect([mostAfter(59_000), mostAfter(1_000)]).toEqual([1, 2]);
    limits.leave(HOST, ann);
    refusedBeside(1);
    expect([mostAfter(119_000), mostAfter(1_000)]).toEqual([1, 2]);
  });

  test('and asks for a long rest is tried with one more much later', () => {
    refusedBeside(1, 60_000);
    expect([mostAfter(900_000), mostAfter(60_000)]).toEqual([1, 2]);
  });

  test('is used with more once it answers more', () => {
    refusedBeside(1);
    expect(mostAfter(60_000)).toBe(2);
    limits.answered(HOST, ann);
    limits.answered(HOST, ann);
    expect(takeAll(ann)).toBe(1);
    limits.answered(HOST, ann);
    expect(limits.mayAskAhead(HOST)).toBe(true);
  });
});

describe('the successor of a request that is about to end', () => {
  const takeAhead = (user: object) => limits.takeAhead(HOST, user, now);

  test('is one more than else, and only one, whoever asks', () => {
    limits.spoke(HOST, now);
    expect([take(ann), take(ann), take(bob), take(bob)]).toEqual([true, true, true, false]);
    expect([takeAhead(ann), takeAhead(ann), takeAhead(bob)]).toEqual([true, false, false]);
    expect(room(ann)).toBe(0);
    limits.give(HOST, ann);
    expect([take(ann), takeAhead(ann)]).toEqual([false, true]);
  });

  test('is for those only who have a request', () => {
    limits.spoke(HOST, now);
    takeAll(ann);
    expect(takeAhead(bob)).toBe(false);
  });

  test('waits until the host has answered, and while it rests', () => {
    take(ann);
    expect(takeAhead(ann)).toBe(false);
    limits.spoke(HOST, now);
    limits.rest(HOST, now + 30_000);
    expect(takeAhead(ann)).toBe(false);
    limits.failed(HOST);
    now += 30_000;
    expect(takeAhead(ann)).toBe(false);
  });
});

test('whatever they do, no host has more than three requests and a successor, and one before it has spoken', () => {
  const users = [ann, bob, cleo];
  const action = fc.record({
    what: fc.constantFrom(
      ...['room', 'take', 'take', 'ahead', 'give', 'leave', 'spoke', 'answered', 'failed', 'refused', 'rest', 'pass'],
    ),
    who: fc.nat(2),
  });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
      const all = new HostLimits();
      const running = new Map(users.map((user) => [user, 0]));
      let hasSpoken = false;
      let nowMs = 0;
      let restsUntilMs = 0;
      for (const { what, who } of actions) {
        const user = users[who] ?? ann;
        const mine = running.get(user) ?? 0;
        const before = [...running.values()].reduce((sum, count) => sum + count, 0);
        if (what === 'room') expect(all.room(HOST, user, nowMs)).toBeLessThanOrEqual(Math.max(3 - before, 0));
        if (what === 'take' && all.take(HOST, user, nowMs)) {
          expect(before).toBeLessThan(hasSpoken ? 3 : 1);
          expect(nowMs).toBeGreaterThanOrEqual(restsUntilMs);
          running.set(user, mine + 1);
        }
        if (what === 'ahead' && all.takeAhead(HOST, user, nowMs)) {
          expect([hasSpoken, mine > 0, nowMs >= restsUntilMs]).toEqual([true, true, true]);
          expect(before).toBeLessThan(4);
          running.set(user, mine + 1);
        }
        if (what === 'give' && mine > 0) {
          all.give(HOST, user);
          running.set(user, mine - 1);
        }
        if (what === 'leave') {
          all.leave(HOST, user);
          running.set(user, 0);
        }
        if (what === 'spoke' || what === 'failed') {
          all[what](HOST, nowMs);
          hasSpoken = what === 'spoke' && (hasSpoken || nowMs >= restsUntilMs);
        }
        if (what === 'answered') all.answered(HOST, user);
        if (what === 'refused') all.refused(HOST, 300, nowMs);
        if (what === 'rest') {
          all.rest(HOST, nowMs + 700);
          restsUntilMs = nowMs + 700;
        }
        if (what === 'pass') nowMs += 400;
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});
