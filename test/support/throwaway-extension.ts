import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes a tiny extension for either browser, to prove that a driver can load one and use it: a page with a button,
 * a field and a file field that says what happened to it, and a background that does nothing.
 */
export function writeThrowawayExtension(dir: string): string {
  mkdirSync(dir, { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: 'Throwaway',
    version: '1.0',
    permissions: ['downloads', 'unlimitedStorage'],
    host_permissions: ['<all_urls>'],
    background: { service_worker: 'background.js', scripts: ['background.js'] },
    browser_specific_settings: { gecko: { id: 'rivulet@rivulet.example' } },
  };
  const files = {
    'manifest.json': JSON.stringify(manifest),
    'background.js': '',
    'page.html': `<!doctype html><meta charset="utf-8"><title>Throwaway</title>
      <style>body { background: white } @media (prefers-color-scheme: dark) { body { background: black } }</style>
      <button>Press</button> <input id="text"> <input id="file" type="file"> <a href="other.html">other</a>
      <script src="page.js"></script>`,
    'other.html': '<!doctype html><title>Other</title>',
    'page.js': `document.querySelector('button').addEventListener('click', (event) => {
      window.lastClick = { isTrusted: event.isTrusted, isShifted: event.shiftKey };
    });`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}
