/**
 * What `GET <edge>/api/stats` answers as JSON. Days are UTC, bytes are bytes. The one truth about savings is what the
 * origin sent: clients' claims are shown beside it and enter no sum (docs/edge/statistics.md).
 */
export type Statistics = {
  /** Both days included; null where the span has no end. */
  readonly from: string | null;
  readonly to: string | null;
  /** The info hash that was asked for; null for all files. */
  readonly file: string | null;
  readonly totals: Tally;
  /** Days on which something happened, in order. */
  readonly days: readonly (Tally & { readonly day: string })[];
  /** The files that matter most, by bytes; `filesLeftOut` more are only in the totals. */
  readonly files: readonly (Tally & FileIdentity)[];
  readonly filesLeftOut: number;
  readonly speeds: SpeedComparison;
  /** Null until somebody has set it. */
  readonly price: Price | null;
  readonly notes: readonly StatisticsNote[];
};

export type FileIdentity = {
  /** 40 lower-case hex digits. */
  readonly infoHash: string;
  /** Both null when the file was never published here. */
  readonly name: string | null;
  readonly sizeBytes: number | null;
};

export type Tally = {
  /** `plain` + `withPeers` + `control`. */
  readonly completions: number;
  /** Downloads that one whole answer of the origin was. */
  readonly plain: number;
  /** Downloads that the tracker heard the end of. */
  readonly withPeers: number;
  /** Proven downloads of the control group, which no tracker hears of. */
  readonly control: number;
  /** Downloads that the tracker heard the begin of. */
  readonly started: number;
  /** Each completion times the size of its file. */
  readonly deliveredBytes: number;
  /** All that the origin sent, broken-off answers too. */
  readonly originBytes: number;
  /** Delivered without the origin; below zero when it sent more than was delivered. Null when its bytes are not seen. */
  readonly savedBytes: number | null;
  /** `savedBytes` / `deliveredBytes`; null when nothing was delivered or the origin's bytes are not seen. */
  readonly offload: number | null;
  /** What clients say: it enters none of the numbers above but `control`, which is proven. */
  readonly claims: Claims;
};

export type Claims = {
  readonly completed: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Those of `completed` that showed that they have the file. */
  readonly proven: number;
  readonly originBytes: number;
  readonly peerBytes: number;
  readonly uploadedBytes: number;
};

export type SpeedOfCohort = { readonly deliveries: number; readonly medianBytesPerS: number | null };

/** How fast completed deliveries were with peers, and how fast those that were left to the origin alone. */
export type SpeedComparison = {
  readonly mixed: SpeedOfCohort;
  readonly control: SpeedOfCohort;
  /** Median with peers over median without; null while `too-few`. */
  readonly ratio: number | null;
  /** `faster` and `slower` only when chance would show such a difference less than once in twenty times. */
  readonly verdict: 'too-few' | 'no-difference' | 'faster' | 'slower';
};

/** What the origin's traffic costs: money for each GB (10⁹ bytes). `currency` as in ISO 4217: `EUR`. */
export type Price = { readonly perGB: number; readonly currency: string };

/** What must be known to read the numbers rightly. */
export type StatisticsNote =
  /** No answer of the origin was ever seen: without them there are no savings to reckon. */
  | 'origin-not-seen'
  /** Clients took clearly more from the origin than its records show: logs are late or missing. */
  | 'origin-incomplete'
  /** More deliveries were proven than the tracker heard of: some use another tracker. */
  | 'tracker-incomplete'
  /** Clients claim far more bytes from peers than clients say that they uploaded. */
  | 'claims-differ'
  /** Bytes of files whose size is not known here. */
  | 'files-unknown';

const BYTES_PER_GB = 1e9;

/** What the saved bytes would have cost; below zero for what was spent beyond what was delivered. */
export const moneySaved = (savedBytes: number, { perGB }: Price): number => (savedBytes / BYTES_PER_GB) * perGB;
