import type { Finding } from '../../model/transfer-details.ts';
import type { Facts } from './facts.ts';
import { findInBrowser } from './find-in-browser.ts';
import { findInOrigins } from './find-in-origins.ts';
import { findInPolicy } from './find-in-policy.ts';
import { findInState } from './find-in-state.ts';
import { findInSwarm } from './find-in-swarm.ts';
import { boundBy, isMoving } from './speed-of.ts';

const MAX_FINDINGS = 5;

/** From what stops a transfer altogether to what only slows it down. */
const WORST_FIRST: readonly Finding['code'][] = [
  'offline',
  'disk-nearly-full',
  'limit-reached',
  'policy-rules-out',
  'webrtc-blocked',
  'no-sources',
  'no-browser-trackers',
  'seeds-without-webrtc',
  'seeds-unreachable',
  'nobody-there',
  'trackers-dead',
  'files-changed',
  'peers-lack-pieces',
  'peers-choke',
  'peers-silent',
  'origin-dropped',
  'origin-fault',
  'origin-ignores-ranges',
  'origin-slow',
  'policy-waits',
  'download-only',
  'metadata-missing',
];

/**
 * Why a transfer does not move, or is slow: the worst first, five at most, and never two of which one is not true when
 * the other is. What is said of its state (paused, queued, done) is said alone; of one that runs without anything wrong,
 * what bounds its speed.
 * Pure.
 */
export function diagnose(facts: Facts): Finding[] {
  const state = findInState(facts);
  if (state !== null) return [state];
  const found = [
    ...findInBrowser(facts),
    ...findInPolicy(facts),
    ...findInSwarm(facts),
    ...findInOrigins(facts),
  ].filter((finding) => finding.code !== 'offline' || !isMoving(facts));
  const offline = found.find(({ code }) => code === 'offline');
  if (offline !== undefined) return [offline]; // everything else follows from it
  if (found.length === 0)
    return [isMoving(facts) ? { code: 'all-well', boundBy: boundBy(facts) } : { code: 'looking' }];
  const rank = ({ code }: Finding) => WORST_FIRST.indexOf(code);
  return found.toSorted((a, b) => rank(a) - rank(b)).slice(0, MAX_FINDINGS);
}
