import type { Problem } from '../../model/failure.ts';
import { NO_LIMITS } from '../../model/transfer-limits.ts';
import type { Halt, SeedingEnd, TransferView } from '../../model/transfer-view.ts';
import { deliveryView } from './delivery.ts';
import { ledgerView } from './ledger.ts';
import { problemsOf } from './problems.ts';
import { type Live, sourceStatus } from './source-status.ts';
import type { TransferRecord } from './transfer-record.ts';

/** Below this a time left would be a guess. */
const MIN_RATE_BYTES_PER_S = 1_000;

export type LiveView = Live & {
  readonly uploadBytesPerS: number;
  readonly isSeeding: boolean;
  readonly seedingEnd: SeedingEnd | null;
  readonly mayShare: boolean;
  readonly sendsReports: boolean;
  /** What the queue says of it. */
  readonly isWaiting: boolean;
  readonly halt: Halt | null;
  readonly queuePlace: number | null;
};

/** A transfer as screens see it. */
export function viewOf(record: TransferRecord, live: LiveView, nowMs: number): TransferView {
  const { id, name, addedAtMs, sizeBytes, files, state, policy, verified, uploadedBytes, shown } = record;
  const { download, peers, uploadBytesPerS, isSeeding } = live;
  const peerBytesPerS = download?.peerRate.rate(nowMs) ?? 0;
  const originBytesPerS = download?.originRate.rate(nowMs) ?? 0;
  const rate = peerBytesPerS + originBytesPerS;
  const leftBytes = (sizeBytes ?? 0) - verified.peerBytes - verified.originBytes - verified.hereBytes;
  const isTold = state.phase === 'downloading' && rate > MIN_RATE_BYTES_PER_S;
  return {
    id,
    name,
    addedAtMs,
    sizeBytes,
    files,
    state,
    policy,
    patience: record.patience.choice,
    verified,
    ledger: ledgerView(record.ledger, verified),
    peerBytesPerS,
    originBytesPerS,
    uploadBytesPerS,
    uploadedBytes,
    secondsLeft: isTold ? Math.max(leftBytes, 0) / rate : null,
    peersConnected: peers,
    originsUsable: download?.origins.filter((origin) => origin.isUsable(nowMs)).length ?? live.originsAlive ?? 0,
    isSeeding,
    seedingEnd: live.seedingEnd,
    problems: currentProblems(record, live, nowMs),
    saved: shown,
    isStaged: record.isStaged ?? false,
    site: record.site ?? null,
    delivery: deliveryView(record, live),
    isWaiting: live.isWaiting,
    halt: live.halt,
    queuePlace: live.queuePlace,
    label: record.label ?? null,
    limits: record.limits ?? NO_LIMITS,
    isStored: record.isStored,
    keepsCopy: record.keepsCopy ?? null,
    playable: record.playable ?? null,
    isPrivateWindow: record.isPrivateWindow ?? false,
  };
}

/** Who lied is told also when the transfer is done. */
export const lastingProblems = (record: TransferRecord, live: Live, nowMs: number): readonly Problem[] =>
  currentProblems(record, live, nowMs).filter(({ code }) => code.endsWith('-lied'));

/** What is wrong now; for a transfer that looks for nothing, what was still wrong at its end. */
export function currentProblems(record: TransferRecord, live: Live, nowMs: number): readonly Problem[] {
  const { phase } = record.state;
  const isLooking = phase === 'fetching-metadata' || phase === 'choosing' || phase === 'downloading';
  if (!isLooking) return record.problems;
  const leftOut = record.leftOut ?? [];
  const problems = problemsOf(sourceStatus(record, live, nowMs)).filter(
    // Nobody is asked for anything while the user chooses.
    ({ code }) => phase !== 'choosing' || code !== 'peers-silent',
  );
  if (leftOut.length > 0) problems.push({ code: 'local-addresses-left-out', hosts: leftOut });
  return live.stuck ? [live.stuck, ...problems] : problems;
}
