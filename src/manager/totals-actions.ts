import { saveText } from '../platform/browser/save-text.ts';
import { sendCommand } from '../platform/webext/screen-link.ts';
import type { TotalsActions } from '../ui/totals/totals-actions.ts';

/** What the view of all transfers together does. */
export const TOTALS_ACTIONS: TotalsActions = {
  totals: () => sendCommand('ledger.totals', null),
  use: () => sendCommand('store.use', null),
  clean: () => sendCommand('store.clean', null),
  dropCopy: (id) => sendCommand('transfer.drop-copy', { id }),
  removeWithData: (id) => sendCommand('transfer.remove', { id, deleteData: true }),
  exportState: (withSecrets) => sendCommand('state.export', { withSecrets }),
  importState: (text) => sendCommand('state.import', { text }),
  saveText,
};
