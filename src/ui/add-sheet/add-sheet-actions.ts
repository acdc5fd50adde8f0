import type { Added, Output } from '../../model/commands.ts';
import type { FileWish } from '../../model/file-view.ts';
import type { FileIndex, TransferId } from '../../model/ids.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import type { ActionReply, Actions } from '../actions.ts';

/** What the add sheet can ask for. Nothing here rejects. */
export type AddSheetActions = Pick<
  Actions,
  'add' | 'addAll' | 'addFile' | 'addPageLinks' | 'remove' | 'setSettings'
> & {
  /** Adds what the page was opened with. */
  readonly open: (text: string) => Promise<ActionReply<Added>>;
  readonly files: (id: TransferId) => Promise<ActionReply<Output<'transfer.files'>>>;
  readonly setFiles: (id: TransferId, wishes: readonly FileWish[]) => Promise<ActionReply<unknown>>;
  readonly accept: (id: TransferId, isPaused: boolean) => Promise<ActionReply<null>>;
  readonly space: () => Promise<ActionReply<Output<'store.space'>>>;
  readonly saveTorrent: (view: TransferView) => Promise<ActionReply<null>>;
  /** Shows the player with this file, in a tab; resolves when that is there. */
  readonly play: (id: TransferId, file: FileIndex) => Promise<void>;
  /** Closes the sheet: there is nothing to decide any more. */
  readonly close: () => void;
};
