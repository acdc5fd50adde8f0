import type { Database } from './database.ts';
import { MIGRATIONS } from './migrations.ts';

/** Any number that no other program locks by; edges that start together wait for each other. */
const LOCK = 7_236_418_055;

/**
 * Brings the tables to what this program knows, one step after another, each whole or not at all.
 * @throws when the tables were made by a later version.
 */
export async function migrate(database: Database): Promise<void> {
  await database.query(atomically(FIRST));
  for (const [index, statements] of MIGRATIONS.entries()) {
    const version = index + 1;
    await database.query(
      atomically(`IF NOT EXISTS (SELECT FROM rivulet.migrations WHERE version = ${version}) THEN
        ${statements}
        INSERT INTO rivulet.migrations (version) VALUES (${version});
      END IF;`),
    );
  }
  const [newest] = await database.query('SELECT max(version) AS version FROM rivulet.migrations');
  if (Number(newest?.version) > MIGRATIONS.length)
    throw new Error('The database was made by a later version of Rivulet. Update Rivulet.');
}

const FIRST = `CREATE SCHEMA IF NOT EXISTS rivulet;
  CREATE TABLE IF NOT EXISTS rivulet.migrations (version integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());`;

/** A block is one statement, and so one transaction. */
const atomically = (statements: string): string => `DO $block$ BEGIN
  PERFORM pg_advisory_xact_lock(${LOCK});
  ${statements}
END $block$`;
