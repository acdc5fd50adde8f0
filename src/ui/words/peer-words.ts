import type { PeerRow } from '../../model/transfer-details.ts';
import { sayDetail } from './detail-words.ts';

/** What is between us and a peer now, for a table. BEP 3 calls it choking and interest. */
export const PEER_SIGNS = ['gives', 'makes-wait', 'nothing-new', 'takes', 'waits', 'lied'] as const;
export type PeerSign = (typeof PEER_SIGNS)[number];

export function peerSigns(peer: PeerRow): readonly PeerSign[] {
  const { isInteresting, isChokingUs, isInterested, isChokedByUs, lies } = peer;
  const theirs: PeerSign = !isInteresting ? 'nothing-new' : isChokingUs ? 'makes-wait' : 'gives';
  const ours: readonly PeerSign[] = isInterested ? [isChokedByUs ? 'waits' : 'takes'] : [];
  return [theirs, ...ours, ...(lies > 0 ? (['lied'] as const) : [])];
}

const KEYS = {
  gives: ['signGives', 'signGivesMeans'],
  'makes-wait': ['signMakesWait', 'signMakesWaitMeans'],
  'nothing-new': ['signNothingNew', 'signNothingNewMeans'],
  takes: ['signTakes', 'signTakesMeans'],
  waits: ['signWaits', 'signWaitsMeans'],
  lied: ['signLied', 'signLiedMeans'],
} as const satisfies Record<PeerSign, readonly string[]>;

export const signWords = (sign: PeerSign): string => sayDetail(KEYS[sign][0]);
export const signMeans = (sign: PeerSign): string => sayDetail(KEYS[sign][1]);
