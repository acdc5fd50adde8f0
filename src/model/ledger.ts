/** Why bytes that arrived were of no use: they came twice, failed their hash, or were thrown away half-way. */
export type WasteReason = 'duplicate' | 'failed-hash' | 'thrown-away';

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
  readonly wastedBytes: Readonly<Record<WasteReason, number>>;
};

export const EMPTY_LEDGER_VIEW: LedgerView = {
  offload: 0,
  hosts: [],
  moreHosts: 0,
  peers: 0,
  hasMorePeers: false,
  wastedBytes: { duplicate: 0, 'failed-hash': 0, 'thrown-away': 0 },
};
