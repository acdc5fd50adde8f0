import type { InfoHash } from '../../model/ids.ts';
import type { EnginePorts } from '../ports.ts';
import type { TransferRecord } from './transfer-record.ts';

/** Deletes what the store has of a transfer, and its saved files: all of them with `deleteData`, else those saved in part. */
export async function deleteAllOf(
  { id, saved, isStored }: TransferRecord,
  deleteData: boolean,
  { depot, saver }: Pick<EnginePorts, 'depot' | 'saver'>,
): Promise<void> {
  const toDelete = deleteData ? saved : saved.filter(({ isComplete }) => !isComplete);
  for (const { downloadId } of toDelete) await saver.delete(downloadId).catch(() => undefined);
  if (isStored) await depot.remove(id as string as InfoHash);
}
