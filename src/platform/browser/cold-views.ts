import type { Settings } from '../../model/settings.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import { openRecordsDatabase, readSettings, readViews } from './records.ts';

/** What the engine last wrote down for screens: shown at once, while the engine itself is still being asked. */
export async function readColdViews(): Promise<{ transfers: readonly TransferView[]; settings: Settings }> {
  const db = await openRecordsDatabase();
  const [transfers, settings] = await Promise.all([readViews(db), readSettings(db)]);
  db.close();
  return { transfers, settings };
}
