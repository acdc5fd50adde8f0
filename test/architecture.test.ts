import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { build } from 'vite';
import { describe, expect, test } from 'vitest';
import { type Import, importsOf } from '../tools/imports-of.ts';
import { contentConfig } from '../vite.config.ts';

type File = { readonly path: string; readonly source: string; readonly imports: readonly Edge[] };
/** `target`: a path below the project's folder, or the name of a package. `#webext/host-link` has one for each browser. */
type Edge = Pick<Import, 'kind'> & { readonly target: string };

const filesBelow = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();

const targetsOf = (importer: string, specifier: string): string[] => {
  if (specifier === '#webext/host-link')
    return ['chrome', 'firefox'].map((browser) => `src/platform/webext/host-link.${browser}.ts`);
  return [specifier.startsWith('.') ? join(dirname(importer), specifier) : specifier];
};

const MODULES: ReadonlyMap<string, File> = new Map(
  filesBelow('src')
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => {
      const source = readFileSync(path, 'utf8');
      const imports = importsOf(source).flatMap(({ specifier, kind }) =>
        targetsOf(path, specifier).map((target) => ({ kind, target })),
      );
      return [path, { path, source, imports }];
    }),
);

const isIn = (path: string, ...folders: readonly string[]) =>
  folders.some((folder) => path.startsWith(`src/${folder}/`));
const isPackage = (target: string) => !target.startsWith('src/');
const modulesIn = (...folders: readonly string[]) => [...MODULES.values()].filter(({ path }) => isIn(path, ...folders));

/** Everything that is loaded with a module, or by it later; imports of types are not. Packages are named, not entered. */
function reachedFrom(entry: string, isFollowed: (kind: Import['kind']) => boolean = () => true): string[] {
  const reached = new Set([entry]);
  for (const path of reached) {
    for (const { kind, target } of MODULES.get(path)?.imports ?? [])
      if (kind !== 'type' && isFollowed(kind)) reached.add(target);
  }
  return [...reached].filter((path) => path !== entry).sort();
}

const PROCESSES = [
  'background',
  'engine-host',
  'content',
  'popup',
  'welcome',
  'add',
  'player',
  'manager',
  'publish-page',
  'publish',
  'edge',
  'dashboard',
] as const;

/** Who may import whom. */
const TABLE: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages: readonly string[] }>> = {
  model: { folders: [], packages: [] },
  words: { folders: ['model', '_locales'], packages: [] },
  engine: { folders: ['model'], packages: [] },
  platform: { folders: ['model', 'words'], packages: ['idb'] },
  ui: { folders: ['model', 'words', '_locales'], packages: ['preact', 'preact/hooks', '@preact/signals'] },
  background: { folders: ['model', 'platform', 'words', '_locales'], packages: ['valibot'] },
  'engine-host': { folders: ['model', 'engine', 'platform', 'words', '_locales'], packages: [] },
  content: { folders: ['model', 'platform'], packages: [] },
  popup: { folders: ['model', 'platform', 'ui', 'words'], packages: ['preact', '@preact/signals'] },
  welcome: { folders: ['model', 'platform', 'ui', 'words'], packages: ['preact', '@preact/signals'] },
  add: { folders: ['model', 'platform', 'ui', 'words'], packages: ['preact', '@preact/signals'] },
  player: { folders: ['model', 'platform', 'ui', 'words'], packages: ['preact', '@preact/signals'] },
  // Pages put files of the user into the store with it; its Worker reads the torrent.
  'own-files': { folders: ['model', 'platform', 'engine'], packages: [] },
  manager: {
    folders: ['model', 'platform', 'ui', 'words', '_locales', 'own-files'],
    packages: ['preact', '@preact/signals'],
  },
  publishing: { folders: ['model', 'engine', 'words', '_locales'], packages: ['bencode', 'fast-xml-parser'] },
  'publish-page': {
    folders: ['model', 'platform', 'ui', 'words', '_locales', 'publishing', 'engine'],
    packages: ['preact', 'preact/hooks', '@preact/signals', 'fflate'],
  },
  publish: { folders: ['model', 'engine', 'publishing'], packages: ['node:*', 'webtorrent', 'bittorrent-tracker'] },
  edge: {
    folders: ['model', 'engine', 'publishing'],
    packages: [
      'node:*',
      'bittorrent-tracker/server',
      '@electric-sql/pglite',
      '@electric-sql/pglite/nodefs',
      'pg',
      'prom-client',
      'send',
      'valibot',
    ],
  },
  dashboard: { folders: ['model', 'ui'], packages: ['preact', 'preact/hooks', '@preact/signals', 'uplot'] },
};

/** Imports beyond the table, each with its reason. */
const CORNERS: readonly { readonly where: RegExp; readonly what: RegExp; readonly kind?: 'type' }[] = [
  // webtorrent carries peers, and nobody else in the engine knows it.
  { where: /^src\/engine\/swarm\//, what: /^(webtorrent|bittorrent-protocol|bencode|node:events)$/ },
  // Metalink is XML, and XML is not read by hand.
  { where: /^src\/engine\/torrent\/read-xml\.ts$/, what: /^fast-xml-parser$/ },
  // The browser's own digests take a file only whole; those of this package take it part by part.
  { where: /^src\/engine\/store\/whole-file-hash\.ts$/, what: /^@noble\/hashes\// },
  // Files of sound and pictures are taken apart by one library, and only what feeds an element knows it.
  { where: /^src\/player\/feeds\//, what: /^mediabunny$/ },
  // A size is written the same way on every screen, page and terminal, and no name does tricks on any of them.
  { where: /^src\/(?:publish(?:ing)?|edge)\//, what: /^src\/ui\/formats\/(?:format-bytes|display-name)\.ts$/ },
  // Speeds over time are drawn by a library; whoever shows no detail of a transfer does not carry it.
  { where: /^src\/ui\/detail\/draw-speeds\.ts$/, what: /^uplot$/ },
  // The platform keeps what the engine's ports describe: it knows their types, never their code.
  { where: /^src\/platform\//, what: /^src\/engine\//, kind: 'type' },
];

/** `node:*` stands for all of Node's own modules. */
const isListed = (target: string, packages: readonly string[]) =>
  packages.includes(target) || (target.startsWith('node:') && packages.includes('node:*'));

function isAllowed({ path }: File, { kind, target }: Edge): boolean {
  const folder = path.split('/')[1] ?? '';
  const row = TABLE[folder];
  if (row === undefined) return false;
  if (isPackage(target) ? isListed(target, row.packages) : isIn(target, folder, ...row.folders)) return true;
  return CORNERS.some(
    (corner) => corner.where.test(path) && corner.what.test(target) && (corner.kind ?? kind) === kind,
  );
}

describe('the import table', () => {
  test('every folder of src has a row', () => {
    const folders = readdirSync('src', { withFileTypes: true }).map(({ name }) => name);
    const TEXTS = '_locales'; // JSON: it imports nothing
    expect(folders.filter((name) => name !== TEXTS).sort()).toEqual(Object.keys(TABLE).sort());
  });

  test.each(Object.keys(TABLE))('src/%s imports only what it may', (folder) => {
    const modules = modulesIn(folder);
    expect(modules).not.toHaveLength(0);
    const faults = modules.flatMap((file) =>
      file.imports.filter((edge) => !isAllowed(file, edge)).map((edge) => `${file.path} imports ${edge.target}`),
    );
    expect(faults).toEqual([]);
  });

  test('every relative import names a file, with its ending', () => {
    const targets = [...MODULES.values()].flatMap(({ imports }) => imports.map(({ target }) => target));
    expect(targets.filter((target) => !isPackage(target) && !existsSync(target))).toEqual([]);
  });

  test.each(PROCESSES)('the process %s reaches no other process', (own) => {
    const others = PROCESSES.filter((name) => name !== own);
    const reached = modulesIn(own).flatMap(({ path }) => reachedFrom(path));
    expect(reached.filter((path) => isIn(path, ...others))).toEqual([]);
  });

  test.each(['popup', 'welcome', 'add', 'player', 'manager'])('the page %s never carries the engine', (page) => {
    // A Worker is a file of its own, which is fetched when there is work for it.
    const reached = reachedFrom(`src/${page}/main.tsx`, (kind) => kind !== 'url');
    expect(reached.filter((path) => isIn(path, 'engine') || path === 'webtorrent')).toEqual([]);
    expect(reached).toContain('preact');
  });

  test.each(PROCESSES.filter((name) => name !== 'player'))('the process %s carries no library of media', (own) => {
    expect(modulesIn(own).flatMap(({ path }) => reachedFrom(path))).not.toContain('mediabunny');
  });

  test('the engine host reaches the engine: paths are followed to their end', () => {
    expect(reachedFrom('src/engine-host/main.ts')).toEqual(
      expect.arrayContaining(['src/engine/engine.ts', 'webtorrent']),
    );
  });
});

describe('the content script, which every page of the web pays for', () => {
  const platform = modulesIn('content').flatMap(({ path, imports }) =>
    imports.filter(({ target }) => isIn(target, 'platform')).map(({ target }) => `${path} → ${target}`),
  );

  test('knows one file of the platform', () => {
    expect(platform).toEqual(['src/content/main.ts → src/platform/webext/page-link.ts']);
  });

  test('reaches only the model and the messages of the browser, and no package', () => {
    const reached = reachedFrom('src/content/main.ts');
    expect(reached).toContain('src/platform/webext/page-link.ts');
    expect(reached.filter((path) => !isIn(path, 'content', 'model', 'platform/webext'))).toEqual([]);
  });

  test('is one classic script below 10 kB', { timeout: 60_000 }, async () => {
    const outRoot = mkdtempSync(join(tmpdir(), 'rivulet-content-'));
    try {
      await build(contentConfig('chrome', outRoot));
      const file = join(outRoot, 'chrome/content.js');
      expect(readdirSync(dirname(file))).toEqual(['content.js']);
      expect(statSync(file).size).toBeGreaterThan(500);
      expect(statSync(file).size).toBeLessThan(10_000);
      expect(readFileSync(file, 'utf8')).not.toMatch(/^\s*(?:import|export)\b/m);
    } finally {
      rmSync(outRoot, { recursive: true, force: true });
    }
  });
});

describe('the house rules', () => {
  const MAX_LINES = 300;

  test(`no module of src has more than ${MAX_LINES} lines`, () => {
    const long = [...MODULES.values()].flatMap(({ path, source }) => {
      const lines = source.trimEnd().split('\n').length;
      return lines > MAX_LINES ? [`${path}: ${lines} lines`] : [];
    });
    expect(long).toEqual([]);
  });

  test('src exports by name only', () => {
    const byDefault = /^export default\b|^export \{[^}]*\bas default\b/m;
    expect([...MODULES.values()].filter(({ source }) => byDefault.test(source)).map(({ path }) => path)).toEqual([]);
  });

  test('a helper has a name: there is no utils.ts', () => {
    const paths = ['src', 'test', 'tools'].flatMap(filesBelow);
    expect(paths.filter((path) => /^(utils?|helpers?|misc|common)\./.test(basename(path)))).toEqual([]);
  });

  test('tests and documents speak of the project alone', () => {
    const foreign =
      /\b(?:issues?|fix(?:es)?|closes?|tickets?|PR)\s+#\d+|\(#\d+\)|(?:^|[\s'"`(])\/work\/|\bthe brief\b/im;
    const documents = readdirSync('.').filter((name) => name.endsWith('.md'));
    const paths = [
      ...documents,
      ...['src', 'test', 'tools', 'docs'].filter((dir) => existsSync(dir)).flatMap(filesBelow),
    ];
    const texts = paths.filter(
      (path) => /\.(tsx?|css|html|md|json|svg)$/.test(path) && !path.endsWith(basename(import.meta.filename)),
    );
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter((path) => foreign.test(readFileSync(path, 'utf8')))).toEqual([]);
  });
});
