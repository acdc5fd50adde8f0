import { NOTHING_WASTED, type WastedBytes } from '../../model/ledger.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { UNCHOSEN_PATIENCE } from './chosen-patience.ts';
import { EMPTY_LEDGER, type Ledger } from './ledger.ts';
import type { TransferRecord } from './transfer-record.ts';

/** A record as an earlier version may have written it: what is younger than the first version can be missing. */
export type StoredRecord = Omit<TransferRecord, 'policy' | 'patience' | 'ledger'> &
  Partial<Pick<TransferRecord, 'policy' | 'patience'>> & { readonly ledger?: StoredLedger };

type StoredLedger = Pick<Ledger, 'hosts' | 'peers'> &
  Partial<Pick<Ledger, 'vouchedBytes'>> & { readonly wastedBytes: Partial<WastedBytes> };

/** The record with what was usual before it could say. */
export const currentRecord = (stored: StoredRecord): TransferRecord => ({
  ...stored,
  policy: stored.policy ?? DEFAULT_POLICY,
  patience: stored.patience ?? UNCHOSEN_PATIENCE,
  ledger: {
    ...EMPTY_LEDGER,
    ...stored.ledger,
    wastedBytes: { ...NOTHING_WASTED, ...stored.ledger?.wastedBytes },
  },
});
