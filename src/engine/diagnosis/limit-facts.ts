import type { TransferId } from '../../model/ids.ts';
import type { Settings } from '../../model/settings.ts';
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

/** What holds for all transfers together; null when nothing does. */
export const limitOfAll = ({ downBytesPerS }: Settings): LimitOfAll | null =>
  downBytesPerS === null ? null : { limit: 'download', bytesPerS: downBytesPerS };

/** The limit that is closest to being reached: its own, or what holds for all; null when there is none. Pure. */
export function limitFacts(record: TransferRecord, all: LimitOfAll | null, speeds: SpeedsNow): LimitFacts | null {
  const limits: LimitFacts[] = [];
  const own = record.limits?.downBytesPerS ?? null;
  if (own !== null) limits.push({ limit: 'transfer', bytesPerS: own, usedBytesPerS: speeds.ownBytesPerS });
  if (all !== null) limits.push({ ...all, usedBytesPerS: speeds.allBytesPerS });
  const share = ({ bytesPerS, usedBytesPerS }: LimitFacts) => (bytesPerS === 0 ? 1 : usedBytesPerS / bytesPerS);
  return limits.toSorted((a, b) => share(b) - share(a))[0] ?? null;
}
