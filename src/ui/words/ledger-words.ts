import english from '../../_locales/en/ledger.json' with { type: 'json' };
import type { LedgerView } from '../../model/ledger.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import { wordsOf } from '../../words/say.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { formatCount } from '../formats/format-count.ts';
import { joinParts } from '../formats/format-list.ts';

const say = wordsOf('ledger', english);

/** Waste below this is not worth a word. */
const WORTH_SAYING_BYTES = 10_000;

/** Peers as the legend names them: `5 peers`; only `peers` when nobody kept their names. */
export function peersWords({ peers, hasMorePeers }: LedgerView): string {
  if (peers === 0) return say('somePeers');
  return hasMorePeers ? say('moreThan', { peers: formatCount(peers, 'peer') }) : formatCount(peers, 'peer');
}

/** Origins as the legend names them: `archive.org`, `5 origins`; only `origins` when nobody kept their names. */
export function originsWords({ hosts, moreHosts }: LedgerView): string {
  const [first, ...others] = hosts;
  if (first === undefined) return say('someOrigins');
  return others.length === 0 ? first.host : formatCount(hosts.length + moreHosts, 'origin');
}

/** Who brought the verified bytes: `412 MB from 5 peers, 96 MB from archive.org`. Empty when nothing came. */
export function sourcesSentence({ verified, ledger }: TransferView): string {
  const { peerBytes, hereBytes } = verified;
  const originBytes = verified.originBytes + ledger.vouchedBytes;
  return joinParts([
    ...(peerBytes > 0 ? [from(peerBytes, peersWords(ledger))] : []),
    ...(originBytes > 0 ? hostParts(originBytes, ledger) : []),
    ...(hereBytes > 0 ? [say('amountHere', { size: amount(hereBytes) })] : []),
  ]);
}

/** What came for nothing: `1.2 MB came twice`. Empty when it is not worth a word. */
export function wasteSentence({ ledger }: TransferView): string {
  const { duplicate, 'failed-hash': damaged, 'thrown-away': thrownAway, unwanted } = ledger.wastedBytes;
  return joinParts([
    ...(duplicate >= WORTH_SAYING_BYTES ? [say('cameTwice', { size: amount(duplicate) })] : []),
    ...(damaged >= WORTH_SAYING_BYTES ? [say('cameDamaged', { size: amount(damaged) })] : []),
    ...(thrownAway >= WORTH_SAYING_BYTES ? [say('cutOff', { size: amount(thrownAway) })] : []),
    ...(unwanted >= WORTH_SAYING_BYTES ? [say('cameUnwanted', { size: amount(unwanted) })] : []),
  ]);
}

/** One host has all bytes of origins, also those of a time whose names are lost; several have what is known of each. */
function hostParts(originBytes: number, ledger: LedgerView): string[] {
  const { hosts, moreHosts } = ledger;
  if (hosts.length <= 1) return [from(originBytes, originsWords(ledger))];
  const known = hosts.map(({ host, bytes }) => from(bytes, host));
  const rest = originBytes - hosts.reduce((sum, { bytes }) => sum + bytes, 0);
  return moreHosts === 0 ? known : [...known, from(rest, formatCount(moreHosts, 'otherOrigin'))];
}

const from = (bytes: number, sources: string): string => say('amountFrom', { size: amount(bytes), sources });

/** A number and its unit stay on one line. */
const amount = (bytes: number): string => formatBytes(bytes).replace(' ', '\u00a0');
