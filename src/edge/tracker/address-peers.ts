import type { LibraryAnnounce, LibrarySwarm } from 'bittorrent-tracker/server';
import { limitKey } from '../http/client-address.ts';
import { makeBuckets } from '../limits/token-buckets.ts';
import { readLeft } from './read-frame.ts';
import type { TrackerParts } from './socket-hub.ts';
import { pickMembers, type Swarm, setSeed } from './swarm.ts';
import type { AddressMember, AnyMember } from './swarms.ts';

/** Peers of HTTP and UDP trackers, which are reached at an address. */
export type AddressPeers = {
  /** A swarm as bittorrent-tracker wants it; it may be one that nobody is in. */
  readonly librarySwarm: (infoHash: string) => LibrarySwarm;
  /** Forgets who has not announced for a while. */
  readonly sweep: () => void;
  readonly count: () => number;
};

/** Seconds between announces that the answers ask for. */
export const ADDRESS_ANNOUNCE_EVERY_S = 300;
const GONE_AFTER_MS = 2.5 * ADDRESS_ANNOUNCE_EVERY_S * 1000;
/** BEP 15 fits 74 in a packet that is never cut; nobody needs more. */
const MAX_WANTED = 50;

const EVENTS: ReadonlySet<unknown> = new Set(['started', 'update', 'completed', 'stopped', 'paused']);

type Kept = { readonly swarm: Swarm<AnyMember>; readonly member: AddressMember };

/** Keeps peers by address and port in the swarms that WebSocket peers are in too; the two kinds are not introduced. */
export function makeAddressPeers({
  limits,
  swarms,
  plausibility,
  tell,
  downloads,
  now,
  chance,
}: TrackerParts): AddressPeers {
  // By swarm, address and port, in the order of the last announce.
  const peers = new Map<string, Kept>();
  const newPeers = makeBuckets(limits.newAddressPeers, now);

  const forget = (key: string, { swarm, member }: Kept) => {
    peers.delete(key);
    swarms.leave(swarm, member);
  };

  const keep = (key: string, params: LibraryAnnounce, isSeed: boolean): Kept | null => {
    const known = peers.get(key);
    if (known !== undefined) {
      peers.delete(key);
      peers.set(key, known);
      known.member.heardAtMs = now();
      setSeed(known.swarm, known.member, isSeed);
      return known;
    }
    const swarm = swarms.open(params.info_hash);
    if (swarm === null || !newPeers.take(limitKey(params.ip))) return null;
    const { peer_id: peerId, ip, port } = params;
    const member: AddressMember = { via: 'address', isSeed, place: 0, peerId, ip, port, heardAtMs: now() };
    const kept = { swarm, member };
    peers.set(key, kept);
    swarms.enter(swarm, member);
    return kept;
  };

  const announce: LibrarySwarm['announce'] = (params, done) => {
    const { info_hash: infoHash, event } = params;
    if (!EVENTS.has(event)) return done(new Error('unknown event'));
    const key = `${infoHash} ${params.addr}`;
    const leftBytes = readLeft(params.left);
    if (event === 'stopped') {
      const known = peers.get(key);
      if (known !== undefined) forget(key, known);
      return done(null, { ...swarms.count(infoHash), peers: [] });
    }
    const kept = keep(key, params, leftBytes === 0);
    if (kept === null) return done(new Error('too many peers at your address'));
    const claimant = { infoHash, peerKey: `${params.peer_id} ${params.addr}`, addressKey: limitKey(params.ip) };
    if (leftBytes > 0 || event === 'completed') downloads(infoHash, claimant.addressKey);
    if (event === 'started' && plausibility.started(claimant, leftBytes)) tell({ type: 'started', infoHash });
    if (event === 'completed' && leftBytes === 0 && plausibility.completed(claimant)) {
      tell({ type: 'completed', infoHash });
    }
    const wanted = Math.min(MAX_WANTED, Math.max(0, Math.floor(params.numwant) || 0));
    const met = pickMembers<AnyMember>(kept.swarm, kept.member, wanted, chance);
    done(null, { ...swarms.count(infoHash), peers: met.filter((member) => member.via === 'address') });
  };

  return {
    librarySwarm: (infoHash) => ({ announce, scrape: (_, done) => done(null, swarms.count(infoHash)) }),
    sweep: () => {
      for (const [key, kept] of peers) {
        if (now() - kept.member.heardAtMs <= GONE_AFTER_MS) return;
        forget(key, kept);
      }
    },
    count: () => peers.size,
  };
}
