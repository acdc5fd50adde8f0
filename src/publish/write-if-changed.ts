import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Where a file is written before it gets its name: in the same folder, because a rename cannot cross file systems; hidden,
 * so that nobody publishes it; the same each time, so that what a power cut leaves is written over by the next run.
 */
function temporaryPath(path: string): string {
  const digest = createHash('sha1').update(basename(path)).digest('hex');
  return join(dirname(path), `.rivulet-${digest.slice(0, 16)}`);
}

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
 * the new one, whole. Several may be written at a time. Returns whether it wrote.
 */
export async function writeIfChanged(path: string, content: string | Uint8Array, mode = 0o644): Promise<boolean> {
  const bytes = Buffer.from(content);
  if ((await readIfThere(path))?.equals(bytes)) return false;
  const temporary = temporaryPath(path);
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
