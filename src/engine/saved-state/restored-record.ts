import { NO_BYTES } from '../transfer/bytes-by-source.ts';
import { EMPTY_LEDGER } from '../transfer/ledger.ts';
import type { TransferRecord } from '../transfer/transfer-record.ts';
import type { PortableTransfer } from './state-document.ts';

/**
 * The record of a transfer that a document names: paused, and with nothing here of it. What the store has of it all the
 * same is found when it goes on.
 */
export function restoredRecord({ info: _info, ...portable }: PortableTransfer): TransferRecord {
  return {
    ...portable,
    state: { phase: 'paused', resumeTo: { phase: 'fetching-metadata' } },
    verified: NO_BYTES,
    ledger: EMPTY_LEDGER,
    saved: [],
    folder: null,
    shown: null,
    isHidden: false,
    isStored: false,
    problems: [],
  };
}
