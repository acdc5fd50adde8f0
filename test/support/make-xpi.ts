import { writeFileSync } from 'node:fs';
import { readTree, zipTree } from '../../tools/zip-tree.ts';

/** Packs the folder of an unpacked extension into an .xpi, which Firefox can install for good. */
export function makeXpi(extensionDir: string, xpiFile: string): void {
  writeFileSync(xpiFile, zipTree(readTree(extensionDir)));
}
