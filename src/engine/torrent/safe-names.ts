import { MAX_NAME_BYTES, type NameKind, safeName } from './safe-name.ts';
import type { TorrentFile, TorrentInfo } from './torrent-description.ts';
import { makeUniqueNames, type UniqueNames } from './unique-names.ts';

/** Windows takes 259 units in all; 59 are left for `C:\Users\…\Downloads\` and the browser's own suffix. */
const MAX_PATH_CHARS = 200;
/** Paths that are too deep stay longer than `MAX_PATH_CHARS` rather than lose all of their names. */
const MIN_NAME_CHARS = 24;

/** Where the files of a torrent go below the Downloads folder. */
export type SafePaths = {
  /** Folder of a multi-file torrent; null for a single file. */
  readonly root: string | null;
  /** Path of every file below `root`, by file index, padding included. */
  readonly paths: readonly (readonly string[])[];
  /** How many files a user would see under another path than the torrent's, `root` included. */
  readonly changed: number;
};

type Folder = { readonly names: UniqueNames; readonly folders: Map<string, { name: string; folder: Folder }> };

/**
 * Gives every file of a torrent a path that every system and browser takes (`safeName`), and that no other file or
 * folder of the torrent has, also where case does not count. The first of two equal names stays, the next is called
 * `name (2)`; files that are saved choose before padding. Where a path would have more than 200 UTF-16 units, all
 * names of the torrent are cut to one length, the greatest that will do, but not below 24.
 *
 * Pure; equal torrents have equal paths. Safe paths stay as they are, and text that differs only in Unicode form does
 * not count as changed.
 */
export function safePaths(info: Pick<TorrentInfo, 'name' | 'files' | 'isMultiFile'>): SafePaths {
  const folderNames = new Map<string, string>();
  const safeFolderName = (part: string) => {
    const name = folderNames.get(part) ?? safeName(part, 'folder');
    folderNames.set(part, name);
    return name;
  };
  const names = info.files.map(({ path }) =>
    path.map((part, depth) => (depth < path.length - 1 ? safeFolderName(part) : safeName(part, 'file'))),
  );
  const rootName = info.isMultiFile ? safeName(info.name, 'folder') : null;

  let maxChars = longestName(rootName === null ? names : names.map((path) => [rootName, ...path]));
  let result = placeFiles(info.files, names, rootName, maxChars);
  // Numbers make names longer.
  while (maxChars > MIN_NAME_CHARS && isTooLong(result)) {
    maxChars = Math.max(MIN_NAME_CHARS, Math.floor(maxChars / 2));
    result = placeFiles(info.files, names, rootName, maxChars);
  }
  return { ...result, changed: countChanged(info, result) };
}

function placeFiles(
  files: readonly TorrentFile[],
  names: readonly (readonly string[])[],
  rootName: string | null,
  maxChars: number,
): Omit<SafePaths, 'changed'> {
  const makeFolder = (): Folder => ({ names: makeUniqueNames(maxChars), folders: new Map() });
  const cut = (name: string, kind: NameKind) => (name.length <= maxChars ? name : safeName(name, kind, maxChars));
  const top = makeFolder();

  function folderIn(parent: Folder, given: string, name: string): { readonly name: string; readonly folder: Folder } {
    // By the name that was given: two folders of the torrent stay two, however alike their safe names are.
    const known = parent.folders.get(given);
    if (known !== undefined) return known;
    const made = { name: parent.names.take(cut(name, 'folder'), 'folder'), folder: makeFolder() };
    parent.folders.set(given, made);
    return made;
  }

  const paths: (readonly string[])[] = new Array(files.length);
  for (const file of [...files.filter((file) => !file.isPadding), ...files.filter((file) => file.isPadding)]) {
    const safe = names[file.index] ?? [];
    const path: string[] = [];
    let parent = top;
    for (const [depth, given] of file.path.slice(0, -1).entries()) {
      const next = folderIn(parent, given, safe[depth] ?? '');
      path.push(next.name);
      parent = next.folder;
    }
    path.push(parent.names.take(cut(safe.at(-1) ?? '', 'file'), 'file'));
    paths[file.index] = path;
  }
  return { root: rootName === null ? null : cut(rootName, 'folder'), paths };
}

/** The most UTF-16 units that names may have so that no path has more than `MAX_PATH_CHARS`. */
function longestName(paths: readonly (readonly string[])[]): number {
  let longest = MAX_NAME_BYTES;
  for (const path of paths) {
    while (longest > MIN_NAME_CHARS && charsOfPath(path, longest) > MAX_PATH_CHARS) longest -= 1;
  }
  return longest;
}

function charsOfPath(path: readonly string[], maxChars: number): number {
  return path.reduce((chars, name) => chars + Math.min(name.length, maxChars), path.length - 1);
}

function isTooLong({ root, paths }: Omit<SafePaths, 'changed'>): boolean {
  const rootChars = root === null ? 0 : root.length + 1;
  return paths.some((path) => rootChars + charsOfPath(path, MAX_NAME_BYTES) > MAX_PATH_CHARS);
}

function countChanged(
  info: Pick<TorrentInfo, 'name' | 'files' | 'isMultiFile'>,
  { root, paths }: Omit<SafePaths, 'changed'>,
): number {
  const rootChanged = root !== null && root !== info.name.normalize('NFC');
  return info.files.filter((file, index) => {
    const path = paths[index];
    return !file.isPadding && (rootChanged || file.path.some((part, depth) => part.normalize('NFC') !== path?.[depth]));
  }).length;
}
