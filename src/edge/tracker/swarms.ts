import type { SocketMember } from './socket-member.ts';
import { countSwarm, enterSwarm, leaveSwarm, type Member, makeSwarm, type Swarm } from './swarm.ts';

/** A peer that said at which address and port it listens (BEP 3, BEP 15). Nobody can tell whether that is so. */
export type AddressMember = Member & {
  readonly via: 'address';
  /** In hex. */
  readonly peerId: string;
  readonly ip: string;
  readonly port: number;
  heardAtMs: number;
};

export type AnyMember = SocketMember | AddressMember;

export type SwarmCounts = { readonly complete: number; readonly incomplete: number };

/** All swarms of an edge. A swarm is there while somebody is in it. */
export type Swarms = {
  /** The swarm, made if there is room; null for an info hash that is not served, or when no room is left. */
  readonly open: (infoHash: string) => Swarm<AnyMember> | null;
  readonly find: (infoHash: string) => Swarm<AnyMember> | null;
  readonly enter: (swarm: Swarm<AnyMember>, member: AnyMember) => void;
  readonly leave: (swarm: Swarm<AnyMember>, member: AnyMember) => void;
  readonly count: (infoHash: string) => SwarmCounts;
  /** Swarms that somebody is in now. */
  readonly size: () => number;
};

/** `isServed` says which info hashes may have a swarm; it is asked for each announce, so the answer may change. */
export function makeSwarms(isServed: (infoHash: string) => boolean, maxSwarms: number): Swarms {
  const swarms = new Map<string, Swarm<AnyMember>>();
  return {
    open: (infoHash) => {
      if (!isServed(infoHash)) return null;
      const known = swarms.get(infoHash);
      if (known !== undefined) return known;
      // It is kept only once somebody has entered it.
      return swarms.size < maxSwarms ? makeSwarm(infoHash) : null;
    },
    find: (infoHash) => swarms.get(infoHash) ?? null,
    enter: (swarm, member) => {
      swarms.set(swarm.infoHash, swarm);
      enterSwarm(swarm, member);
    },
    leave: (swarm, member) => {
      leaveSwarm(swarm, member);
      const { complete, incomplete } = countSwarm(swarm);
      if (complete + incomplete === 0) swarms.delete(swarm.infoHash);
    },
    count: (infoHash) => {
      const swarm = swarms.get(infoHash);
      return swarm === undefined ? { complete: 0, incomplete: 0 } : countSwarm(swarm);
    },
    size: () => swarms.size,
  };
}
