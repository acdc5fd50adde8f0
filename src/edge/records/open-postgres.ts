import { Pool } from 'pg';
import type { Database } from './database.ts';

/** Rollups make every query short, and the writer uses one connection at a time. */
const MAX_CONNECTIONS = 4;
const CONNECT_WITHIN_MS = 10_000;

/**
 * Uses a PostgreSQL server that several edges may share.
 * @param databaseUrl `postgres://user:password@host:port/name`; anything that `pg` reads.
 */
export function openPostgres(databaseUrl: string): Database {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    application_name: 'rivulet edge',
    // What was acknowledged is on the server's disk, whatever the server's own default is.
    options: '-c synchronous_commit=on',
  });
  // An idle connection that the server ends is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => {});
  return {
    query: async (text, parameters = []) => (await pool.query(text, [...parameters])).rows,
    close: () => pool.end(),
  };
}
