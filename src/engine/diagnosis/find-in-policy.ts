import type { Finding } from '../../model/transfer-details.ts';
import type { Facts } from './facts.ts';

/** What the user has chosen: whom to take bytes from, and whether to share. */
export function findInPolicy(facts: Facts): Finding[] {
  const ruledOut = ruledOutBy(facts);
  if (ruledOut !== null) return [ruledOut];
  return [...waits(facts), ...downloadOnly(facts)];
}

/** Only sources of the kind that the policy rules out. */
function ruledOutBy({ policy, hasMetadata, trackers, origins, peers }: Facts): Finding | null {
  if (!hasMetadata) return null; // which is asked of everybody
  const canMeetPeers = trackers.some(({ kind }) => kind === 'websocket') || peers.length > 0;
  if (policy === 'peers-off' && origins.length === 0) return { code: 'policy-rules-out', off: 'peers' };
  if (policy === 'origins-off' && !canMeetPeers && origins.length > 0)
    return { code: 'policy-rules-out', off: 'origins' };
  return null;
}

/** An origin that could be asked is not asked, because peers are to bring it. */
function waits({ policy, origins, state }: Facts): Finding[] {
  if (state.phase !== 'downloading' || (policy !== 'spare-origin' && policy !== 'balanced')) return [];
  const usable = origins.filter((origin) => origin.state === 'usable');
  const isWaiting = usable.length > 0 && usable.every(({ runningRequests }) => runningRequests === 0);
  return isWaiting ? [{ code: 'policy-waits', policy }] : [];
}

/** Peers give first to those who give: it matters when most of them hold back. */
function downloadOnly({ sharing, peers, state }: Facts): Finding[] {
  if (sharing === 'share' || state.phase !== 'downloading') return [];
  const wanted = peers.filter(({ isInteresting }) => isInteresting);
  const holdBack = wanted.filter(({ isChokingUs }) => isChokingUs).length;
  return wanted.length > 0 && holdBack >= wanted.length / 2 ? [{ code: 'download-only' }] : [];
}
