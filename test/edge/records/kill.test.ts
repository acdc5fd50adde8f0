import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import type { Database } from '../../../src/edge/records/database.ts';
import { openPglite } from '../../../src/edge/records/open-pglite.ts';
import { openPostgres } from '../../../src/edge/records/open-postgres.ts';
import { openRecords, type RecordsPlace } from '../../../src/edge/records/records.ts';
import { DATABASES } from './databases.ts';

const WRITER = join(import.meta.dirname, 'write-until-killed.ts');
const KILLS = 2;
const ENOUGH = 400;

test.each(DATABASES)('%s: what was acknowledged is there after kill -9', { timeout: 180_000 }, async (_, makePlace) => {
  const { place, crash, discard } = await makePlace();
  try {
    const acknowledged: number[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      acknowledged.push(...(await writeAndKill(place, crash)));
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS * ENOUGH);

    const database = await openAgain(place);
    const kept = (await database.query('SELECT bytes::int AS number FROM rivulet.events')).map((row) =>
      Number(row.number),
    );
    await database.close();
    expect(missing(acknowledged, kept)).toEqual([]);

    // The sums are those of the events, to the last one that was written but never acknowledged.
    const records = await openRecords(place);
    const { originAnswers, originBytes } = await records.totals({ from: null, to: null, infoHash: null });
    expect([originAnswers, originBytes]).toEqual([kept.length, kept.reduce((sum, number) => sum + number, 0)]);
    await records.close();
  } finally {
    await discard();
  }
});

/** Lets a process write, kills it and the database in the middle of it, and returns what it was told to be on the disk. */
async function writeAndKill(place: RecordsPlace, crash: () => Promise<void>): Promise<number[]> {
  const writer = spawn(process.execPath, ['--import', 'tsx', WRITER, JSON.stringify(place)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(writer, 'exit');
  const acknowledged: number[] = [];
  let crashing = Promise.resolve();
  for await (const line of createInterface({ input: writer.stdout })) {
    acknowledged.push(Number(line));
    if (acknowledged.length !== ENOUGH) continue;
    crashing = crash();
    writer.kill('SIGKILL');
  }
  expect((await ended)[1]).toBe('SIGKILL');
  await crashing;
  return acknowledged;
}

const openAgain = (place: RecordsPlace): Database | Promise<Database> =>
  'databaseUrl' in place ? openPostgres(place.databaseUrl) : openPglite(place.dataDir);

/** Numbers that were acknowledged more often than they are kept. */
function missing(acknowledged: readonly number[], kept: readonly number[]): number[] {
  const left = new Map<number, number>();
  for (const number of kept) left.set(number, (left.get(number) ?? 0) + 1);
  return acknowledged.filter((number) => {
    const times = left.get(number) ?? 0;
    left.set(number, times - 1);
    return times <= 0;
  });
}
