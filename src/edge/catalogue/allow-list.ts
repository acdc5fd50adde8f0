import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Info hashes that the publisher allows beside those of the folder. */
export type AllowList = {
  readonly has: (infoHash: string) => boolean;
  readonly list: () => readonly string[];
  /** Resolves when the list is on the disk. */
  readonly add: (infoHash: string) => Promise<void>;
  readonly remove: (infoHash: string) => Promise<void>;
};

const FILE = 'allow-list.txt';
const INFO_HASH = /^[0-9a-f]{40}$/;

/** Whether a text is an info hash as it is kept here: 40 lower-case hex digits. */
export const isInfoHash = (text: string): boolean => INFO_HASH.test(text);

/**
 * Reads `allow-list.txt` of the data folder: one info hash a line, `#` begins a remark.
 * @throws {Error} in plain words for a line that is none.
 */
export async function openAllowList(dataDir: string): Promise<AllowList> {
  const path = join(dataDir, FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const allowed = new Set<string>();
  for (const [index, line] of text.split('\n').entries()) {
    const entry = (line.split('#')[0] ?? '').trim().toLowerCase();
    if (entry === '') continue;
    if (!isInfoHash(entry)) throw new Error(`${path}, line ${index + 1}: "${entry}" is no info hash (40 hex digits).`);
    allowed.add(entry);
  }

  let writing: Promise<void> = Promise.resolve();
  const save = (): Promise<void> => {
    const write = async () => {
      // A new file takes the old one's place whole, so that a crash leaves the one or the other.
      await writeFile(`${path}.new`, [...allowed, ''].join('\n'), { flush: true });
      await rename(`${path}.new`, path);
    };
    writing = writing.then(write, write);
    return writing;
  };
  return {
    has: (infoHash) => allowed.has(infoHash),
    list: () => [...allowed],
    add: (infoHash) => {
      allowed.add(infoHash);
      return save();
    },
    remove: (infoHash) => {
      allowed.delete(infoHash);
      return save();
    },
  };
}
