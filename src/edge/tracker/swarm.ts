/** Somebody in a swarm. WebSocket peers are met by offers, the others at their address. */
export type Member = {
  readonly via: 'socket' | 'address';
  isSeed: boolean;
  /** Where it stands in its list, so that it leaves without a search. */
  place: number;
};

/**
 * The peers of one info hash. Those with the whole file and those without are kept apart, because two seeds have nothing
 * to say to each other; each list is dense, so that a throw of the dice finds a peer, however many there are.
 */
export type Swarm<M extends Member> = {
  readonly infoHash: string;
  readonly lists: { readonly [Via in Member['via']]: { readonly seeds: M[]; readonly leeches: M[] } };
};

/** A swarm without peers. */
export function makeSwarm<M extends Member>(infoHash: string): Swarm<M> {
  return { infoHash, lists: { socket: { seeds: [], leeches: [] }, address: { seeds: [], leeches: [] } } };
}

/** Peers with the whole file (`complete`) and without (`incomplete`), over every protocol. */
export function countSwarm({ lists: { socket, address } }: Swarm<Member>): { complete: number; incomplete: number } {
  return {
    complete: socket.seeds.length + address.seeds.length,
    incomplete: socket.leeches.length + address.leeches.length,
  };
}

export function enterSwarm<M extends Member>(swarm: Swarm<M>, member: M): void {
  const list = listOf(swarm, member);
  member.place = list.length;
  list.push(member);
}

export function leaveSwarm<M extends Member>(swarm: Swarm<M>, member: M): void {
  const list = listOf(swarm, member);
  if (list[member.place] !== member) throw new Error('a peer left a swarm that it was not in');
  const last = list.pop();
  if (last === undefined || last === member) return;
  list[member.place] = last;
  last.place = member.place;
}

/** Moves a member to where it belongs when it has become, or ceased to be, a seed. */
export function setSeed<M extends Member>(swarm: Swarm<M>, member: M, isSeed: boolean): void {
  if (member.isSeed === isSeed) return;
  leaveSwarm(swarm, member);
  member.isSeed = isSeed;
  enterSwarm(swarm, member);
}

/**
 * At most `wanted` different members of the same kind, at random, `self` left out. For a seed only those who lack
 * something. The cost goes with `wanted`, not with the size of the swarm. `chance` gives numbers from 0 to below 1.
 */
export function pickMembers<M extends Member>(swarm: Swarm<M>, self: M, wanted: number, chance: () => number): M[] {
  const { seeds, leeches } = swarm.lists[self.via];
  const count = self.isSeed ? leeches.length : leeches.length + seeds.length;
  const at = (index: number) => (index < leeches.length ? leeches[index] : seeds[index - leeches.length]);
  const picked: M[] = [];
  // A walk from a random place, in steps that meet every place once, is as good as a shuffle for meeting people.
  let place = Math.floor(chance() * count);
  const step = stepThrough(count, chance);
  for (let tries = 0; tries < count && picked.length < wanted; tries += 1) {
    const member = at(place);
    if (member !== undefined && member !== self) picked.push(member);
    place = (place + step) % count;
  }
  return picked;
}

/** A step that has no common divisor with `count`, so that walking by it comes everywhere. */
function stepThrough(count: number, chance: () => number): number {
  let step = 1 + Math.floor(chance() * Math.max(0, count - 1));
  while (divisor(step, count) !== 1) step = (step % count) + 1;
  return step;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

const listOf = <M extends Member>({ lists }: Swarm<M>, { via, isSeed }: M): M[] =>
  isSeed ? lists[via].seeds : lists[via].leeches;
