import { hold } from './hold.ts';
import { STORE_DIRECTORY } from './opfs-root.ts';

/**
 * An object URL of a file in the store, for the browser's download list. Typed, because Chrome renames an untyped
 * `a.bin` to `a.txt`; as a slice, because only a slice can be given a type without reading it.
 * @param storeFile Null for a file without bytes.
 */
export async function storeFileUrl(infoHash: string, storeFile: string | null): Promise<string> {
  const type = 'application/octet-stream';
  if (storeFile === null) return URL.createObjectURL(new Blob([], { type }));
  const root = await navigator.storage.getDirectory();
  const store = await hold(root, (it) => it.getDirectoryHandle(STORE_DIRECTORY));
  const directory = await hold(store, (it) => it.getDirectoryHandle(infoHash));
  const handle = await hold(directory, (it) => it.getFileHandle(storeFile));
  const file = await hold(handle, (it) => it.getFile());
  return URL.createObjectURL(file.slice(0, file.size, type));
}
