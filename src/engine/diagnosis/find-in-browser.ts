import type { Finding } from '../../model/transfer-details.ts';
import type { Facts, LimitFacts } from './facts.ts';
import { isAtLimit } from './speed-of.ts';

/** What this computer and its browser do to a transfer: network, disk, limits. */
export function findInBrowser(facts: Facts): Finding[] {
  const { browser, space, limit, trackers, policy, hasMetadata } = facts;
  const found: Finding[] = [];
  if (!browser.isOnline) found.push({ code: 'offline' });
  if (space !== null && space.freeBytes < space.neededBytes) found.push({ code: 'disk-nearly-full', ...space });
  if (limit !== null && isAtLimit(facts)) found.push(limitReached(limit));
  const wantsPeers = trackers.some(({ kind }) => kind === 'websocket') && !(policy === 'peers-off' && hasMetadata);
  if (browser.webRtc !== 'works' && wantsPeers && facts.peers.length === 0)
    found.push({ code: 'webrtc-blocked', why: browser.webRtc });
  return found;
}

export const limitReached = ({ limit, bytesPerS }: LimitFacts): Finding => ({
  code: 'limit-reached',
  limit,
  bytesPerS,
});
