import { readFile, writeFile } from 'node:fs/promises';
import { build } from 'vite';
import { type Browser, contentConfig, extensionConfig } from '../vite.config.ts';
import { manifestFor } from './manifest-for.ts';

/** Builds one browser's extension into `<outRoot>/<browser>`, loadable as it is. */
export async function buildExtension(browser: Browser, outRoot = 'dist'): Promise<void> {
  await build(extensionConfig(browser, outRoot));
  await build(contentConfig(browser, outRoot));
  const source = JSON.parse(await readFile('manifest.json', 'utf8'));
  await writeFile(`${outRoot}/${browser}/manifest.json`, `${JSON.stringify(manifestFor(browser, source), null, 2)}\n`);
}

if (process.argv[1]?.endsWith('build.ts')) {
  for (const browser of ['chrome', 'firefox'] as const) await buildExtension(browser, process.argv[2]);
}
