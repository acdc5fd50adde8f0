import type { Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { METALINK_SUFFIX, TORRENT_SUFFIX } from '../publishing/publication.ts';
import { isPublishableName } from '../publishing/published-urls.ts';

export type FoundFile = {
  /** Folders and name below the folder. */
  readonly path: readonly string[];
  readonly absolutePath: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
};

/** What was passed over, with the reason as the end of a sentence. Dotfiles and what we wrote are not mentioned. */
export type SkippedFile = { readonly path: string; readonly reason: string };

export type Walk = { readonly files: readonly FoundFile[]; readonly skipped: readonly SkippedFile[] };

/** Where everything lies that is written for the folder as a whole. */
export const OUTPUT_FOLDER = 'rivulet';

/**
 * Lists the files of a folder and of those in it, by path. Passed over are dotfiles, `rivulet/`, .torrent and .meta4 files,
 * empty files, links that lead out of the folder or to a folder, and names that no URL can have.
 */
export async function walkFolder(root: string): Promise<Walk> {
  const files: FoundFile[] = [];
  const skipped: SkippedFile[] = [];
  const realRoot = await realpath(root);

  async function visit(path: readonly string[]): Promise<void> {
    const entries = await readdir(join(root, ...path), { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const own = [...path, entry.name];
      const isOurs = (path.length === 0 && entry.name === OUTPUT_FOLDER) || isDescription(entry.name);
      if (entry.name.startsWith('.') || isOurs) continue;
      const skip = (reason: string) => skipped.push({ path: own.join('/'), reason });
      if (!isPublishableName(entry.name)) skip('its name cannot be written into a URL; rename it');
      else if (entry.isDirectory()) await visit(own);
      else if (entry.isSymbolicLink()) await visitLink(own, skip);
      else if (entry.isFile()) add(own, await stat(join(root, ...own)), skip);
      else skip('it is no ordinary file');
    }
  }

  async function visitLink(path: readonly string[], skip: (reason: string) => void): Promise<void> {
    const link = join(root, ...path);
    const target = await realpath(link).catch(() => null);
    if (target === null) return skip('it is a link to nothing');
    if (!target.startsWith(realRoot + sep)) return skip('it is a link that leaves the folder');
    const stats = await stat(link);
    if (stats.isFile()) add(path, stats, skip);
    else skip('it is a link to a folder; what is in there is published where it lies');
  }

  function add(path: readonly string[], { size, mtimeMs }: Stats, skip: (reason: string) => void): void {
    if (size === 0) skip('it is empty');
    else files.push({ path, absolutePath: join(root, ...path), sizeBytes: size, modifiedAtMs: mtimeMs });
  }

  await visit([]);
  return { files, skipped };
}

function isDescription(name: string): boolean {
  return name.endsWith(TORRENT_SUFFIX) || name.endsWith(METALINK_SUFFIX);
}
