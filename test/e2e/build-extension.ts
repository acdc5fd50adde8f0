import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Builds both extensions and the programs for Node before the first end-to-end test, unless RIVULET_IS_BUILT says that it
 * was just done. In a process of its own: a build inside a test run would take the run's NODE_ENV for its own.
 */
export async function setup(): Promise<void> {
  const { NODE_ENV: _, RIVULET_IS_BUILT: isBuilt, ...env } = process.env;
  if (isBuilt !== undefined) return;
  await promisify(execFile)('npx', ['tsx', 'tools/build.ts'], { env });
}
