import type { OriginRow } from '../../model/transfer-details.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { Download } from '../transfer/download.ts';
import type { TransferRecord } from '../transfer/transfer-record.ts';
import { countChangedFiles } from './changed-files.ts';

/** The origins of a download, mirrors included; of a transfer that does not download, those of its record. */
export function originRows(
  record: TransferRecord,
  download: Download | null,
  info: TorrentInfo | null,
  nowMs: number,
): OriginRow[] {
  if (download === null) {
    return record.origins.map((origin) => ({
      origin,
      host: new URL(origin).host,
      health: null,
      lastFault: null,
      changedFiles: 0,
    }));
  }
  return download.origins.map((desk) => ({
    origin: desk.origin,
    host: desk.host,
    health: desk.healthView(nowMs),
    lastFault: desk.health.last,
    changedFiles: info === null ? 0 : countChangedFiles(desk, info),
  }));
}
