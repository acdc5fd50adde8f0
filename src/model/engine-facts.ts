import type { LimitInForce } from './limit-in-force.ts';

/** What screens are told of the engine as a whole. */
export type EngineFacts = {
  /** By all transfers together, on this day of the user's calendar. */
  readonly uploadedTodayBytes: number;
  /** What holds for all transfers together now. */
  readonly limitInForce: LimitInForce;
  /** When the schedule begins or ends next, in milliseconds since 1970; null when it does not. */
  readonly scheduleChangesAtMs: number | null;
  /** Whether the browser tells us at all when a connection is metered, or data is to be saved. */
  readonly canTellMetered: boolean;
};
