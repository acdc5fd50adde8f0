import type { OriginUrl } from '../../model/ids.ts';
import { type LedgerView, NOTHING_WASTED, type WastedBytes, type WasteReason } from '../../model/ledger.ts';
import type { BytesBySource } from '../../model/transfer-view.ts';
import type { DepotEvent, Source, VerifiedPiece } from '../store/depot.ts';
import { lengthOfPiece } from '../torrent/piece-length.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { EMPTY_TALLY, type Tally, withBytes } from './tally.ts';

const MAX_HOSTS = 32;
const MAX_PEERS = 64;
/** Hosts that a screen is told of by name. */
const SHOWN_HOSTS = 3;

/**
 * Who brought a transfer's verified bytes, by name, and what was wasted: sums that are kept in its record. Bytes by kind
 * of source are the journal's to say (`BytesBySource`) and survive any crash; names lose at most what came since the
 * record was last written.
 */
export type Ledger = {
  readonly hosts: Tally;
  readonly peers: Tally;
  /** Bytes of hosts that only a hash of the whole file vouches for: no mark in the journal tells of them. */
  readonly vouchedBytes: number;
  readonly wastedBytes: WastedBytes;
};

export const EMPTY_LEDGER: Ledger = {
  hosts: EMPTY_TALLY,
  peers: EMPTY_TALLY,
  vouchedBytes: 0,
  wastedBytes: NOTHING_WASTED,
};

/** Says what a peer is called in the ledger; it must be the same name for as long as the peer is connected. */
export type NameOfPeer = (peer: Extract<Source, { kind: 'peer' }>['peer']) => string;

/** The ledger after something that the store told. Most events change nothing. */
export function afterEvent(ledger: Ledger, event: DepotEvent, info: TorrentInfo, nameOfPeer: NameOfPeer): Ledger {
  switch (event.type) {
    case 'verified':
      return event.pieces.reduce((sum, piece) => withPiece(sum, piece, nameOfPeer), ledger);
    case 'wasted':
      return withWaste(ledger, event.reason, event.bytes);
    case 'piece-failed':
      return withWaste(ledger, 'failed-hash', lengthOfPiece(info, event.piece));
    case 'came-aside':
      return event.as === 'vouched'
        ? { ...withHost(ledger, event.origin, event.bytes), vouchedBytes: ledger.vouchedBytes + event.bytes }
        : withWaste(ledger, event.as, event.bytes);
    case 'run-answered':
    case 'run-progress':
    case 'run-ended':
    case 'liars-found':
    case 'origin-requested':
    case 'mirrors-named':
    case 'checked':
    case 'failed':
      return ledger;
  }
}

/** The ledger with more bytes that were of no use. */
export function withWaste(ledger: Ledger, reason: WasteReason, bytes: number): Ledger {
  const { wastedBytes } = ledger;
  return { ...ledger, wastedBytes: { ...wastedBytes, [reason]: wastedBytes[reason] + bytes } };
}

/** Share of the downloaded, verified bytes that peers brought: 0 to 1, and 0 while there are none. */
export function offloadOf({ peerBytes, originBytes }: BytesBySource): number {
  const bytes = peerBytes + originBytes;
  return bytes === 0 ? 0 : peerBytes / bytes;
}

/** Verified bytes by source together with those that only a hash of the whole file vouches for. */
export const withVouched = (verified: BytesBySource, { vouchedBytes }: Ledger): BytesBySource =>
  vouchedBytes === 0 ? verified : { ...verified, originBytes: verified.originBytes + vouchedBytes };

/** What screens are told of a ledger. */
export function ledgerView(ledger: Ledger, verified: BytesBySource): LedgerView {
  const { hosts, peers, vouchedBytes, wastedBytes } = ledger;
  const largestFirst = hosts.named.toSorted((a, b) => b.bytes - a.bytes);
  return {
    offload: offloadOf(withVouched(verified, ledger)),
    hosts: largestFirst.slice(0, SHOWN_HOSTS).map(({ name, bytes }) => ({ host: name, bytes })),
    moreHosts: Math.max(largestFirst.length - SHOWN_HOSTS, 0),
    peers: peers.named.length,
    hasMorePeers: peers.othersBytes > 0,
    vouchedBytes,
    wastedBytes,
  };
}

function withPiece(ledger: Ledger, { from }: VerifiedPiece, nameOfPeer: NameOfPeer): Ledger {
  let sum = ledger;
  for (const { source, bytes } of from) {
    if (source.kind === 'origin') sum = withHost(sum, source.origin, bytes);
    else sum = { ...sum, peers: withBytes(sum.peers, nameOfPeer(source.peer), bytes, MAX_PEERS) };
  }
  return sum;
}

const withHost = (ledger: Ledger, origin: OriginUrl, bytes: number): Ledger => ({
  ...ledger,
  hosts: withBytes(ledger.hosts, new URL(origin).host, bytes, MAX_HOSTS),
});
