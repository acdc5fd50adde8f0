import type { Problem } from '../../model/failure.ts';
import type { TrackerStatus } from '../swarm/swarm.ts';
import type { Download } from './download.ts';
import type { OriginDesk } from './origin-desk.ts';
import type { OriginStatus, SourceStatus } from './problems.ts';
import type { TransferRecord } from './transfer-record.ts';

/** A transfer counts as moving above this. */
const MOVING_BYTES_PER_S = 1_000;

/** What runs of a transfer at this moment. */
export type Live = {
  readonly download: Download | null;
  readonly trackers: readonly TrackerStatus[];
  readonly peers: number;
  readonly startedAtMs: number;
  /** Origins that have answered while the user chooses. */
  readonly originsAlive?: number;
  /** Nobody can bring what is missing, and nothing can be saved without it. */
  readonly stuck?: Problem | null;
};

/** Gathers what `problemsOf` judges by. */
export function sourceStatus(record: TransferRecord, live: Live, nowMs: number): SourceStatus {
  const { download, trackers, peers, startedAtMs } = live;
  const rate = (download?.peerRate.rate(nowMs) ?? 0) + (download?.originRate.rate(nowMs) ?? 0);
  return {
    policy: record.policy,
    hasMetadata: record.state.phase !== 'fetching-metadata',
    trackerUrls: record.trackers,
    trackers,
    torrentUrls: record.state.phase === 'fetching-metadata' ? record.torrentUrls.length : 0,
    origins: download?.origins.map((desk) => originStatus(desk, nowMs)) ?? record.origins.map(unasked),
    peers,
    lyingPeers: download?.lyingPeers ?? new Map(),
    isMoving: rate > MOVING_BYTES_PER_S,
    runningForS: (nowMs - startedAtMs) / 1_000,
  };
}

function originStatus(desk: OriginDesk, nowMs: number): OriginStatus {
  const { lies } = desk.health;
  const retryInS = Math.max(Math.ceil((desk.restUntilMs - nowMs) / 1_000), 0);
  // Another transfer may have been told that the host is busy.
  const hostRests = retryInS > 0 ? ({ fault: 'busy', status: null } as const) : null;
  // Nobody has asked for a mirror, and nobody need know that it is gone.
  const last = desk.mirrorOf === null ? (desk.health.last ?? hostRests) : null;
  return {
    host: desk.host,
    isUsable: desk.isUsable(nowMs),
    isDropped: desk.isDropped,
    lies,
    last: last === null ? null : { code: 'origin-failed', host: desk.host, ...last, retryInS },
  };
}

const unasked = (origin: string): OriginStatus => ({
  host: new URL(origin).host,
  isUsable: true,
  isDropped: false,
  lies: 0,
  last: null,
});
