import type { TrackerSocket } from 'bittorrent-tracker/server';
import type { Member, Swarm } from './swarm.ts';
import type { AnyMember } from './swarms.ts';

/** One WebSocket. Several peers may share it: pages with two clients do. There are many of these, so they are small. */
export type Connection = {
  readonly socket: TrackerSocket;
  /** What its limits go by. */
  readonly addressKey: string;
  readonly openedAtMs: number;
  heardAtMs: number;
  /** Pings since it was heard last. */
  unanswered: number;
  /** Messages beyond its allowance, forgiven slowly; see `socket-hub.ts`. */
  strikes: number;
  readonly members: SocketMember[];
};

/** A peer that is met through its WebSocket. */
export type SocketMember = Member & {
  readonly via: 'socket';
  readonly connection: Connection;
  readonly swarm: Swarm<AnyMember>;
  /** 20 characters below 256, as it came. */
  readonly peerId: string;
  /** What is left of its allowance of announces, as of `filledAtMs`. */
  tokens: number;
  filledAtMs: number;
  /** Offers that were passed to this peer and that it may answer, the oldest first; null while there are none. */
  openOffers: OpenOffer[] | null;
};

export type OpenOffer = { readonly offerId: string; readonly from: SocketMember; readonly atMs: number };
