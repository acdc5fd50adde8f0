import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Builds both extensions before the first end-to-end test, in a process of its own: a build inside a test run would
 * take the run's NODE_ENV for its own.
 */
export async function setup(): Promise<void> {
  const { NODE_ENV: _, ...env } = process.env;
  await promisify(execFile)('npx', ['tsx', 'tools/build.ts'], { env });
}
