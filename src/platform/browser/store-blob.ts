import { openStoreFile } from './read-store-file.ts';

/**
 * An object URL of a file in the store, for the browser's download list or a media element. Typed, because Chrome renames an untyped
 * `a.bin` to `a.txt`; as a slice, because only a slice can be given a type without reading it.
 * @param storeFile Null for a file without bytes.
 */
export async function storeFileUrl(
  infoHash: string,
  storeFile: string | null,
  type = 'application/octet-stream',
): Promise<string> {
  if (storeFile === null) return URL.createObjectURL(new Blob([], { type }));
  const file = await openStoreFile(infoHash, storeFile);
  return URL.createObjectURL(file.slice(0, file.size, type));
}
