import { DEFAULT_POLICY } from '../../model/policy.ts';
import { UNCHOSEN_PATIENCE } from './chosen-patience.ts';
import { EMPTY_LEDGER } from './ledger.ts';
import type { TransferRecord } from './transfer-record.ts';

/** A record as an earlier version may have written it: what is younger than the first version can be missing. */
export type StoredRecord = Omit<TransferRecord, 'policy' | 'patience' | 'ledger'> &
  Partial<Pick<TransferRecord, 'policy' | 'patience' | 'ledger'>>;

/** The record with what was usual before it could say. */
export const currentRecord = (stored: StoredRecord): TransferRecord => ({
  ...stored,
  policy: stored.policy ?? DEFAULT_POLICY,
  patience: stored.patience ?? UNCHOSEN_PATIENCE,
  ledger: stored.ledger ?? EMPTY_LEDGER,
});
