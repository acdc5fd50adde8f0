import { hold } from './hold.ts';
import { STORE_DIRECTORY } from './opfs-root.ts';

/** The depot goes on writing: a file that has changed since it was looked up cannot be read, and is looked up again. */
const TRIES = 20;
const PAUSE_MS = 5;

/**
 * Reads bytes of a file in the store while the depot may be writing others of it. For pages and service workers.
 * @throws {DOMException} when there is no such file, or it has not got these bytes.
 */
export async function readStoreFile(
  infoHash: string,
  storeFile: string,
  startByte: number,
  endByte: number,
): Promise<Uint8Array<ArrayBuffer>> {
  for (let tries = 1; ; tries++) {
    try {
      const file = await openStoreFile(infoHash, storeFile);
      const bytes = new Uint8Array(await hold(file.slice(startByte, endByte), (part) => part.arrayBuffer()));
      if (bytes.length === endByte - startByte) return bytes;
      throw new DOMException('The file is too short.', 'NotReadableError');
    } catch (error) {
      if (tries === TRIES || !(error instanceof DOMException) || error.name !== 'NotReadableError') throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** A file of the store as it is now. */
export async function openStoreFile(infoHash: string, storeFile: string): Promise<File> {
  const root = await navigator.storage.getDirectory();
  const store = await hold(root, (it) => it.getDirectoryHandle(STORE_DIRECTORY));
  const directory = await hold(store, (it) => it.getDirectoryHandle(infoHash));
  const handle = await hold(directory, (it) => it.getFileHandle(storeFile));
  return hold(handle, (it) => it.getFile());
}
