import type { StoreDirectory, StoreFile, StoreRoot } from '../../engine/store/store-directory.ts';
import { gatherWrites, WriteBuffers } from './gather-writes.ts';
import { hold } from './hold.ts';

/** Directory of the origin-private file system that holds all torrents. */
export const STORE_DIRECTORY = 'store';

/**
 * Bytes written at a time by Chromium. For a larger write the system looks for as large a piece of free memory to cache
 * it in, and where that is scarce, as in virtual machines, a MiB at once takes four times as long as in eighths. Firefox
 * asks another process about the quota before each write and waits for it: that takes as long as half a MiB.
 */
const WRITE_BYTES = 131_072;

const OPEN_TRIES = 10;
const OPEN_AGAIN_MS = 200;

/** The store in the origin-private file system. For dedicated Workers: only they have sync access handles. */
export function opfsRoot(): StoreRoot {
  const isFirefox = navigator.userAgent.includes('Firefox/');
  const buffers = new WriteBuffers();
  const storeFile: MakeFile = (handle) =>
    isFirefox ? gatherWrites(fileOf(handle, Number.POSITIVE_INFINITY), buffers) : fileOf(handle, WRITE_BYTES);
  const store = async () =>
    hold(await navigator.storage.getDirectory(), (root) => root.getDirectoryHandle(STORE_DIRECTORY, { create: true }));
  return {
    directory: async (infoHash) =>
      opfsDirectory(await hold(await store(), (it) => it.getDirectoryHandle(infoHash, { create: true })), storeFile),
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
          const sizes = await sizesIn(entry as FileSystemDirectoryHandle).catch((error: unknown) => {
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

type MakeFile = (handle: FileSystemSyncAccessHandle) => StoreFile;

function opfsDirectory(directory: FileSystemDirectoryHandle, storeFile: MakeFile): StoreDirectory {
  return {
    open: async (name) => {
      const file = await hold(directory, (it) => it.getFileHandle(name, { create: true }));
      return storeFile(await openAlone(file));
    },
    sizes: () => sizesIn(directory),
  };
}

const sizesIn = (directory: FileSystemDirectoryHandle): Promise<Map<string, number>> =>
  hold(directory, async (it) => {
    const sizes = new Map<string, number>();
    for await (const entry of it.values()) {
      if (entry.kind === 'file') sizes.set(entry.name, (await hold(entry, (file) => file.getFile())).size);
    }
    return sizes;
  });

/**
 * One handle a file at a time. A page that was closed in the middle of a copy may not have let go of it yet, and so a file
 * that is held is tried again for a moment.
 */
async function openAlone(file: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> {
  for (let tries = 1; ; tries++) {
    try {
      return await hold(file, (it) => it.createSyncAccessHandle());
    } catch (error) {
      const isHeld = error instanceof DOMException && error.name === 'NoModificationAllowedError';
      if (!isHeld || tries === OPEN_TRIES) throw error;
      await new Promise<void>((resolve) => setTimeout(resolve, OPEN_AGAIN_MS));
    }
  }
}

function fileOf(handle: FileSystemSyncAccessHandle, writeBytes: number): StoreFile {
  return {
    sizeBytes: () => handle.getSize(),
    read: (into, at) => handle.read(into as Uint8Array<ArrayBuffer>, { at }),
    write: (bytes, at) => {
      let written = 0;
      for (let from = 0; from < bytes.length; from += writeBytes) {
        const part = bytes.subarray(from, from + writeBytes) as Uint8Array<ArrayBuffer>;
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
