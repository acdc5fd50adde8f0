import type { FileIndex } from '../model/ids.ts';

/** A file that was offered: its path as the user's computer has it, with `/` between its parts. */
export type Offered = { readonly path: string; readonly lengthBytes: number };

/** A file of a torrent, of which a match may be looked for. */
export type Wanted = {
  readonly index: FileIndex;
  /** Folders and file name as the torrent spells them, without the torrent's own name. */
  readonly path: readonly string[];
  readonly lengthBytes: number;
  readonly isPadding: boolean;
};

export type OwnMatches = {
  /** For files of the torrent, the place of the offered one that may be it. Empty files and padding need none. */
  readonly byFile: ReadonlyMap<FileIndex, number>;
  /** Places of offered files that are nothing of the torrent, by name or length. */
  readonly unused: readonly number[];
};

/**
 * Finds for each file of a torrent the one among the offered files that may be it; whether it is, hashes will say. It has
 * to have the same length. Among those, the one wins whose path ends most like the torrent's: the same folders, or at
 * least the same name. One with another name is taken only when no other has that length, and it is nothing else of the
 * torrent by its name. Unicode forms and case make no difference, because file systems change them. Pure.
 */
export function matchOwnFiles(files: readonly Wanted[], offered: readonly Offered[]): OwnMatches {
  const byLength = new Map<number, number[]>();
  for (const [place, { lengthBytes }] of offered.entries()) {
    const places = byLength.get(lengthBytes) ?? [];
    byLength.set(lengthBytes, places);
    places.push(place);
  }
  const paths = offered.map(({ path }) => path.split('/').filter(Boolean).map(plain));
  const byFile = new Map<FileIndex, number>();
  const nameless: Wanted[] = [];
  for (const file of files) {
    if (file.isPadding || file.lengthBytes === 0) continue;
    const wanted = file.path.map(plain);
    const alike = (byLength.get(file.lengthBytes) ?? []).map((place) => {
      const path = paths[place] ?? [];
      return { place, parts: commonEnd(wanted, path), depth: path.length };
    });
    // Of two that are as alike, the one in fewer folders: it has none that the torrent's file has not.
    const [best] = alike.sort((a, b) => b.parts - a.parts || a.depth - b.depth || a.place - b.place);
    if (best !== undefined && best.parts > 0) byFile.set(file.index, best.place);
    else nameless.push(file);
  }
  const named = new Set(byFile.values());
  for (const { index, lengthBytes } of nameless) {
    const free = (byLength.get(lengthBytes) ?? []).filter((place) => !named.has(place));
    if (free.length === 1) byFile.set(index, free[0] as number);
  }
  const used = new Set(byFile.values());
  return { byFile, unused: [...offered.keys()].filter((place) => !used.has(place)) };
}

const plain = (part: string): string => part.normalize('NFC').toLowerCase();

/** How many parts two paths have in common, counted from their ends. */
function commonEnd(a: readonly string[], b: readonly string[]): number {
  let parts = 0;
  while (parts < a.length && parts < b.length && a.at(-1 - parts) === b.at(-1 - parts)) parts += 1;
  return parts;
}
