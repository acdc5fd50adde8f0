import type { TransferId } from '../../model/ids.ts';
import type { LimitInForce, LimitReason } from '../../model/limit-in-force.ts';
import type { Transfer } from '../transfer/transfer.ts';
import type { TransferRecord } from '../transfer/transfer-record.ts';
import type { LimitFacts } from './facts.ts';

/** Bytes a second that come now: of one transfer, and of all together. */
export type SpeedsNow = { readonly ownBytesPerS: number; readonly allBytesPerS: number };

export type LimitOfAll = Pick<LimitFacts, 'limit' | 'bytesPerS'>;

/** What comes now of the transfers that download. */
export function speedsNow(transfers: Iterable<Transfer>, id: TransferId, nowMs: number): SpeedsNow {
  let allBytesPerS = 0;
  let ownBytesPerS = 0;
  for (const transfer of transfers) {
    const download = transfer.run?.live.download;
    if (download == null) continue;
    const bytesPerS = download.peerRate.rate(nowMs) + download.originRate.rate(nowMs);
    allBytesPerS += bytesPerS;
    if (transfer.id === id) ownBytesPerS = bytesPerS;
  }
  return { ownBytesPerS, allBytesPerS };
}

const NAMES: Partial<Record<LimitReason, LimitOfAll['limit']>> = {
  'all-transfers': 'download',
  schedule: 'schedule',
  browsing: 'quiet',
  metered: 'metered',
};

/** What holds for all transfers together; null when nothing does. That all of them are paused is the queue's to say. */
export function limitOfAll({ down }: LimitInForce): LimitOfAll | null {
  const limit = down === null ? undefined : NAMES[down.because];
  return down === null || limit === undefined ? null : { limit, bytesPerS: down.bytesPerS };
}

/** The limit that is closest to being reached: its own, or what holds for all; null when there is none. Pure. */
export function limitFacts(record: TransferRecord, all: LimitOfAll | null, speeds: SpeedsNow): LimitFacts | null {
  const limits: LimitFacts[] = [];
  const own = record.limits?.downBytesPerS ?? null;
  if (own !== null) limits.push({ limit: 'transfer', bytesPerS: own, usedBytesPerS: speeds.ownBytesPerS });
  if (all !== null) limits.push({ ...all, usedBytesPerS: speeds.allBytesPerS });
  const share = ({ bytesPerS, usedBytesPerS }: LimitFacts) => (bytesPerS === 0 ? 1 : usedBytesPerS / bytesPerS);
  return limits.toSorted((a, b) => share(b) - share(a))[0] ?? null;
}
