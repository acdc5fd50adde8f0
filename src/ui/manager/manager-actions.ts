import type { FileIndex, TransferId } from '../../model/ids.ts';
import type { ActionReply, Actions } from '../actions.ts';

/** Everything that the manager's list and bar can ask for. Nothing here rejects; a failure is a reply too. */
export type ManagerActions = Pick<
  Actions,
  | 'add'
  | 'addAll'
  | 'addFile'
  | 'addPageLinks'
  | 'pause'
  | 'resume'
  | 'remove'
  | 'setPolicy'
  | 'open'
  | 'show'
  | 'showAddSheet'
  | 'setSettings'
> & {
  /** Moves transfers in the queue, in the order given: before another one, or to its end. */
  readonly moveInQueue: (ids: readonly TransferId[], before: TransferId | null) => Promise<ActionReply<null>>;
  readonly startNow: (id: TransferId) => Promise<ActionReply<null>>;
  readonly setLabel: (id: TransferId, label: string | null) => Promise<ActionReply<null>>;
  /** Puts the magnet links of these transfers into the clipboard, each on a line. */
  readonly copyMagnets: (ids: readonly TransferId[]) => Promise<ActionReply<null>>;
  /** Saves the .torrent of a transfer of this name. */
  readonly saveTorrent: (id: TransferId, name: string) => Promise<ActionReply<null>>;
  /** Shows a file in the player's page. */
  readonly play: (id: TransferId, file: FileIndex) => Promise<ActionReply<null>>;
};
