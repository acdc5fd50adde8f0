/** Limits of one transfer. Null: no limit of its own, or the goal of the settings. */
export type TransferLimits = {
  readonly downBytesPerS: number | null;
  readonly upBytesPerS: number | null;
  /** Seeding ends when the uploaded bytes are so many times those of the torrent. */
  readonly ratio: number | null;
};

export const NO_LIMITS: TransferLimits = { downBytesPerS: null, upBytesPerS: null, ratio: null };
