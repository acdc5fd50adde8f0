import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { zipSync } from 'fflate';

/** Files of an archive: bytes by path, the path with `/`. */
export type FileTree = Readonly<Record<string, Uint8Array>>;

/** The first moment that a ZIP can name. fflate writes local time, hence a local date: the same digits everywhere. */
const modifiedAt = () => new Date(1980, 0, 1);

/** Reads all files below a folder. */
export function readTree(dir: string): FileTree {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(dir, path).split(sep).join('/'), new Uint8Array(readFileSync(path))];
    }),
  );
}

/**
 * Packs files into a ZIP that is the same, byte for byte, for the same files: whatever their order, their age, the
 * clock and the time zone.
 */
export function zipTree(files: FileTree): Uint8Array {
  // By code units, not by locale. Paths that are whole numbers would come first in an object; a build has none.
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted), { level: 9, mtime: modifiedAt() });
}
