/**
 * Why bytes that arrived were of no use: they came twice, failed their hash, were thrown away half-way, or were never
 * wanted: pages and error messages in place of a file, and parts of a file that its server sends unasked.
 */
export type WasteReason = 'duplicate' | 'failed-hash' | 'thrown-away' | 'unwanted';

export type WastedBytes = Readonly<Record<WasteReason, number>>;

export const NOTHING_WASTED: WastedBytes = { duplicate: 0, 'failed-hash': 0, 'thrown-away': 0, unwanted: 0 };

/** Two such figures as one, reason by reason. */
export const combinedWaste = (a: WastedBytes, b: WastedBytes, how: (a: number, b: number) => number): WastedBytes => ({
  duplicate: how(a.duplicate, b.duplicate),
  'failed-hash': how(a['failed-hash'], b['failed-hash']),
  'thrown-away': how(a['thrown-away'], b['thrown-away']),
  unwanted: how(a.unwanted, b.unwanted),
});

export type HostBytes = { readonly host: string; readonly bytes: number };

/** Who brought a transfer's verified bytes and what was wasted, as screens are told: few lines, however many sources. */
export type LedgerView = {
  /** Share of the downloaded, verified bytes that peers brought: 0 to 1, and 0 while there are none. */
  readonly offload: number;
  /** The hosts that brought most, those first. */
  readonly hosts: readonly HostBytes[];
  /** Hosts beyond `hosts` that are known by name. */
  readonly moreHosts: number;
  /** Peers that are known by name. */
  readonly peers: number;
  /** There were more peers than are kept by name. */
  readonly hasMorePeers: boolean;
  /** Bytes of origins that only a hash of the whole file vouches for: of pieces that cannot be verified. */
  readonly vouchedBytes: number;
  readonly wastedBytes: WastedBytes;
};

export const EMPTY_LEDGER_VIEW: LedgerView = {
  offload: 0,
  hosts: [],
  moreHosts: 0,
  peers: 0,
  hasMorePeers: false,
  vouchedBytes: 0,
  wastedBytes: NOTHING_WASTED,
};
