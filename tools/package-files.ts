import type { Browser } from '../vite.config.ts';
import type { FileTree } from './zip-tree.ts';

const MANIFEST = 'manifest.json';

/**
 * What of a build goes to the store. Chrome's store refuses a `key` in a first upload: it is there to give the unpacked
 * extension the same id on every computer.
 * @see https://developer.chrome.com/docs/extensions/reference/manifest/key
 */
export function packageFiles(browser: Browser, files: FileTree): FileTree {
  if (browser !== 'chrome') return files;
  const { key: _, ...manifest } = JSON.parse(new TextDecoder().decode(files[MANIFEST]));
  return { ...files, [MANIFEST]: new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`) };
}
