import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordsPlace } from '../../../src/edge/records/records.ts';
import { startPostgres } from './start-postgres.ts';

/** A place for records that is empty at first, and goes with `discard`. */
export type Place = {
  readonly place: RecordsPlace;
  /** Kills the server, where it is another process than the edge, and starts it again. */
  readonly crash: () => Promise<void>;
  readonly discard: () => Promise<void>;
};

/** Both databases: every test of the records runs on each. */
export const DATABASES: readonly (readonly [name: string, makePlace: () => Promise<Place>])[] = [
  ['PGlite', inFolder],
  ['PostgreSQL', onServer],
];

async function inFolder(): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rivulet-records-'));
  return { place: { dataDir }, crash: async () => {}, discard: () => rm(dataDir, { recursive: true, force: true }) };
}

async function onServer(): Promise<Place> {
  const server = await startPostgres();
  const crash = async () => {
    await server.kill9();
    await server.start();
  };
  return { place: { databaseUrl: server.url }, crash, discard: server.stop };
}
