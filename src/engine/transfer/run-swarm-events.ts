import type { Clock } from '../ports.ts';
import type { DepotSession } from '../store/depot.ts';
import type { SwarmEvents } from '../swarm/swarm.ts';
import type { Download } from './download.ts';
import type { MetadataFromPeers } from './metadata-from-peers.ts';
import type { RateMeter } from './rate-meter.ts';
import type { TransferBook } from './transfer-book.ts';
import type { RunRules } from './transfer-rules.ts';

/** Who of a run hears of the swarm; its download and its store come and go. */
export type SwarmHearers = {
  readonly book: TransferBook;
  readonly rules: RunRules;
  readonly clock: Clock;
  readonly fromPeers: MetadataFromPeers;
  readonly uploadRate: RateMeter;
  readonly download: () => Download | null;
  readonly session: () => DepotSession | null;
};

/** Hands on what a swarm tells: to the download while there is one, to the store, and to the book. */
export const runSwarmEvents = (to: SwarmHearers): SwarmEvents => ({
  metadata: (bytes) => void to.fromPeers.offer(bytes),
  peerJoined: (peer) => to.download()?.peerJoined(peer),
  peerChanged: (peer, piece) => to.download()?.peerChanged(peer, piece),
  peerLeft: (peer) => to.download()?.peerLeft(peer),
  block: (peer, piece, offset, bytes) => to.download()?.block(peer, piece, offset, bytes),
  claimed: (peer, pieces) => to.download()?.claimed(peer, pieces),
  refused: (peer, piece, offset) => to.download()?.refused(peer, piece, offset),
  uploaded: (bytes) => {
    to.uploadRate.add(bytes, to.clock.nowMs());
    to.rules.uploaded(bytes);
    to.book.remember({ uploadedBytes: to.book.record.uploadedBytes + bytes });
  },
  read: async (piece, offset, lengthBytes, peer = null) => {
    const session = to.session();
    const isWanted = () => to.session() === session && to.rules.mayUpload();
    if (session !== null) await to.rules.uploadTurn({ peer, bytes: lengthBytes, isWanted });
    if (session === null || !isWanted()) throw new Error('nothing is handed out');
    return session.read(piece, offset, lengthBytes);
  },
});
