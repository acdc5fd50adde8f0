import { MAX_STATE_CHARS, MAX_STATE_TRANSFERS } from '../../model/limits.ts';
import { EMPTY_TOTALS, type StoredTotals } from '../totals/stored-totals.ts';
import { type Members, members, PlainValueError } from '../transfer/plain-values.ts';
import { readPortable } from './read-portable.ts';
import { readTotals } from './read-totals.ts';
import { type PortableTransfer, STATE_FORMAT, STATE_VERSION } from './state-document.ts';

/** A document as it was understood: what cannot be read of it is left out, and counted where it is a transfer. */
export type ReadState =
  | {
      readonly ok: true;
      readonly transfers: readonly PortableTransfer[];
      readonly unreadable: number;
      readonly ledger: StoredTotals;
    }
  | { readonly ok: false; readonly reason: 'no-state' | 'newer-version' | 'too-large' };

/**
 * Reads what `writeState` wrote, and anybody may have changed since: each value is checked and bounded, and nothing that
 * is not described gets in. Its settings are read at the door, where settings are known. Pure; never throws.
 */
export function readState(text: string, maxChars = MAX_STATE_CHARS): ReadState {
  if (text.length > maxChars) return { ok: false, reason: 'too-large' };
  const document = parsed(text);
  const version = document?.version;
  if (document?.format !== STATE_FORMAT || !Number.isSafeInteger(version) || (version as number) < 1) {
    return { ok: false, reason: 'no-state' };
  }
  if ((version as number) > STATE_VERSION) return { ok: false, reason: 'newer-version' };
  const listed = Array.isArray(document.transfers) ? document.transfers : [];
  const read = listed.slice(0, MAX_STATE_TRANSFERS).map((value) => orLeftOut(() => readPortable(value)));
  const transfers = read.filter((transfer) => transfer !== null);
  return {
    ok: true,
    transfers,
    unreadable: listed.length - transfers.length,
    ledger: orLeftOut(() => readTotals(document.ledger)) ?? EMPTY_TOTALS,
  };
}

function parsed(text: string): Members | null {
  try {
    return members(JSON.parse(text), 'the document');
  } catch {
    return null;
  }
}

function orLeftOut<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof PlainValueError) return null;
    throw error;
  }
}
