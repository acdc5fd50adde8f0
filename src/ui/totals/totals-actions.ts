import type { DataCommands } from '../../model/commands/data-commands.ts';
import type { TransferId } from '../../model/ids.ts';
import type { ActionReply } from '../actions.ts';

type Data<C extends keyof DataCommands> = Promise<ActionReply<DataCommands[C]['output']>>;

/** What is asked of all transfers together. Processes pass these in; nothing here rejects. */
export type TotalsActions = {
  readonly totals: () => Data<'ledger.totals'>;
  readonly use: () => Data<'store.use'>;
  readonly clean: () => Data<'store.clean'>;
  /** Deletes the copy of a transfer whose files are saved. */
  readonly dropCopy: (id: TransferId) => Data<'transfer.drop-copy'>;
  /** Takes an unfinished transfer off the list with all that arrived of it. */
  readonly removeWithData: (id: TransferId) => Promise<ActionReply<null>>;
  readonly exportState: (withSecrets: boolean) => Data<'state.export'>;
  readonly importState: (text: string) => Data<'state.import'>;
  /** Saves a text as a file in the Downloads folder. */
  readonly saveText: (text: string, fileName: string) => void;
};
