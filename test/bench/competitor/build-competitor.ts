import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformWithOxc } from 'vite';
import type { BrowserName } from '../../../tools/ensure-browsers.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const SCRIPTS = [
  'plain-fetch.ts',
  'plain-fetch-worker.ts',
  'plain-files-worker.ts',
  'hashed-fetch-worker.ts',
  'part-hash-worker.ts',
  'stock-webtorrent.ts',
  'raw-channel.ts',
];

/** A script of the bench that runs in a page, as the JavaScript that a page can load. */
export async function pageScriptCode(name: string): Promise<string> {
  const file = here(name);
  return (await transformWithOxc(readFileSync(file, 'utf8'), file, { lang: 'ts' })).code;
}

/**
 * Writes the extension that the competitors run in, so that they have what ours has: host permissions (no CORS, no
 * preflight), unlimited storage, an origin of their own, and the same CSP, which is read from our manifest.
 */
export async function buildCompetitor(browser: BrowserName, dir: string): Promise<string> {
  const { content_security_policy } = JSON.parse(readFileSync(here('../../../manifest.json'), 'utf8'));
  const manifest = {
    manifest_version: 3,
    name: 'Competitor',
    version: '1.0',
    permissions: ['unlimitedStorage'],
    host_permissions: ['<all_urls>'],
    content_security_policy,
    ...(browser === 'firefox' ? { browser_specific_settings: { gecko: { id: 'competitor@rivulet.example' } } } : {}),
  };
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(manifest));
  copyFileSync(here('competitor.html'), join(dir, 'competitor.html'));
  copyFileSync(here('../../../node_modules/webtorrent/dist/webtorrent.min.js'), join(dir, 'webtorrent.min.js'));
  for (const name of SCRIPTS)
    writeFileSync(join(dir, `${basename(name, '.ts')}.js`), await pageScriptCode(`./${name}`));
  return dir;
}
