import type { TransferId } from '../../model/ids.ts';
import { EMPTY_LEDGER_VIEW, NOTHING_WASTED } from '../../model/ledger.ts';
import { DEFAULT_PATIENCE_CHOICE, DEFAULT_POLICY } from '../../model/policy.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../model/settings.ts';
import type { TransferView } from '../../model/transfer-view.ts';

const KEY = 'shown';
/** What a view has that was written before it could say. */
const YOUNGER = {
  policy: DEFAULT_POLICY,
  patience: DEFAULT_PATIENCE_CHOICE,
  delivery: null,
  halt: null,
  playable: null,
  isPrivateWindow: false,
};
/** More rows than any screen shows at once; the engine brings the others a moment later. */
const MAX_VIEWS = 100;

/** What screens showed last. */
export type ColdViews = {
  /** The newest. */
  readonly transfers: readonly TransferView[];
  /** Older ones, which were on top of a list in another order. */
  readonly first: readonly TransferView[];
  readonly settings: Settings;
};

/**
 * Writes down what screens show, for those that open before the engine answers. In the storage that can be read without
 * waiting: a screen draws its first rows in its first task. What came from a private window is left out: this is a disk.
 * Losing it loses nothing, and so its errors are ignored.
 * @param views All of them, newest first.
 * @param firstIds Those on top of a list in another order.
 */
export function writeColdViews(
  views: readonly TransferView[],
  firstIds: readonly TransferId[],
  settings: Settings,
): void {
  const lasting = views.filter(({ isPrivateWindow }) => !isPrivateWindow);
  const wanted = new Set(firstIds);
  const first = lasting.slice(MAX_VIEWS).filter(({ id }) => wanted.has(id));
  const cold: ColdViews = { transfers: lasting.slice(0, MAX_VIEWS), first, settings };
  try {
    localStorage.setItem(KEY, JSON.stringify(cold));
  } catch {
    localStorage.removeItem(KEY);
  }
}

/** What the engine last wrote down for screens; null when there is nothing, or nothing that can be read. */
export function readColdViews(): ColdViews | null {
  try {
    const written = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<ColdViews> | null;
    if (written === null || !Array.isArray(written.transfers)) return null;
    return {
      transfers: written.transfers.map(asOfToday),
      first: (written.first ?? []).map(asOfToday),
      settings: { ...DEFAULT_SETTINGS, ...written.settings },
    };
  } catch {
    return null;
  }
}

const asOfToday = (view: TransferView): TransferView => ({
  ...YOUNGER,
  ...view,
  ledger: { ...EMPTY_LEDGER_VIEW, ...view.ledger, wastedBytes: { ...NOTHING_WASTED, ...view.ledger?.wastedBytes } },
});
