/** What was counted of one file or several, on one day or several. */
export type Sums = {
  readonly originAnswers: number;
  readonly originBytes: number;
  /** Downloads that one answer of the origin was. */
  readonly plain: number;
  /** What the tracker was told. */
  readonly started: number;
  readonly completed: number;
  /** Proven deliveries of the control group, which no tracker hears of. */
  readonly control: number;
  /** `plain`, `completed` and `control`, each times the size of its file. */
  readonly deliveredBytes: number;
  readonly reports: {
    readonly completed: number;
    readonly failed: number;
    readonly cancelled: number;
    readonly proven: number;
    readonly provenWithPeers: number;
    readonly originBytes: number;
    readonly peerBytes: number;
    readonly uploadedBytes: number;
  };
};

/** `day` as `2026-11-22`, in UTC. */
export type DaySums = Sums & { readonly day: string };
/** Name and size are null when the file was never described. */
export type FileSums = Sums & {
  readonly infoHash: string;
  readonly name: string | null;
  readonly sizeBytes: number | null;
};
export type SpeedCount = { readonly cohort: 'mixed' | 'control'; readonly step: number; readonly deliveries: number };

/** Which events a question is about; days included, null where it has no end. */
export type Span = { readonly from: string | null; readonly to: string | null; readonly infoHash: string | null };
