import type { LedgerView } from '../../model/ledger.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { formatCount } from '../formats/format-count.ts';
import { formatList } from '../formats/format-list.ts';

/** Less than this is not worth a word. */
const WORTH_SAYING_BYTES = 1_000;

/** Peers as the legend names them: `5 peers`; only `peers` when nobody kept their names. */
export function peersWords({ peers, hasMorePeers }: LedgerView): string {
  if (peers === 0) return 'peers';
  return hasMorePeers ? `more than ${formatCount(peers, 'peer')}` : formatCount(peers, 'peer');
}

/** Origins as the legend names them: `archive.org`, `a.org, b.org and 2 more`; only `origins` when nobody kept their names. */
export function originsWords({ hosts, moreHosts }: LedgerView): string {
  if (hosts.length === 0) return 'origins';
  return formatList([...hosts.map(({ host }) => host), ...Array.from({ length: moreHosts }, () => '')]);
}

/** Who brought a transfer and what came for nothing, as one sentence without its full stop; empty when nothing came. */
export function ledgerWords({ verified, ledger, uploadedBytes }: TransferView): string {
  const { peerBytes, originBytes, hereBytes } = verified;
  const { duplicate, 'failed-hash': failed, 'thrown-away': thrownAway } = ledger.wastedBytes;
  const say = (bytes: number, words: string) => (bytes >= WORTH_SAYING_BYTES ? [`${formatBytes(bytes)} ${words}`] : []);
  return [
    ...(peerBytes > 0 ? [`${formatBytes(peerBytes)} from ${peersWords(ledger)}`] : []),
    ...(originBytes > 0 ? hostParts(originBytes, ledger) : []),
    ...(hereBytes > 0 ? [`${formatBytes(hereBytes)} found here`] : []),
    ...say(duplicate, 'came twice'),
    ...say(failed, 'came damaged'),
    ...say(thrownAway, 'thrown away half-way'),
    ...say(uploadedBytes, 'sent to peers'),
  ].join(', ');
}

/** One host has all bytes of origins, also those of a time whose names are lost; several have what is known of each. */
function hostParts(originBytes: number, ledger: LedgerView): string[] {
  const { hosts, moreHosts } = ledger;
  if (hosts.length + moreHosts <= 1) return [`${formatBytes(originBytes)} from ${originsWords(ledger)}`];
  const known = hosts.map(({ host, bytes }) => `${formatBytes(bytes)} from ${host}`);
  const rest = originBytes - hosts.reduce((sum, { bytes }) => sum + bytes, 0);
  return moreHosts === 0 ? known : [...known, `${formatBytes(rest)} from ${formatCount(moreHosts, 'other origin')}`];
}
