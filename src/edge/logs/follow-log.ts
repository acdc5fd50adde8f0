import { type FileHandle, open, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { readLog } from './read-log.ts';
import { createLineSplitter } from './split-lines.ts';

const CHUNK_BYTES = 1 << 20;
const LOOK_EVERY_MS = 1000;
/** nginx writes into a renamed log until it is told to begin a new one, and its processes hear of it one by one. */
const SILENT_LOOKS = 3;

export type FollowOptions = {
  readonly signal: AbortSignal;
  /** How often the file is looked at for more. */
  readonly lookEveryMs?: number;
};

/**
 * Reads a log from its begin and then what is added, until the signal. When the file is renamed and begun anew, or cut to
 * nothing (logrotate's `create` and `copytruncate`), the old one is read to its end and the new one from its begin. The
 * file that was rotated last (`access.log.1`) is read first: it may have lines from while nobody followed. What is read
 * twice counts once (`line-names.ts`). A file that does not exist yet is waited for.
 */
export async function* followLog(path: string, { signal, lookEveryMs }: FollowOptions): AsyncGenerator<string[]> {
  const pause = () => wait(lookEveryMs ?? LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => {});
  if ((await sizeOf(`${path}.1`)) !== null) yield* readLog(`${path}.1`);
  while (!signal.aborted) {
    const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (file === null) await pause();
    else {
      try {
        yield* followFile(file, path, pause, signal);
      } finally {
        await file.close();
      }
    }
  }
}

/** Ends when the file is no longer what its path names, or was cut. */
async function* followFile(
  file: FileHandle,
  path: string,
  pause: () => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<string[]> {
  const splitter = createLineSplitter();
  const buffer = Buffer.alloc(CHUNK_BYTES);
  const { ino } = await file.stat();
  let at = 0;
  let silentLooks = 0;
  for (;;) {
    const named = await stat(path).catch(() => null);
    const isRotated = named !== null && named.ino !== ino;
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, at);
    at += bytesRead;
    if (bytesRead > 0) yield splitter.push(buffer.subarray(0, bytesRead));
    else if ((await file.stat()).size < at || silentLooks >= SILENT_LOOKS) return yield splitter.rest();
    else {
      if (isRotated) silentLooks += 1;
      await pause();
    }
    if (signal.aborted) return;
  }
}

const sizeOf = async (path: string): Promise<number | null> => (await stat(path).catch(() => null))?.size ?? null;
