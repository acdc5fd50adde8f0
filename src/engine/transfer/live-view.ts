import type { Transfer } from './transfer.ts';
import type { TransferOptions } from './transfer-options.ts';
import type { LiveView } from './view-of.ts';

/** What a view tells of a transfer besides its record: what its run does now, and what the engine as a whole says of it. */
export function liveView(transfer: Transfer, { ports, mayShare, maySendReports, rules }: TransferOptions): LiveView {
  const { run, isSeeding } = transfer;
  // One at rest asks no clock: there may be thousands, and nothing of theirs depends on it.
  const live = run?.live ?? { download: null, trackers: [], peers: 0, startedAtMs: Number.POSITIVE_INFINITY };
  const uploadBytesPerS = run?.uploadRate.rate(ports.clock.nowMs()) ?? 0;
  const allowed = { mayShare: mayShare(), sendsReports: maySendReports() };
  const seedingEnd = rules.seedingEnd(transfer);
  return { ...live, ...allowed, ...rules.standing(transfer), uploadBytesPerS, isSeeding, seedingEnd };
}
