import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildExtension } from './build.ts';
import { packageFiles } from './package-files.ts';
import { readTree, zipTree } from './zip-tree.ts';

/*
 * npm run package
 * Builds both extensions and writes what the stores want into dist/, the same bytes for the same source.
 */
const OUT_DIR = 'dist';
const ENDINGS = { chrome: 'zip', firefox: 'xpi' } as const;

const { version } = JSON.parse(await readFile('manifest.json', 'utf8')) as { version: string };
const buildDir = await mkdtemp(join(tmpdir(), 'rivulet-package-'));
await mkdir(OUT_DIR, { recursive: true });
for (const browser of ['chrome', 'firefox'] as const) {
  await buildExtension(browser, buildDir);
  const archive = zipTree(packageFiles(browser, readTree(join(buildDir, browser))));
  const file = join(OUT_DIR, `rivulet-${browser}-${version}.${ENDINGS[browser]}`);
  await writeFile(file, archive);
  console.log(`${createHash('sha256').update(archive).digest('hex')}  ${file}`);
}
await rm(buildDir, { recursive: true, force: true });
