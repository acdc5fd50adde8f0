import type { Settings } from '../model/settings.ts';
import { openRecords } from '../platform/browser/records.ts';

let records: ReturnType<typeof openRecords> | null = null;

/**
 * The settings as they are now, read each time: the background forgets, and is not told of changes. Null when the records
 * cannot be read; never rejects.
 */
export async function storedSettings(): Promise<Settings | null> {
  try {
    records ??= openRecords();
    return await (await records).settings();
  } catch {
    records = null;
    return null;
  }
}
