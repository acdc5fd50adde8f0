import type { LedgerView } from '../../model/ledger.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { formatCount } from '../formats/format-count.ts';

/** Waste below this is not worth a word. */
const WORTH_SAYING_BYTES = 10_000;

/** Peers as the legend names them: `5 peers`; only `peers` when nobody kept their names. */
export function peersWords({ peers, hasMorePeers }: LedgerView): string {
  if (peers === 0) return 'peers';
  return hasMorePeers ? `more than ${formatCount(peers, 'peer')}` : formatCount(peers, 'peer');
}

/** Origins as the legend names them: `archive.org`, `5 origins`; only `origins` when nobody kept their names. */
export function originsWords({ hosts, moreHosts }: LedgerView): string {
  const [first, ...others] = hosts;
  if (first === undefined) return 'origins';
  return others.length === 0 ? first.host : formatCount(hosts.length + moreHosts, 'origin');
}

/** Who brought the verified bytes: `412 MB from 5 peers, 96 MB from archive.org`. Empty when nothing came. */
export function sourcesSentence({ verified, ledger }: TransferView): string {
  const { peerBytes, originBytes, hereBytes } = verified;
  return [
    ...(peerBytes > 0 ? [`${amount(peerBytes)} from ${peersWords(ledger)}`] : []),
    ...(originBytes > 0 ? hostParts(originBytes, ledger) : []),
    ...(hereBytes > 0 ? [`${amount(hereBytes)} found here`] : []),
  ].join(', ');
}

/** What came for nothing: `1.2 MB came twice`. Empty when it is not worth a word. */
export function wasteSentence({ ledger }: TransferView): string {
  const { duplicate, 'failed-hash': damaged, 'thrown-away': thrownAway } = ledger.wastedBytes;
  return [
    ...(duplicate >= WORTH_SAYING_BYTES ? [`${amount(duplicate)} came twice`] : []),
    ...(damaged >= WORTH_SAYING_BYTES ? [`${amount(damaged)} came damaged`] : []),
    ...(thrownAway >= WORTH_SAYING_BYTES ? [`${amount(thrownAway)} was cut off and thrown away`] : []),
  ].join(', ');
}

/** One host has all bytes of origins, also those of a time whose names are lost; several have what is known of each. */
function hostParts(originBytes: number, ledger: LedgerView): string[] {
  const { hosts, moreHosts } = ledger;
  if (hosts.length <= 1) return [`${amount(originBytes)} from ${originsWords(ledger)}`];
  const known = hosts.map(({ host, bytes }) => `${amount(bytes)} from ${host}`);
  const rest = originBytes - hosts.reduce((sum, { bytes }) => sum + bytes, 0);
  return moreHosts === 0 ? known : [...known, `${amount(rest)} from ${formatCount(moreHosts, 'other origin')}`];
}

/** A number and its unit stay on one line. */
const amount = (bytes: number): string => formatBytes(bytes).replace(' ', '\u00a0');
