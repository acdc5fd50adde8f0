import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

export type BrowserName = 'chromium' | 'firefox';
export type BrowserPaths = { readonly [Name in BrowserName]?: string };

const run = promisify(execFile);

type Search = { readonly variable: string; readonly commands: readonly string[]; readonly packages: readonly string[] };

/** Where each browser may be, and the Debian packages that bring it. */
const SEARCHES: { readonly [Name in BrowserName]: Search } = {
  chromium: {
    variable: 'CHROMIUM_BIN',
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    packages: ['chromium'],
  },
  firefox: {
    variable: 'FIREFOX_BIN',
    commands: ['firefox-esr', 'firefox'],
    // Without libavcodec59, which Debian only recommends, Firefox plays neither H.264 nor HEVC.
    packages: ['firefox-esr', 'libavcodec59'],
  },
};

/**
 * Finds the browsers that a test needs and returns the paths of their programs. What is missing is installed where
 * that is possible without a question: as root on a machine with apt-get.
 * `CHROMIUM_BIN` and `FIREFOX_BIN` win over every other place.
 * @throws {Error} that says in one line what to install.
 */
export async function ensureBrowsers(which: readonly BrowserName[]): Promise<BrowserPaths> {
  const missing = which.filter((name) => findBrowser(name) === null);
  if (missing.length > 0) await installBrowsers(missing);
  return Object.fromEntries(which.map((name) => [name, findBrowser(name) ?? refuse([name])]));
}

/**
 * The path of one browser's program, or null when this machine has none.
 * @throws {Error} when the variable that chooses a program names something that is none.
 */
export function findBrowser(name: BrowserName): string | null {
  const { variable, commands } = SEARCHES[name];
  const chosen = process.env[variable];
  if (chosen) {
    if (!isProgram(chosen)) throw new Error(`${variable} names ${chosen}, which is not a program.`);
    return chosen;
  }
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)].filter((folder) => folder !== '');
  const candidates = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return candidates.find(isProgram) ?? null;
}

async function installBrowsers(names: readonly BrowserName[]): Promise<void> {
  if (process.getuid?.() !== 0 || !isProgram('/usr/bin/apt-get')) return refuse(names);
  const packages = names.flatMap((name) => SEARCHES[name].packages);
  console.log(`Installing ${packages.join(', ')} with apt-get, because the tests need real browsers.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update'], { env });
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env, maxBuffer: 64 * 2 ** 20 });
  } catch (error) {
    refuse(names, error);
  }
}

function refuse(names: readonly BrowserName[], cause?: unknown): never {
  const wishes = names.map((name) => {
    const { packages, variable } = SEARCHES[name];
    return `${packages.join(' and ')} (or set ${variable} to the path of ${name})`;
  });
  throw new Error(`A browser is missing: install ${wishes.join('; ')}.`, { cause });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
