import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Metalink, metalinkOf } from './metalink.ts';

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
  const startedAtMs = performance.now();
  await run('aria2c', args, { timeout: LIMIT_MS });
  const elapsedMs = performance.now() - startedAtMs;
  const { size } = statSync(join(dir, metalink.name));
  rmSync(dir, { recursive: true });
  if (size !== metalink.lengthBytes) throw new Error(`aria2c got ${size} bytes`);
  return { elapsedMs };
}
