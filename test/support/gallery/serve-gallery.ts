import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, preview } from 'vite';
import { axeScript } from '../axe.ts';

const ROOT = import.meta.dirname;

/** The gallery on a local port. */
export type Gallery = { readonly url: string; readonly close: () => Promise<void> };

/**
 * Builds the gallery as the extension's pages are built and serves it under the very Content Security Policy of the
 * manifest, so that what the policy forbids is missing in the pictures too. What looks for faults is at `axe.js`.
 */
export async function serveGallery(): Promise<Gallery> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'rivulet-gallery-'));
  const shared = {
    configFile: false,
    root: ROOT,
    base: './',
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  } as const;
  await build({
    ...shared,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: {
        input: ['popup', 'welcome', 'publish', 'add', 'detail', 'totals', 'manager', 'player', 'all-settings'].map(
          (screen) => path.join(ROOT, `${screen}.html`),
        ),
      },
    },
  });
  await writeFile(path.join(outDir, 'axe.js'), await axeScript());
  const policy = await readExtensionPolicy();
  const server = await preview({
    ...shared,
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, headers: { 'content-security-policy': policy } },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the gallery has no address');
  const close = async () => {
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  };
  return { url, close };
}

async function readExtensionPolicy(): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(ROOT, '../../../manifest.json'), 'utf8'));
  return manifest.content_security_policy.extension_pages;
}
