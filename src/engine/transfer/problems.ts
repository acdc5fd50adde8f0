import type { Problem } from '../../model/failure.ts';
import type { Policy } from '../../model/policy.ts';
import type { TrackerStatus } from '../swarm/swarm.ts';

/** A quiet start is not a problem yet. */
const PATIENCE_S = 8;

export type OriginStatus = {
  readonly host: string;
  readonly isUsable: boolean;
  readonly isDropped: boolean;
  readonly lies: number;
  readonly last: Extract<Problem, { code: 'origin-failed' }> | null;
};

/** What is known of a transfer's sources while it looks for metadata or downloads. */
export type SourceStatus = {
  readonly policy: Policy;
  readonly hasMetadata: boolean;
  /** All trackers that the torrent names, also those that a browser cannot speak to. */
  readonly trackerUrls: readonly string[];
  readonly trackers: readonly TrackerStatus[];
  readonly torrentUrls: number;
  readonly origins: readonly OriginStatus[];
  readonly peers: number;
  readonly lyingPeers: ReadonlyMap<string, number>;
  readonly isMoving: boolean;
  readonly runningForS: number;
};

const isWebSocket = (url: string): boolean => /^wss?:/i.test(url);
const hostOf = (url: string): string => new URL(url).host;

/** The trackers of a list that a browser can speak to. */
export const browserTrackers = (urls: readonly string[]): string[] => urls.filter(isWebSocket);

/** Everything that keeps a transfer from moving, or one of its sources from helping, in the order it should be read. */
export function problemsOf(status: SourceStatus): Problem[] {
  const ruledOut = policyProblems(status);
  if (ruledOut.length > 0) return ruledOut;
  return [...noSource(status), ...trackerProblems(status), ...peerProblems(status), ...originProblems(status)];
}

/** Only sources of the kind that the policy rules out: nothing else that is wrong with them matters. */
function policyProblems({ policy, hasMetadata, origins, trackerUrls }: SourceStatus): Problem[] {
  if (!hasMetadata) return [];
  const canMeetPeers = trackerUrls.some(isWebSocket);
  if (policy === 'peers-off' && canMeetPeers && origins.length === 0)
    return [{ code: 'policy-rules-out', off: 'peers' }];
  if (policy === 'origins-off' && !canMeetPeers && origins.length > 0) {
    return [{ code: 'policy-rules-out', off: 'origins' }];
  }
  return [];
}

function noSource({ trackerUrls, torrentUrls, origins, peers }: SourceStatus): Problem[] {
  if (origins.length > 0 || torrentUrls > 0 || peers > 0 || trackerUrls.some(isWebSocket)) return [];
  if (trackerUrls.length === 0) return [{ code: 'no-sources' }];
  const udpTrackers = trackerUrls.filter((url) => /^udp:/i.test(url)).length;
  return [{ code: 'no-browser-source', udpTrackers, httpTrackers: trackerUrls.length - udpTrackers }];
}

function trackerProblems({ trackers, peers, origins, isMoving, runningForS }: SourceStatus): Problem[] {
  const failing = trackers.filter(({ state }) => state === 'failing');
  const working = trackers.filter(({ state }) => state === 'working');
  const problems: Problem[] = [];
  const isHelped = isMoving && origins.some(({ isUsable }) => isUsable);
  if (failing.length > 0 && peers === 0 && !isHelped) {
    const hosts = failing.map(({ url }) => hostOf(url));
    problems.push({ code: 'trackers-unreachable', hosts, all: failing.length === trackers.length });
  }
  if (working.length > 0 && peers === 0 && !isMoving && runningForS >= PATIENCE_S) {
    problems.push({ code: 'no-peers', hosts: working.map(({ url }) => hostOf(url)) });
  }
  return problems;
}

function peerProblems({ peers, isMoving, runningForS, lyingPeers }: SourceStatus): Problem[] {
  const problems: Problem[] = [];
  if (peers > 0 && !isMoving && runningForS >= PATIENCE_S) problems.push({ code: 'peers-silent', peers });
  for (const [peer, pieces] of lyingPeers) problems.push({ code: 'peer-lied', peer, pieces });
  return problems;
}

function originProblems({ origins }: SourceStatus): Problem[] {
  const problems: Problem[] = [];
  for (const { host, lies, isDropped, last } of origins) {
    if (lies > 0) problems.push({ code: 'origin-lied', host, pieces: lies, dropped: isDropped });
    if (last !== null && !isDropped) problems.push(last);
  }
  return problems;
}
