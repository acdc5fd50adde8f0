import type { TransferId } from '../../model/ids.ts';
import { DEFAULT_POLICY, type Policy } from '../../model/policy.ts';
import type { SourceList, TorrentInfo } from '../torrent/torrent-description.ts';
import { type ChosenPatience, UNCHOSEN_PATIENCE } from './chosen-patience.ts';
import { ALL_FILES, choiceOfSelected } from './file-choice.ts';
import { EMPTY_LEDGER } from './ledger.ts';
import { sizeOf } from './needs.ts';
import type { TransferRecord } from './transfer-record.ts';

export type NewTransfer = {
  readonly id: TransferId;
  readonly name: string;
  readonly sources: SourceList;
  readonly torrentUrls: readonly string[];
  readonly sizeBytes: number | null;
  readonly nowMs: number;
  readonly policy?: Policy;
  /** Indices of the only files to download (`so=`); all when it is left out or null. */
  readonly selected?: readonly number[] | null;
  readonly patience?: ChosenPatience;
};

/** The record of a transfer that was just added: nothing is known of it but where to look. */
export function newRecord(added: NewTransfer): TransferRecord {
  const { id, name, sources, torrentUrls, sizeBytes, nowMs, selected = null } = added;
  const { policy = DEFAULT_POLICY, patience = UNCHOSEN_PATIENCE } = added;
  return {
    id,
    name,
    addedAtMs: nowMs,
    trackers: sources.trackers,
    origins: sources.origins,
    torrentUrls,
    isPrivate: false,
    policy,
    patience,
    state: { phase: 'fetching-metadata' },
    sizeBytes,
    files: null,
    uploadedBytes: 0,
    verified: { peerBytes: 0, originBytes: 0, hereBytes: 0 },
    ledger: EMPTY_LEDGER,
    saved: [],
    folder: null,
    shown: null,
    isHidden: false,
    isStored: false,
    problems: [],
    selected,
  };
}

/** What the info dictionary adds to it. */
export function recordOfInfo(
  info: TorrentInfo,
  { selected, choice: chosen = ALL_FILES }: Pick<TransferRecord, 'choice' | 'selected'>,
): Partial<TransferRecord> {
  const choice = selected ? choiceOfSelected(selected, info) : chosen;
  return { name: info.name, ...sizeOf(info, choice), isPrivate: info.isPrivate, choice, selected: null };
}
