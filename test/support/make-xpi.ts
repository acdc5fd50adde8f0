import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { zipSync } from 'fflate';

/** Packs the folder of an unpacked extension into an .xpi, which Firefox can install for good. */
export function makeXpi(extensionDir: string, xpiFile: string): void {
  const entries = readdirSync(extensionDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(extensionDir.length).split(sep).filter(Boolean).join('/');
    return [name, new Uint8Array(readFileSync(path))] as const;
  });
  writeFileSync(xpiFile, zipSync(Object.fromEntries(files), { level: 1 }));
}
