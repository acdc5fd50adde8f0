import { beforeEach, describe, expect, test } from 'vitest';
import { type RequestSlot, RequestSlots, type SlotUser } from '../../../src/engine/origin/request-slots.ts';

const HOST = 'archive.example';
let slots: RequestSlots;
let now: number;
/** Who was told that there is room, in order. */
let told: string[];
beforeEach(() => {
  now = 1_000;
  told = [];
  slots = new RequestSlots(() => now);
});

const userOf = (name: string): SlotUser => ({ underWay: 0, onRoom: () => told.push(name) });
const never = new AbortController().signal;
const due = (user: SlotUser, host = HOST) => slots.due(host, user, never);
/** As many places ahead of their turn as there are. */
function aheads(user: SlotUser, host = HOST): RequestSlot[] {
  const taken: RequestSlot[] = [];
  for (let slot = slots.ahead(host, user); slot !== null; slot = slots.ahead(host, user)) taken.push(slot);
  return taken;
}
/** Lets a host show that it bears all that is asked of it. */
async function prove(): Promise<void> {
  const ann = userOf('ann');
  const all = [await due(ann), ...aheads(ann)];
  for (const slot of all) slot.answered(HOST);
  slots.leave(ann);
  for (const slot of all) slot.give();
  told = [];
}
const isSettled = async (promise: Promise<unknown>): Promise<boolean> => {
  const none = {};
  return (await Promise.race([promise, new Promise((resolve) => setImmediate(resolve, none))])) !== none;
};

describe('requests ahead of their turn', () => {
  test('are few at first, and six at the most when a host answers as many as it is asked', async () => {
    const ann = userOf('ann');
    const first = await due(ann);
    const early = aheads(ann);
    expect(early).toHaveLength(2);
    for (const slot of [first, ...early]) slot.answered(HOST);
    expect(aheads(ann)).toHaveLength(3);
    expect(ann.underWay).toBe(6);
  });

  test('are none of another host, and another port is another host', async () => {
    await prove();
    expect(aheads(userOf('ann'))).toHaveLength(6);
    expect(aheads(userOf('bob'), `${HOST}:8080`)).toHaveLength(3);
  });

  test('are told of room by whoever gives a place back, who has fewest first', async () => {
    await prove();
    const [ann, bob, cleo] = [userOf('ann'), userOf('bob'), userOf('cleo')];
    const first = await due(bob);
    const [one] = aheads(ann);
    expect(slots.ahead(HOST, bob)).toBeNull();
    expect(slots.ahead(HOST, cleo)).toBeNull();
    one?.give();
    expect(told).toEqual(['cleo', 'bob', 'ann']); // nobody took it
    one?.give();
    expect(told).toHaveLength(3); // it is given once
    expect([ann.underWay, bob.underWay, cleo.underWay]).toEqual([4, 1, 0]);
    first.give();
  });

  test('of one who has left are told of nothing', async () => {
    await prove();
    const [ann, bob] = [userOf('ann'), userOf('bob')];
    const [one] = aheads(ann);
    expect(slots.ahead(HOST, bob)).toBeNull();
    slots.leave(bob);
    one?.give();
    expect(told).toEqual(['ann']);
  });
});

describe('a request whose turn has come', () => {
  test('waits for one that was sent before its turn, and goes before all others of them', async () => {
    await prove();
    const [ann, bob] = [userOf('ann'), userOf('bob')];
    const [one, two] = aheads(ann);
    const waiting = due(bob);
    expect(await isSettled(waiting)).toBe(false);
    one?.give();
    expect([await isSettled(waiting), told, bob.underWay]).toEqual([true, [], 1]);
    const next = due(bob);
    two?.give();
    expect(await isSettled(next)).toBe(true);
  });

  test('waits for nobody when all are due: whether that is one too many is said by others', async () => {
    const users = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(userOf);
    expect(await isSettled(Promise.all(users.map((user) => due(user))))).toBe(true);
  });

  test('goes on when the last one that was not due is', async () => {
    const [ann, bob] = [userOf('ann'), userOf('bob')];
    const all = aheads(ann);
    const waiting = due(bob);
    for (const slot of all) slot.isDue();
    expect(await isSettled(waiting)).toBe(true);
  });

  test('does not wait when it is stopped, and leaves no place behind', async () => {
    await prove();
    const abort = new AbortController();
    const [ann, bob] = [userOf('ann'), userOf('bob')];
    const all = aheads(ann);
    const waiting = slots.due(HOST, bob, abort.signal);
    abort.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    for (const slot of all) slot.give();
    expect(aheads(userOf('cleo'))).toHaveLength(6);
    expect(bob.underWay).toBe(0);
  });
});

describe('a host that refuses one too many', () => {
  test('is asked for no more than it answered beside that, and with more after a minute', async () => {
    await prove();
    const ann = userOf('ann');
    const all = aheads(ann);
    for (const slot of all.slice(2)) slot.refused(0);
    for (const slot of all.slice(0, 2)) slot.answered(HOST);
    expect([ann.underWay, aheads(ann).length]).toEqual([2, 0]);
    now += 61_000;
    for (const slot of all.slice(0, 2)) slot.answered(HOST);
    expect(aheads(ann)).toHaveLength(2);
  });

  test('is not tried so soon again when it refuses then, too', async () => {
    const ann = userOf('ann');
    const one = await due(ann);
    const refuseNext = () => slots.ahead(HOST, ann)?.refused(0);
    refuseNext(); // for one minute
    now += 61_000;
    one.answered(HOST);
    refuseNext(); // for two
    now += 61_000;
    one.answered(HOST);
    expect(slots.ahead(HOST, ann)).toBeNull();
    now += 61_000;
    one.answered(HOST);
    expect(slots.ahead(HOST, ann)).not.toBeNull();
  });

  test('and asks for a rest is sent nothing ahead of its turn before that is over', () => {
    const ann = userOf('ann');
    const [refused, one] = aheads(ann);
    refused?.refused(30_000);
    now += 29_000;
    expect(aheads(userOf('bob'))).toHaveLength(0);
    one?.give();
    now += 1_000;
    expect(aheads(userOf('bob'))).toHaveLength(1);
  });
});

describe('a request that another host answers', () => {
  test('counts there, and the next one of that address does from the beginning', async () => {
    const [ann, bob] = [userOf('ann'), userOf('bob')];
    const first = await due(ann);
    first.answered('node7.example');
    expect(aheads(ann)).toHaveLength(2); // beside the first, at the other host
    expect(slots.ahead('node7.example', bob)).toBeNull();
    first.give();
    expect(told).toEqual(['bob', 'ann']);
  });

  test('tells those who waited at the first host', async () => {
    const [ann, bob] = [userOf('ann'), userOf('bob')];
    const [one] = aheads(ann);
    expect(slots.ahead(HOST, bob)).toBeNull();
    one?.answered('node7.example');
    expect(told).toContain('bob');
  });
});
