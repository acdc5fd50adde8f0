import type { LedgerSums } from '../../model/data-views.ts';
import { combinedWaste } from '../../model/ledger.ts';
import type { NamedBytes, Tally } from '../transfer/tally.ts';
import type { TransferRecord } from '../transfer/transfer-record.ts';

/** What came and went between two moments: sums, and what each origin's host brought. */
export type LedgerChange = { readonly sums: LedgerSums; readonly hosts: readonly NamedBytes[] };

type Counted = Pick<TransferRecord, 'ledger' | 'uploadedBytes'>;

/** The difference between a transfer's record and its next one; null when none of it is counted. Pure. */
export function changeOf(before: Counted, after: Counted): LedgerChange | null {
  if (before.ledger === after.ledger && before.uploadedBytes === after.uploadedBytes) return null;
  const was = before.ledger;
  const is = after.ledger;
  return {
    sums: {
      peerBytes: bytesOf(is.peers) - bytesOf(was.peers),
      originBytes: bytesOf(is.hosts) - bytesOf(was.hosts),
      uploadedBytes: after.uploadedBytes - before.uploadedBytes,
      wastedBytes: combinedWaste(is.wastedBytes, was.wastedBytes, (now, before) => now - before),
    },
    hosts: is.hosts === was.hosts ? [] : growth(was.hosts, is.hosts),
  };
}

const bytesOf = ({ named, othersBytes }: Tally): number => named.reduce((sum, { bytes }) => sum + bytes, othersBytes);

/** What each name has more than before. A name that lost its place to another brought nothing now. */
function growth(was: Tally, is: Tally): NamedBytes[] {
  const before = new Map(was.named.map(({ name, bytes }) => [name, bytes]));
  return is.named
    .map(({ name, bytes }) => ({ name, bytes: bytes - (before.get(name) ?? 0) }))
    .filter(({ bytes }) => bytes > 0);
}
