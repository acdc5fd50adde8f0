import { execFileSync } from 'node:child_process';
import { ensurePrograms, type ProgramSearch } from '../../tools/ensure-programs.ts';

/** Programs of others that serve or fetch what publishers publish. */
const SEARCHES = {
  aria2c: { packages: ['aria2'] },
  nginx: { packages: ['nginx-light'] },
  apache2: { packages: ['apache2-bin'] },
  caddy: { packages: ['caddy'] },
  'transmission-cli': { packages: ['transmission-cli'] },
  'qbittorrent-nox': { packages: ['qbittorrent-nox'] },
  /** Python that knows libtorrent: Debian's own, for Debian's package. */
  python3: { packages: ['python3', 'python3-libtorrent'], isUsable: knowsLibtorrent },
} as const satisfies Record<string, Pick<ProgramSearch, 'packages' | 'isUsable'>>;

export type FileProgram = keyof typeof SEARCHES;

export const FILE_PROGRAMS = Object.keys(SEARCHES) as FileProgram[];

/**
 * Finds programs or installs them, and returns their paths by name. `ARIA2C_BIN`, `TRANSMISSION_CLI_BIN` and so on choose
 * others.
 * @throws {Error} that says in one line what to install.
 */
export async function ensureFilePrograms<Name extends FileProgram>(
  names: readonly Name[],
): Promise<Readonly<Record<Name, string>>> {
  const searches = names.map((name): ProgramSearch => {
    const variable = `${name.toUpperCase().replaceAll('-', '_')}_BIN`;
    return { name, variable, commands: [name], ...SEARCHES[name] };
  });
  const paths = await ensurePrograms(searches, 'the tests hand what we write to programs of others');
  return Object.fromEntries(names.map((name, index) => [name, paths[index]])) as Record<Name, string>;
}

function knowsLibtorrent(path: string): boolean {
  try {
    execFileSync(path, ['-c', 'import libtorrent'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
