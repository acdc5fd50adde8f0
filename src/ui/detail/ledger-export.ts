import type { LedgerDetail } from '../../model/transfer-details.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import { csvOf } from '../formats/csv.ts';

/** The ledger of one transfer as JSON: bytes, and shares from 0 to 1. */
export function ledgerJson({ id, name, sizeBytes }: TransferView, ledger: LedgerDetail): string {
  return `${JSON.stringify({ infoHash: id, name, sizeBytes, ...ledger }, null, 2)}\n`;
}

/** The same as a table: who, of what kind, how many bytes. */
export function ledgerCsv(ledger: LedgerDetail): string {
  const { verified, hosts, peers, otherHostsBytes, otherPeersBytes, uploadedBytes, vouchedBytes, wastedBytes } = ledger;
  return csvOf([
    ['kind', 'name', 'bytes'],
    ['verified', 'peers', verified.peerBytes],
    ['verified', 'origins', verified.originBytes],
    ['verified', 'here', verified.hereBytes],
    ['vouched', 'origins', vouchedBytes],
    ...hosts.map(({ host, bytes }) => ['origin', host, bytes] as const),
    ['origin', '(others)', otherHostsBytes],
    ...peers.map(({ name, bytes }) => ['peer', name, bytes] as const),
    ['peer', '(others)', otherPeersBytes],
    ['uploaded', '', uploadedBytes],
    ...Object.entries(wastedBytes).map(([reason, bytes]) => ['wasted', reason, bytes] as const),
  ]);
}
