import type { LedgerDetail } from '../../model/transfer-details.ts';
import { offloadOf, withVouched } from '../transfer/ledger.ts';
import type { TransferRecord } from '../transfer/transfer-record.ts';

/** The whole ledger of a transfer, whoever brought most first. */
export function ledgerDetail({ verified: marked, ledger, uploadedBytes }: TransferRecord): LedgerDetail {
  const { hosts, peers, vouchedBytes, wastedBytes } = ledger;
  const verified = withVouched(marked, ledger);
  const largestFirst = (a: { readonly bytes: number }, b: { readonly bytes: number }) => b.bytes - a.bytes;
  return {
    verified,
    vouchedBytes,
    offload: offloadOf(verified),
    hosts: hosts.named.map(({ name, bytes }) => ({ host: name, bytes })).sort(largestFirst),
    peers: peers.named.toSorted(largestFirst),
    otherHostsBytes: hosts.othersBytes,
    otherPeersBytes: peers.othersBytes,
    uploadedBytes,
    wastedBytes,
  };
}
