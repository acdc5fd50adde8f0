import type { FileIndex } from './ids.ts';

/** How much a file of a torrent is wanted: not at all, like the others, or before the others. */
export const FILE_PRIORITIES = ['skip', 'normal', 'first'] as const;
export type FilePriority = (typeof FILE_PRIORITIES)[number];

/** One file of a transfer as screens see it. Padding is not shown. */
export type FileView = {
  readonly index: FileIndex;
  /** Folders and name as the torrent spells them: text, never a path of this computer. */
  readonly path: readonly string[];
  readonly lengthBytes: number;
  readonly priority: FilePriority;
  /** Verified bytes of the pieces that hold the file, at most its length. */
  readonly hereBytes: number;
  /** It is in the Downloads folder. */
  readonly isSaved: boolean;
  /** The download to open or to show, of one that is saved. */
  readonly downloadId?: number;
};

/** A change of the user's: these files get this priority. */
export type FileWish = { readonly files: readonly FileIndex[]; readonly priority: FilePriority };
