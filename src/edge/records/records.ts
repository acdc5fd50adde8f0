import { randomUUID } from 'node:crypto';
import type { EdgeEvent, RecordEvents } from '../edge-event.ts';
import type { PublishedFile } from '../published-file.ts';
import { checkEvent } from './check-event.ts';
import type { Database } from './database.ts';
import type { DaySums, FileSums, Span, SpeedCount, Sums } from './day-sums.ts';
import { createGroupCommit } from './group-commit.ts';
import { migrate } from './migrate.ts';
import { openPglite } from './open-pglite.ts';
import { openPostgres } from './open-postgres.ts';
import { readDays, readFiles, readPage, readSpeeds, readTotals } from './read-sums.ts';
import { tryAgain } from './try-again.ts';
import { writeBatch } from './write-batch.ts';

/** Where the records are: a PostgreSQL server that several edges may share, or a folder of this edge alone. */
export type RecordsPlace = { readonly databaseUrl: string } | { readonly dataDir: string };

/** What an edge remembers. */
export type Records = {
  /** Takes events; resolves when they are on the disk. Rejects when they are not: the caller then answers with an error. */
  readonly record: RecordEvents;
  /** Keeps names and sizes for the sums. What was described once stays, also when the file is no longer published. */
  readonly describeFiles: (files: readonly PublishedFile[]) => Promise<void>;
  readonly totals: (span: Span) => Promise<Sums & { readonly files: number }>;
  readonly days: (span: Span) => Promise<DaySums[]>;
  readonly files: (span: Span, limit: number) => Promise<FileSums[]>;
  readonly speeds: (span: Span) => Promise<SpeedCount[]>;
  /** All days and files, in order, read page by page. */
  readonly eachDayAndFile: (span: Span) => AsyncIterable<DaySums & FileSums>;
  /** A value that was kept under a name, or undefined. */
  readonly setting: (name: string) => Promise<unknown>;
  readonly keepSetting: (name: string, value: unknown) => Promise<void>;
  /** Writes what waits, then closes. */
  readonly close: () => Promise<void>;
};

const GROUPS = { everyMs: 100, enough: 5000, maxWaiting: 200_000 };
/** A server that restarts is back within these 30 s. */
const WAITS_MS = [250, 500, 1000, 2000, 4000, 8000, 15_000];
const PAGE_ROWS = 5000;

/**
 * Opens the records, and makes or renews their tables.
 * @throws when the place cannot be used, with a sentence for the publisher.
 */
export async function openRecords(place: RecordsPlace): Promise<Records> {
  const database = 'databaseUrl' in place ? openPostgres(place.databaseUrl) : await openPglite(place.dataDir);
  try {
    await tryAgain(() => migrate(database), 'databaseUrl' in place ? [1000, 2000, 4000] : []);
  } catch (error) {
    await database.close();
    throw 'databaseUrl' in place ? inWords(error) : error;
  }
  return recordsIn(database);
}

/** What a server or the way to it says stands behind what it means; sentences of ours stay as they are. */
function inWords(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  return new Error(`The database cannot be used: ${error.message || String(error.code)}.`, { cause: error });
}

function recordsIn(database: Database): Records {
  const writer = randomUUID();
  let number = 0;
  const groups = createGroupCommit<EdgeEvent>((events) => {
    number += 1;
    const batch = { writer, number };
    return tryAgain(() => writeBatch(database, batch, events), WAITS_MS);
  }, GROUPS);
  return {
    record: async (events) => {
      for (const event of events) checkEvent(event);
      await groups.add(events);
    },
    describeFiles: (files) => describeFiles(database, files),
    totals: (span) => readTotals(database, span),
    days: (span) => readDays(database, span),
    files: (span, limit) => readFiles(database, span, limit),
    speeds: (span) => readSpeeds(database, span),
    eachDayAndFile: (span) => eachDayAndFile(database, span),
    setting: async (name) => {
      const [row] = await database.query('SELECT value FROM rivulet.settings WHERE name = $1', [name]);
      return row?.value;
    },
    keepSetting: async (name, value) => {
      const text = `INSERT INTO rivulet.settings VALUES ($1, $2::jsonb)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value`;
      await database.query(text, [name, JSON.stringify(value)]);
    },
    close: async () => {
      await groups.close();
      await database.close();
    },
  };
}

async function describeFiles(database: Database, files: readonly PublishedFile[]): Promise<void> {
  const known = new Map(files.map((file) => [file.infoHash, file]));
  const rows = [...known.values()].map(({ infoHash, name, sizeBytes }) => ({
    infoHash,
    name: storable(name),
    sizeBytes,
  }));
  const text = `INSERT INTO rivulet.files AS old
    SELECT decode("infoHash", 'hex'), name, "sizeBytes"
    FROM json_to_recordset($1::json) AS file ("infoHash" text, name text, "sizeBytes" bigint) ORDER BY 1
    ON CONFLICT (info_hash) DO UPDATE SET name = excluded.name, size_bytes = excluded.size_bytes
    WHERE (old.name, old.size_bytes) IS DISTINCT FROM (excluded.name, excluded.size_bytes)`;
  await database.query(text, [JSON.stringify(rows)]);
}

/** PostgreSQL's text has no character zero. */
const storable = (name: string): string => name.replaceAll('\0', '');

async function* eachDayAndFile(database: Database, span: Span): AsyncGenerator<DaySums & FileSums> {
  let after: (DaySums & FileSums) | null = null;
  for (;;) {
    const page: (DaySums & FileSums)[] = await readPage(database, span, after, PAGE_ROWS);
    yield* page;
    after = page.at(-1) ?? null;
    if (after === null || page.length < PAGE_ROWS) return;
  }
}
