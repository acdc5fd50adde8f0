import type { EngineFacts } from './engine-facts.ts';
import type { TransferId } from './ids.ts';
import type { Settings } from './settings.ts';
import type { TransferView } from './transfer-view.ts';

/** Name of the port that a screen opens to the engine host to be told what happens. */
export const SCREEN_PORT = 'screen';

/** What a screen hears: first everything, then what changed, at most four times a second. */
export type ScreenEvent =
  | {
      readonly type: 'snapshot';
      readonly transfers: readonly TransferView[];
      readonly settings: Settings;
      readonly engine: EngineFacts;
    }
  | { readonly type: 'changed'; readonly transfers: readonly TransferView[]; readonly removed: readonly TransferId[] }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'engine'; readonly engine: EngineFacts };
