import { ensureFfmpeg } from '../test/support/ensure-ffmpeg.ts';
import { ensureFilePrograms, FILE_PROGRAMS } from '../test/support/file-programs.ts';
import { ensurePrograms, type ProgramSearch } from './ensure-programs.ts';

/** Debian keeps servers of several versions beside each other, outside of everybody's path. */
const POSTGRES: ProgramSearch = {
  name: 'a PostgreSQL server',
  variable: 'POSTGRES_BIN',
  commands: [15, 16, 17, 18, 19].map((version) => `../lib/postgresql/${version}/bin/postgres`),
  packages: ['postgresql'],
};

/** The server that tests of an edge's records start. @throws {Error} that says in one line what to install. */
export async function ensurePostgres(): Promise<void> {
  await ensurePrograms([POSTGRES], 'the records of an edge are tested in a real database');
}

/** Everything besides browsers that a test starts, before any does: installing takes longer than a test may. */
export async function ensureTestPrograms(): Promise<void> {
  await ensurePostgres();
  await ensureFfmpeg();
  await ensureFilePrograms(FILE_PROGRAMS);
}
