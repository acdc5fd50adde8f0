import type { DataCommands } from '../../model/commands/data-commands.ts';
import type { DetailCommands } from '../../model/commands/detail-commands.ts';
import type { Output } from '../../model/commands.ts';
import type { FileWish } from '../../model/file-view.ts';
import type { FileIndex, TransferId } from '../../model/ids.ts';
import type { DetailPart } from '../../model/transfer-details.ts';
import type { TransferLimits } from '../../model/transfer-limits.ts';
import type { ActionReply, Actions } from '../actions.ts';
import type { ReseedEnd, ReseedRequest } from './reseed-model.ts';

type Data<C extends keyof DataCommands> = Promise<ActionReply<DataCommands[C]['output']>>;

/** What is done with one transfer in its detail. Processes pass these in; nothing here rejects. */
export type DetailActions = Pick<
  Actions,
  'pause' | 'resume' | 'setPolicy' | 'setPatience' | 'open' | 'show' | 'saveLog'
> & {
  readonly details: (
    id: TransferId,
    parts: readonly DetailPart[],
  ) => Promise<ActionReply<DetailCommands['transfer.details']['output']>>;
  readonly files: (id: TransferId) => Promise<ActionReply<Output<'transfer.files'>>>;
  readonly setFiles: (
    id: TransferId,
    wishes: readonly FileWish[],
  ) => Promise<ActionReply<Output<'transfer.set-files'>>>;
  /** Copies one whole file to Downloads while the rest is still fetched. */
  readonly saveFile: (
    id: TransferId,
    file: FileIndex,
  ) => Promise<ActionReply<DetailCommands['transfer.save-file']['output']>>;
  readonly setLimits: (id: TransferId, limits: TransferLimits) => Promise<ActionReply<null>>;
  readonly setLabel: (id: TransferId, label: string | null) => Promise<ActionReply<null>>;
  readonly startNow: (id: TransferId) => Promise<ActionReply<null>>;
  readonly addSources: (input: DataCommands['transfer.add-sources']['input']) => Data<'transfer.add-sources'>;
  readonly removeSource: (id: TransferId, url: string) => Data<'transfer.remove-source'>;
  readonly recheck: (id: TransferId) => Data<'transfer.recheck'>;
  readonly keepCopy: (id: TransferId, keep: boolean | null) => Data<'transfer.keep-copy'>;
  readonly dropCopy: (id: TransferId) => Data<'transfer.drop-copy'>;
  /** Checks files of the user's own against the torrent, and puts what fits into the store. */
  readonly reseed: (request: ReseedRequest) => Promise<ReseedEnd>;
  /** Opens the player with this file. */
  readonly play: (id: TransferId, file: FileIndex) => void;
  readonly copyText: (text: string) => Promise<boolean>;
  /** Saves a text as a file in the Downloads folder. */
  readonly saveText: (text: string, fileName: string) => void;
  readonly openSettings: () => void;
  /** Shows what the store holds, where space can be freed. */
  readonly openStorage: () => void;
};
