import type { PeerStatus } from '../../../src/engine/swarm/swarm.ts';

/** A peer with whom nothing has passed, of which a test wants no more. */
export const IDLE_PEER_STATUS: PeerStatus = {
  isChokedByUs: true,
  isInteresting: false,
  isInterested: false,
  downBytesPerS: 0,
  upBytesPerS: 0,
  downBytes: 0,
  upBytes: 0,
  pieces: 0,
};
