import { DEFAULT_PATIENCE_CHOICE, type Patience, type PatienceChoice } from '../../model/policy.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What the user chose, and when: "within an hour" counts from then, also over pauses and restarts. */
export type ChosenPatience = { readonly choice: PatienceChoice; readonly sinceMs: number };

/** What a transfer begins with; its choice has no end, so it does not matter since when. */
export const UNCHOSEN_PATIENCE: ChosenPatience = { choice: DEFAULT_PATIENCE_CHOICE, sinceMs: 0 };

/** What a choice means for the plan. */
export function patienceOf({ choice, sinceMs }: ChosenPatience): Patience {
  switch (choice) {
    case 'least-500-kb':
      return { type: 'least-rate', bytesPerS: 500_000 };
    case 'least-2-mb':
      return { type: 'least-rate', bytesPerS: 2_000_000 };
    case '15-minutes':
      return { type: 'deadline', atMs: sinceMs + 15 * MINUTE_MS };
    case '1-hour':
      return { type: 'deadline', atMs: sinceMs + HOUR_MS };
    case '8-hours':
      return { type: 'deadline', atMs: sinceMs + 8 * HOUR_MS };
  }
}
