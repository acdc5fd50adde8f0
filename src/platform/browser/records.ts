import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Records, UploadedDay } from '../../engine/ports.ts';
import type { StoredTotals } from '../../engine/totals/stored-totals.ts';
import type { StoredRecord } from '../../engine/transfer/stored-record.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../model/settings.ts';

const DATABASE = 'rivulet';
const VERSION = 2;
const ONLY = 'only';
/** Beside the settings: one small thing is not worth a store of its own. */
const UPLOADED_DAY = 'uploaded-day';

interface Schema extends DBSchema {
  transfers: { key: string; value: StoredRecord };
  infos: { key: string; value: Uint8Array };
  settings: { key: string; value: Settings | UploadedDay };
  /** Since version 2. */
  totals: { key: string; value: StoredTotals };
}

/** Opens the records, making them when they are not there. */
function openRecordsDatabase(): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(DATABASE, VERSION, {
    upgrade: (db) => {
      // Only what is missing is made: whatever an earlier version wrote stays.
      for (const name of ['transfers', 'infos', 'settings', 'totals'] as const) {
        if (!db.objectStoreNames.contains(name)) db.createObjectStore(name);
      }
    },
  });
}

/** Transfer records in IndexedDB. */
export async function openRecords(): Promise<Records> {
  const db = await openRecordsDatabase();
  // "strict": resolved when the disk has it. Browsers' default is when the operating system has it.
  return {
    all: () => db.getAll('transfers'),
    put: async (record) => {
      const tx = db.transaction('transfers', 'readwrite', { durability: 'strict' });
      await Promise.all([tx.store.put(record, record.id), tx.done]);
    },
    remove: async (id) => {
      const tx = db.transaction(['transfers', 'infos'], 'readwrite', { durability: 'strict' });
      await Promise.all([tx.objectStore('transfers').delete(id), tx.objectStore('infos').delete(id), tx.done]);
    },
    info: async (id) => (await db.get('infos', id)) ?? null,
    putInfo: async (id, infoBytes) => {
      await db.put('infos', infoBytes, id);
    },
    // With today's defaults for what was not there when they were written.
    settings: async () => ({ ...DEFAULT_SETTINGS, ...((await db.get('settings', ONLY)) as Settings | undefined) }),
    putSettings: async (settings) => {
      const tx = db.transaction('settings', 'readwrite', { durability: 'strict' });
      await Promise.all([tx.store.put(settings, ONLY), tx.done]);
    },
    uploadedDay: async () => ((await db.get('settings', UPLOADED_DAY)) as UploadedDay | undefined) ?? null,
    putUploadedDay: async (day) => {
      await db.put('settings', day, UPLOADED_DAY);
    },
    totals: async () => (await db.get('totals', ONLY)) ?? null,
    // Not strict: it is written often, and a crash may cost the last few seconds of it anyway.
    putTotals: async (totals) => {
      await db.put('totals', totals, ONLY);
    },
  };
}
