import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The version of aria2c, which is installed first where that is possible without a question: as root on a machine with
 * apt-get. Null when there is none and none can be had.
 */
export async function ensureAria2(): Promise<string | null> {
  const found = await aria2Version();
  if (found !== null || process.getuid?.() !== 0) return found;
  console.error('Installing aria2 with apt-get, because mirrors are measured against it.');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update'], { env });
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'aria2'], { env, maxBuffer: 64 * 2 ** 20 });
  } catch (error) {
    console.error(`aria2 could not be installed: ${String(error).split('\n')[0]}`);
  }
  return aria2Version();
}

const aria2Version = async (): Promise<string | null> =>
  run('aria2c', ['--version']).then(
    ({ stdout }) => /aria2 version (\S+)/.exec(stdout)?.[1] ?? null,
    () => null,
  );
