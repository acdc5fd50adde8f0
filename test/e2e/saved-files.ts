import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sha256Hex } from '../support/payload.ts';

/**
 * Every file in a folder and below it: its path from there, and its SHA-256. Sorted by path. One that goes meanwhile, as
 * partial ones of the browser's own do, is none.
 */
export function savedFiles(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  const hashed = files.flatMap((file) => {
    const bytes = readIfThere(file);
    return bytes === null ? [] : [[relative(folder, file), sha256Hex(bytes)] as const];
  });
  return Object.fromEntries(hashed);
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Files in a folder and below it whose path has these words in it, partial ones of the browser's own included. */
export function filesNamed(folder: string, words: string): string[] {
  return Object.keys(savedFiles(folder)).filter((path) => path.includes(words));
}
