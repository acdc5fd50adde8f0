import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../src/edge/records/database.ts';
import { migrate } from '../../../src/edge/records/migrate.ts';
import { openPostgres } from '../../../src/edge/records/open-postgres.ts';
import { openRecords, type Records } from '../../../src/edge/records/records.ts';
import { writeBatch } from '../../../src/edge/records/write-batch.ts';
import { finished, publishedFile, reported, sent } from '../stats/sample-events.ts';
import { type PostgresServer, startPostgres } from './start-postgres.ts';

const ALL = { from: null, to: null, infoHash: null };
const NOON = Date.UTC(2026, 10, 21, 12);
const FILE = publishedFile(1, 'film.mp4', 1000);

let server: PostgresServer;
let database: Database;
let records: Records;

beforeAll(async () => {
  server = await startPostgres();
  database = openPostgres(server.url);
  records = await openRecords({ databaseUrl: server.url });
}, 60_000);
afterAll(async () => {
  await records?.close();
  await database?.close();
  await server?.stop();
});

test('a batch that is written again, because its answer was lost, adds nothing', async () => {
  const batch = { writer: '7f8e0a52-3f3e-4d0a-9d5b-0d8f3a4c1b2e', number: 1 };
  const events = [finished(NOON, FILE), sent(NOON, FILE, 7), reported(NOON, FILE, 'mixed', 0.5, 2)];
  await writeBatch(database, batch, events);
  const once = [await records.totals(ALL), await records.speeds(ALL)];
  await writeBatch(database, batch, events);
  expect([await records.totals(ALL), await records.speeds(ALL)]).toEqual(once);
  await writeBatch(database, { ...batch, number: 2 }, events);
  await writeBatch(database, { ...batch, writer: '00000000-0000-4000-8000-000000000000' }, events);
  expect((await records.totals(ALL)).completed).toBe(3);
});

test('a batch with one event that the database refuses adds nothing at all', async () => {
  const before = await records.totals(ALL);
  const broken = { ...finished(NOON, FILE), type: 'unheard of' as 'completed' };
  await expect(
    writeBatch(database, { writer: '00000000-0000-4000-8000-000000000001', number: 1 }, [finished(NOON, FILE), broken]),
  ).rejects.toThrow();
  expect(await records.totals(ALL)).toEqual(before);
});

test('the sums are those of the events', async () => {
  const [events] = await database.query(`SELECT count(*) FILTER (WHERE kind = 'completed')::int AS completed,
    coalesce(sum(bytes), 0)::int AS bytes FROM rivulet.events`);
  const { completed, originBytes } = await records.totals(ALL);
  expect(events).toEqual({ completed, bytes: originBytes });
});

test('a server that restarts costs nothing that is written meanwhile', async () => {
  const before = (await records.totals(ALL)).completed;
  await server.kill9();
  const writing = records.record([finished(NOON, FILE)]);
  await server.start();
  await writing;
  expect((await records.totals(ALL)).completed).toBe(before + 1);
}, 60_000);

test('making the tables twice changes nothing, and those of a later version are refused', async () => {
  const before = await records.totals(ALL);
  await Promise.all([migrate(database), migrate(database)]);
  expect(await records.totals(ALL)).toEqual(before);
  await database.query('INSERT INTO rivulet.migrations (version) VALUES (9999)');
  await expect(migrate(database)).rejects.toThrow('Update Rivulet');
  await database.query('DELETE FROM rivulet.migrations WHERE version = 9999');
});
