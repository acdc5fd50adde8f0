import { base64Of } from '../../model/base64.ts';
import type { SavedState } from '../../model/data-views.ts';
import { MAX_STATE_CHARS } from '../../model/limits.ts';
import type { Settings } from '../../model/settings.ts';
import type { StoredTotals } from '../totals/stored-totals.ts';
import type { TransferRecord } from '../transfer/transfer-record.ts';
import { leaveOutSecrets } from './leave-out-secrets.ts';
import {
  CONSENTS,
  PORTABLE_MEMBERS,
  type PortableRecord,
  type PortableTransfer,
  STATE_FORMAT,
  STATE_VERSION,
  type StateDocument,
} from './state-document.ts';

export type Remembered = {
  readonly savedAtMs: number;
  readonly settings: Settings;
  /** Each with its info dictionary, or null while it is not known. */
  readonly transfers: readonly { readonly record: TransferRecord; readonly infoBytes: Uint8Array | null }[];
  readonly ledger: StoredTotals;
  /** Whether addresses that may be secret are in it; they are unless it says no. */
  readonly withSecrets?: boolean;
};

/**
 * Everything that is remembered as one JSON text. What came from private windows, what is off the list and what the user
 * has not agreed to yet is no part of it. When it would be longer than `maxChars`, the largest info dictionaries stay
 * out. Pure.
 */
export function writeState(remembered: Remembered, maxChars = MAX_STATE_CHARS): SavedState {
  const { savedAtMs, ledger, withSecrets = true } = remembered;
  const kept = remembered.transfers.filter(({ record }) => isPortable(record));
  const settings: Partial<Settings> = { ...remembered.settings };
  for (const name of CONSENTS) delete settings[name];
  const all = {
    format: STATE_FORMAT,
    version: STATE_VERSION,
    savedAtMs,
    settings: settings as StateDocument['settings'],
    transfers: kept.map(
      ({ record, infoBytes }): PortableTransfer => ({
        ...portable(record),
        info: infoBytes === null ? null : base64Of(infoBytes),
      }),
    ),
    ledger,
  } satisfies StateDocument;
  const { document, leftOut } = withSecrets ? { document: all, leftOut: 0 } : leaveOutSecrets(all);

  const infos = document.transfers.map(({ info }) => info);
  const transfers = document.transfers.map((transfer): PortableTransfer => ({ ...transfer, info: null }));
  let room = maxChars - JSON.stringify({ ...document, transfers }, null, 1).length;
  const smallestFirst = [...infos.entries()].sort(([, a], [, b]) => (a?.length ?? 0) - (b?.length ?? 0));
  let withoutInfo = 0;
  for (const [index, info] of smallestFirst) {
    const transfer = transfers[index];
    if (info === null || transfer === undefined) continue;
    room -= info.length;
    if (room < 0) withoutInfo += 1;
    else transfers[index] = { ...transfer, info };
  }
  return { text: JSON.stringify({ ...document, transfers }, null, 1), withoutInfo, leftOut };
}

const isPortable = ({
  isHidden,
  isPrivateWindow = false,
  isStaged = false,
  state,
  torrentUrls,
  id,
}: TransferRecord) => {
  const isUnreadable = state.phase === 'failed' && torrentUrls.length === 0 && !/^[0-9a-f]{40}$/.test(id);
  return !isHidden && !isPrivateWindow && !isStaged && !isUnreadable;
};

const portable = (record: TransferRecord): PortableRecord =>
  Object.fromEntries(
    PORTABLE_MEMBERS.filter((name) => record[name] !== undefined).map((name) => [name, record[name]]),
  ) as PortableRecord;
