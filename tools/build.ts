import { readFile, writeFile } from 'node:fs/promises';
import { build } from 'vite';
import { type Browser, contentConfig, dashboardConfig, extensionConfig, nodeConfig } from '../vite.config.ts';
import { manifestFor } from './manifest-for.ts';
import { writeLocales } from './write-locales.ts';

/** Builds one browser's extension into `<outRoot>/<browser>`, loadable as it is. */
export async function buildExtension(browser: Browser, outRoot = 'dist'): Promise<void> {
  await build(extensionConfig(browser, outRoot));
  await build(contentConfig(browser, outRoot));
  await writeLocales('src/_locales', `${outRoot}/${browser}/_locales`);
  const source = JSON.parse(await readFile('manifest.json', 'utf8'));
  await writeFile(`${outRoot}/${browser}/manifest.json`, `${JSON.stringify(manifestFor(browser, source), null, 2)}\n`);
}

/** Builds what publishers run on Node into `<outRoot>/node`: the programs, and the page that an edge serves. */
export async function buildForNode(outRoot = 'dist'): Promise<void> {
  await build(nodeConfig(outRoot));
  await build(dashboardConfig(outRoot));
}

if (process.argv[1]?.endsWith('build.ts')) {
  for (const browser of ['chrome', 'firefox'] as const) await buildExtension(browser, process.argv[2]);
  await buildForNode(process.argv[2]);
}
