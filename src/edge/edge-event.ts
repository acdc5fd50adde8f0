/** Something that counts for the statistics, at `atMs` (milliseconds since 1970). No address of anybody is kept. */
export type EdgeEvent =
  /**
   * One answer of the origin: bytes of the body that were sent, seen by this edge or read from an access log. `whole`: it
   * brought the whole file to somebody (a plain download). One without bytes says that answers before it did so together.
   */
  | {
      readonly type: 'origin';
      readonly atMs: number;
      readonly infoHash: string;
      readonly bytes: number;
      readonly whole: boolean;
      /** Names the log line, so that a log that is read twice counts once; null for what this edge sent itself. */
      readonly lineId: string | null;
    }
  /** The tracker was told of a download's begin or end by somebody who may have made it so, as far as it can tell. */
  | { readonly type: 'started' | 'completed'; readonly atMs: number; readonly infoHash: string }
  /** A client's report that passed the checks; `proven` when it showed that it has the file. */
  | {
      readonly type: 'report';
      readonly atMs: number;
      readonly infoHash: string;
      readonly cohort: 'mixed' | 'control';
      readonly result: 'completed' | 'failed' | 'cancelled';
      readonly originBytes: number;
      readonly peerBytes: number;
      readonly uploadedBytes: number;
      readonly seconds: number;
      readonly proven: boolean;
      /** Its time may be compared with those of others: only with a proof, where this edge could have had one. */
      readonly isTimed: boolean;
    };

/** Takes events. Resolves when they are on the disk: what was acknowledged survives a kill. */
export type RecordEvents = (events: readonly EdgeEvent[]) => Promise<void>;
