import { ensurePrograms, findProgram, type ProgramSearch } from './ensure-programs.ts';

export type BrowserName = 'chromium' | 'firefox';
export type BrowserPaths = { readonly [Name in BrowserName]?: string };

const SEARCHES: { readonly [Name in BrowserName]: ProgramSearch } = {
  chromium: {
    name: 'chromium',
    variable: 'CHROMIUM_BIN',
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    packages: ['chromium'],
  },
  firefox: {
    name: 'firefox',
    variable: 'FIREFOX_BIN',
    commands: ['firefox-esr', 'firefox'],
    // Without libavcodec59, which Debian only recommends, Firefox plays neither H.264 nor HEVC.
    packages: ['firefox-esr', 'libavcodec59'],
  },
};

/**
 * Finds the browsers that a test needs and returns the paths of their programs, or installs them (`ensurePrograms`).
 * `CHROMIUM_BIN` and `FIREFOX_BIN` win over every other place.
 * @throws {Error} that says in one line what to install.
 */
export async function ensureBrowsers(which: readonly BrowserName[]): Promise<BrowserPaths> {
  const searches = which.map((name) => SEARCHES[name]);
  const paths = await ensurePrograms(searches, 'the tests need real browsers');
  return Object.fromEntries(which.map((name, index) => [name, paths[index]]));
}

/**
 * The path of one browser's program, or null when this machine has none.
 * @throws {Error} when the variable that chooses a program names something that is none.
 */
export function findBrowser(name: BrowserName): string | null {
  return findProgram(SEARCHES[name]);
}
