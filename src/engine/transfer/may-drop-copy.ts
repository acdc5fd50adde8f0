import type { Settings } from '../../model/settings.ts';
import type { TransferRecord } from './transfer-record.ts';

/** What the fate of the store's copy depends on. */
export type CopyUse = {
  readonly record: Pick<TransferRecord, 'state' | 'keepsCopy' | 'isPlayedOnly'>;
  readonly keepCopy: Settings['keepCopy'];
  /** It may upload, and no goal says that it has done enough: peers may still come for it. */
  readonly isSharing: boolean;
  /** Somebody reads it now, such as an open player or a publisher's proof. */
  readonly isInUse: boolean;
};

/**
 * Whether the store's copy may go now. Before all files are saved it never may, nor while somebody reads it; then the
 * transfer's own word counts, and without one that of the settings. Pure.
 */
export function mayDropCopy({ record, keepCopy, isSharing, isInUse }: CopyUse): boolean {
  if (record.state.phase !== 'done' || isInUse) return false;
  if (record.isPlayedOnly === true) return false; // its player is about to open; it goes when that closes (keep-played.ts)
  return !staysWhenSaved(record.keepsCopy ?? null, keepCopy, isSharing);
}

/** Whether the copy stays when the files are saved. @param keepsCopy The transfer's own word; null: as the settings say. */
export function staysWhenSaved(keepsCopy: boolean | null, keepCopy: Settings['keepCopy'], isSharing: boolean): boolean {
  if (keepsCopy !== null) return keepsCopy;
  return keepCopy === 'always' || (keepCopy === 'while-sharing' && isSharing);
}
