import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sha256Hex } from '../support/payload.ts';

/** Every file in a folder and below it: its path from there, and its SHA-256. Sorted by path. */
export function savedFiles(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(files.map((file) => [relative(folder, file), sha256Hex(readFileSync(file))]));
}

/** Files in a folder and below it whose path has these words in it, partial ones of the browser's own included. */
export function filesNamed(folder: string, words: string): string[] {
  return Object.keys(savedFiles(folder)).filter((path) => path.includes(words));
}
