import type { StoreDirectory, StoreFile, StoreRoot } from '../../engine/store/store-directory.ts';
import { hold } from './hold.ts';

/** Directory of the origin-private file system that holds all torrents. */
export const STORE_DIRECTORY = 'store';

/**
 * Bytes written at a time. For a larger write the system looks for as large a piece of free memory to cache it in, and
 * where that is scarce, as in virtual machines, a MiB at once takes four times as long as in eighths.
 */
const WRITE_BYTES = 131_072;

/** The store in the origin-private file system. For dedicated Workers: only they have sync access handles. */
export function opfsRoot(): StoreRoot {
  const store = async () =>
    hold(await navigator.storage.getDirectory(), (root) => root.getDirectoryHandle(STORE_DIRECTORY, { create: true }));
  return {
    directory: async (infoHash) =>
      opfsDirectory(await hold(await store(), (it) => it.getDirectoryHandle(infoHash, { create: true }))),
    remove: async (infoHash) => {
      try {
        await hold(await store(), (it) => it.removeEntry(infoHash, { recursive: true }));
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    },
    places: async () =>
      hold(await store(), async (it) => {
        const places: { name: string; bytes: number }[] = [];
        for await (const entry of it.values()) {
          if (entry.kind !== 'directory') continue;
          const sizes = await opfsDirectory(entry as FileSystemDirectoryHandle)
            .sizes()
            .catch((error: unknown) => {
              if (isNotFound(error)) return null; // it went while we looked
              throw error;
            });
          if (sizes !== null) places.push({ name: entry.name, bytes: sumOf(sizes.values()) });
        }
        return places;
      }),
  };
}

const sumOf = (sizes: Iterable<number>): number => [...sizes].reduce((sum, bytes) => sum + bytes, 0);

function opfsDirectory(directory: FileSystemDirectoryHandle): StoreDirectory {
  return {
    open: async (name) => {
      const file = await hold(directory, (it) => it.getFileHandle(name, { create: true }));
      return storeFile(await hold(file, (it) => it.createSyncAccessHandle()));
    },
    sizes: () =>
      hold(directory, async (it) => {
        const sizes = new Map<string, number>();
        for await (const entry of it.values()) {
          if (entry.kind === 'file') sizes.set(entry.name, (await hold(entry, (file) => file.getFile())).size);
        }
        return sizes;
      }),
  };
}

function storeFile(handle: FileSystemSyncAccessHandle): StoreFile {
  return {
    sizeBytes: () => handle.getSize(),
    read: (into, at) => handle.read(into as Uint8Array<ArrayBuffer>, { at }),
    write: (bytes, at) => {
      let written = 0;
      for (let from = 0; from < bytes.length; from += WRITE_BYTES) {
        const part = bytes.subarray(from, from + WRITE_BYTES) as Uint8Array<ArrayBuffer>;
        written += handle.write(part, { at: at + from });
      }
      // A full disk may show as a short write and not as an exception.
      if (written !== bytes.length) throw new DOMException('short write', 'QuotaExceededError');
    },
    flush: () => handle.flush(),
    close: () => handle.close(),
  };
}

const isNotFound = (error: unknown): boolean => error instanceof DOMException && error.name === 'NotFoundError';
