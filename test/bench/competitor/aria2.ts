import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Metalink, metalinkOf } from './metalink.ts';

/** Of many small files, as many at a time as a browser makes requests at a host. */
const FILES_AT_ONCE = 6;

const run = promisify(execFile);
const LIMIT_MS = 90_000;

/** aria2c counts connections per host name; four of them fill each mirror, as in the answers that its users give. */
const CONNECTIONS_PER_HOST = 4;

/**
 * Downloads a file from its mirrors with aria2c into a folder of its own, which is deleted, and tells how long that
 * took, from the start of the program to its end.
 * @throws {Error} when aria2c fails or the file has another length than the metalink says.
 */
export async function runAria2(metalink: Metalink, dir: string): Promise<{ readonly elapsedMs: number }> {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'mirrors.meta4');
  writeFileSync(file, metalinkOf(metalink));
  const split = CONNECTIONS_PER_HOST * metalink.urls.length;
  const args = [
    '--no-conf',
    '--quiet',
    `--dir=${dir}`,
    `--metalink-file=${file}`,
    `--max-connection-per-server=${CONNECTIONS_PER_HOST}`,
    `--split=${split}`,
    '--min-split-size=1M',
    '--file-allocation=none',
  ];
  const elapsedMs = await timeOf(args);
  const { size } = statSync(join(dir, metalink.name));
  rmSync(dir, { recursive: true });
  if (size !== metalink.lengthBytes) throw new Error(`aria2c got ${size} bytes`);
  return { elapsedMs };
}

/**
 * Downloads many files with aria2c, six at a time, into a folder of its own, which is deleted, and tells how long that
 * took.
 * @throws {Error} when aria2c fails or has not all files.
 */
export async function runAria2OnFiles(urls: readonly string[], dir: string): Promise<{ readonly elapsedMs: number }> {
  mkdirSync(dir, { recursive: true });
  const list = join(dir, 'urls.txt');
  writeFileSync(list, urls.join('\n'));
  const elapsedMs = await timeOf([
    '--no-conf',
    '--quiet',
    `--dir=${dir}`,
    `--input-file=${list}`,
    `--max-concurrent-downloads=${FILES_AT_ONCE}`,
    '--max-connection-per-server=1',
    '--file-allocation=none',
  ]);
  const count = readdirSync(dir).length - 1; // without the list
  rmSync(dir, { recursive: true });
  if (count !== urls.length) throw new Error(`aria2c got ${count} files`);
  return { elapsedMs };
}

async function timeOf(args: readonly string[]): Promise<number> {
  const startedAtMs = performance.now();
  await run('aria2c', args, { timeout: LIMIT_MS });
  return performance.now() - startedAtMs;
}
