import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** Where a program may be, and the Debian packages that bring it. */
export type ProgramSearch = {
  /** What it is called in messages. */
  readonly name: string;
  /** The environment variable that names its path, and wins over every other place. */
  readonly variable: string;
  readonly commands: readonly string[];
  readonly packages: readonly string[];
  /** Whether a program that was found will do; by default every one does. */
  readonly isUsable?: (path: string) => boolean;
};

const run = promisify(execFile);

/**
 * Finds programs and returns their paths in the order of the searches. What is missing is installed where that is possible
 * without a question: as root on a machine with apt-get.
 * @param purpose ends the sentence "Installing … with apt-get, because".
 * @throws {Error} that says in one line what to install.
 */
export async function ensurePrograms(searches: readonly ProgramSearch[], purpose: string): Promise<string[]> {
  const missing = searches.filter((search) => findProgram(search) === null);
  if (missing.length > 0) await installPrograms(missing, purpose);
  return searches.map((search) => findProgram(search) ?? refuse([search]));
}

/**
 * The path of a program, or null when this machine has none that will do.
 * @throws {Error} when the variable that chooses a program names something that is none.
 */
export function findProgram({ variable, commands, isUsable = () => true }: ProgramSearch): string | null {
  const chosen = process.env[variable];
  if (chosen) {
    if (!isProgram(chosen)) throw new Error(`${variable} names ${chosen}, which is not a program.`);
    return chosen;
  }
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  // Servers are outside of an ordinary user's PATH.
  const folders = ['/usr/bin', ...path, '/usr/sbin'];
  const candidates = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return candidates.find((candidate) => isProgram(candidate) && isUsable(candidate)) ?? null;
}

async function installPrograms(searches: readonly ProgramSearch[], purpose: string): Promise<void> {
  if (process.getuid?.() !== 0 || !isProgram('/usr/bin/apt-get')) return refuse(searches);
  const packages = searches.flatMap((search) => search.packages);
  console.log(`Installing ${packages.join(', ')} with apt-get, because ${purpose}.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update'], { env });
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env, maxBuffer: 64 * 2 ** 20 });
  } catch (error) {
    refuse(searches, error);
  }
}

function refuse(searches: readonly ProgramSearch[], cause?: unknown): never {
  const wishes = searches.map(
    ({ name, packages, variable }) => `${packages.join(' and ')} (or set ${variable} to the path of ${name})`,
  );
  throw new Error(`A program is missing: install ${wishes.join('; ')}.`, { cause });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
