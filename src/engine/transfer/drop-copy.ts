import type { InfoHash } from '../../model/ids.ts';
import type { EnginePorts } from '../ports.ts';
import type { Transfer } from './transfer.ts';

/** Whether the store's copy stays when the files are saved; null: as the settings say. Takes hold at once. */
export async function keepCopy(transfer: Transfer, keep: boolean | null): Promise<void> {
  if ((transfer.record.keepsCopy ?? null) === keep) return;
  const change = () => transfer.book.remember({ keepsCopy: keep });
  // One that is done asks anew whether its copy may go.
  if (transfer.record.state.phase === 'done' && transfer.record.isStored) return transfer.whileStopped(change);
  change();
  await transfer.book.persist();
}

/**
 * Gives back the space of a copy whose files are in the Downloads folder; seeding ends with it. Before that there is no
 * copy, but pieces that are still needed.
 * @returns whether there was one.
 */
export async function dropCopy(transfer: Transfer, { depot }: Pick<EnginePorts, 'depot'>): Promise<boolean> {
  const isCopy = () => transfer.record.state.phase === 'done' && transfer.record.isStored;
  if (!isCopy()) return false;
  let isDropped = false;
  await transfer.whileStopped(async () => {
    if (!isCopy()) return;
    await depot.remove(transfer.id as string as InfoHash);
    transfer.book.remember({ isStored: false, keepsCopy: null, ownFiles: [] });
    isDropped = true;
  });
  return isDropped;
}
