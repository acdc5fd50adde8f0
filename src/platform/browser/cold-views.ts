import { EMPTY_LEDGER_VIEW } from '../../model/ledger.ts';
import { DEFAULT_PATIENCE_CHOICE, DEFAULT_POLICY } from '../../model/policy.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../model/settings.ts';
import type { TransferView } from '../../model/transfer-view.ts';

const KEY = 'shown';
/** What a view has that was written before it could say. */
const YOUNGER = {
  policy: DEFAULT_POLICY,
  patience: DEFAULT_PATIENCE_CHOICE,
  ledger: EMPTY_LEDGER_VIEW,
  delivery: null,
  playable: null,
  isPrivateWindow: false,
};
/** More rows than any screen shows at once; the engine brings the others a moment later. */
const MAX_VIEWS = 100;

/** What screens showed last. */
export type ColdViews = { readonly transfers: readonly TransferView[]; readonly settings: Settings };

/**
 * Writes down what screens show, for those that open before the engine answers. In the storage that can be read without
 * waiting: a screen draws its first rows in its first task. Losing it loses nothing, and so its errors are ignored.
 */
export function writeColdViews({ transfers, settings }: ColdViews): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ transfers: transfers.slice(0, MAX_VIEWS), settings }));
  } catch {
    localStorage.removeItem(KEY);
  }
}

/** What the engine last wrote down for screens; null when there is nothing, or nothing that can be read. */
export function readColdViews(): ColdViews | null {
  try {
    const written = JSON.parse(localStorage.getItem(KEY) ?? 'null') as ColdViews | null;
    if (written === null || !Array.isArray(written.transfers)) return null;
    const transfers = written.transfers.map((view) => ({ ...YOUNGER, ...view }));
    return { transfers, settings: { ...DEFAULT_SETTINGS, ...written.settings } };
  } catch {
    return null;
  }
}
