import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** In the same folder, because a rename cannot cross file systems. Hidden, so that nobody publishes it. */
const TEMPORARY_NAME = '.rivulet-unfinished';

/** The bytes of a file, or null when there is none. */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Writes a file unless it has this content already; its folder is made if need be. At any moment the file is the old one or
 * the new one, whole. One at a time in a folder. Returns whether it wrote.
 */
export async function writeIfChanged(path: string, content: string | Uint8Array, mode = 0o644): Promise<boolean> {
  const bytes = Buffer.from(content);
  if ((await readIfThere(path))?.equals(bytes)) return false;
  const temporary = join(dirname(path), TEMPORARY_NAME);
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(temporary, bytes, { mode });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return true;
}
