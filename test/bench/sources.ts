import { randomUUID } from 'node:crypto';
import type { Lab } from '../support/lab.ts';
import type { SwarmPeer } from '../support/seeder.ts';
import { waitUntil } from '../support/wait-until.ts';
import type { OurRun } from './our-transfer.ts';
import { type PayloadServer, startPayloadServer } from './servers/start-payload-server.ts';
import { makeVirtualTorrent } from './servers/virtual-file.ts';

export const MIB = 1_048_576;
const PIECE_LENGTH_BYTES = 262_144;

/** Rates are bytes a second, of the origin in all and of each peer. */
export type SourcePlan = {
  readonly lengthBytes: number;
  readonly originBytesPerS: number;
  readonly peers: number;
  readonly peerBytesPerS: number;
  /** The .torrent is sent that late: who adds a magnet link meanwhile knows the transfer and none of its sources. */
  readonly torrentAfterMs?: number;
};
export type Sources = {
  /** To add by the address of the .torrent. */
  readonly run: OurRun;
  /** The same torrent as a magnet link that names nothing but that address. */
  readonly magnet: string;
  /** The file itself, at the origin. */
  readonly url: string;
  readonly origin: PayloadServer;
  readonly peers: readonly SwarmPeer[];
  /** When the .torrent had been sent, in milliseconds since 1970; null before that. */
  readonly torrentSentAtMs: () => number | null;
  /** Ends the origin and those peers that are there yet. */
  readonly end: () => Promise<void>;
};

/** All sources together, in bytes a second: nobody is faster. */
export const sumOfRates = (plan: SourcePlan): number => plan.originBytesPerS + plan.peers * plan.peerBytesPerS;

/** A torrent that nobody has seen before, with a throttled origin and throttled peers that wait at the tracker. */
export async function startSources(lab: Lab, plan: SourcePlan): Promise<Sources> {
  const { lengthBytes, originBytesPerS, peers: peerCount, peerBytesPerS, torrentAfterMs = 0 } = plan;
  const [site, tracker, swarm] = [await lab.origin(), await lab.tracker(), await lab.swarm()];
  const origin = await startPayloadServer({ rateBytesPerS: originBytesPerS });
  const name = `${randomUUID()}.bin`;
  const url = origin.urlOf(lengthBytes, 0, name);
  const sources = { announce: [tracker.wsUrl], urlList: [url] };
  const torrent = makeVirtualTorrent({ name, lengthBytes, pieceLengthBytes: PIECE_LENGTH_BYTES, ...sources });
  const path = `/${torrent.infoHash}.torrent`;
  site.serve(path, torrent.torrentBytes);
  site.behave(path, { latencyMs: torrentAfterMs });
  const seeding = { torrent, trackers: [], isTrusted: true, uploadBytesPerS: peerBytesPerS };
  const peers = await Promise.all(Array.from({ length: peerCount }, () => swarm.seed(seeding)));
  const allAreKnown = () => tracker.peerCount(torrent.infoHash) === peerCount;
  await waitUntil(allAreKnown, { what: `${peerCount} peers at the tracker` });
  const torrentUrl = `${site.url}${path}`;
  return {
    run: { infoHash: torrent.infoHash, torrentUrl, lengthBytes },
    magnet: torrent.magnet({ name, trackers: [], exactSources: [torrentUrl] }),
    url,
    origin,
    peers,
    torrentSentAtMs: () => site.requests.find((request) => request.path === path)?.endedAt ?? null,
    end: async () => {
      await Promise.all(peers.map((peer) => peer.leave()));
      await origin.close();
      site.remove(path);
    },
  };
}
