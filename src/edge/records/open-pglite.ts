import { existsSync, fsyncSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import type { Database } from './database.ts';
import { lockFolder } from './lock-folder.ts';

/** Less than PGlite's 128 MB: the rollups are small, and an edge should fit into a small machine. */
const SHARED_BUFFERS = '16MB';
const MADE = 'pglite';
const UNFINISHED = 'pglite-unfinished';

/** The parts of Emscripten's file system that carry `fsync` to the disk. */
type EmscriptenModule = {
  readonly NODEFS: { readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number } };
};

/**
 * Runs PostgreSQL inside this process (PGlite), with its files in a folder that is made when it is missing. The first
 * start fills the folder and takes some seconds.
 * @throws when the folder cannot be written, or another edge uses it.
 */
export async function openPglite(dataDir: string): Promise<Database> {
  const folder = resolve(dataDir);
  await mkdir(folder, { recursive: true });
  const lock = await lockFolder(folder);
  try {
    await makeWhole(folder);
    const database = await start(resolve(folder, MADE));
    return {
      query: async (text, parameters = []) =>
        (await database.query<Record<string, unknown>>(text, [...parameters])).rows,
      close: async () => {
        await database.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw new Error(`The database in ${folder} cannot be opened: ${messageOf(error)}`, { cause: error });
  }
}

/** A database that a kill left half made is made anew: it gets its name when it is whole. */
async function makeWhole(folder: string): Promise<void> {
  if (existsSync(resolve(folder, MADE))) return;
  const unfinished = resolve(folder, UNFINISHED);
  await rm(unfinished, { recursive: true, force: true });
  await (await start(unfinished)).close();
  await rename(unfinished, resolve(folder, MADE));
}

const start = (folder: string) => PGlite.create({ fs: durableFs(folder), startParams: durableStart() });

/**
 * PGlite starts with fsync off, and Emscripten's file system for Node has no fsync: what is written survives a kill of
 * the process, but not a power cut. With both put right, a commit is on the disk. `fdatasync` does nothing in Emscripten,
 * so the log is flushed by `fsync`.
 */
function durableStart(): string[] {
  return [
    ...PGlite.defaultStartParams.filter((option) => option !== '-F'),
    ...['-c', 'wal_sync_method=fsync', '-c', `shared_buffers=${SHARED_BUFFERS}`],
  ];
}

function durableFs(folder: string): NodeFS {
  const fs = new NodeFS(folder);
  const init = fs.init.bind(fs);
  fs.init = async (pg, options) => {
    const made = await init(pg, options);
    const addFsync = (module: unknown) => {
      (module as EmscriptenModule).NODEFS.stream_ops.fsync = ({ nfd }) => {
        fsyncSync(nfd);
        return 0;
      };
    };
    const preRun = [made.emscriptenOpts.preRun ?? []].flat();
    return { ...made, emscriptenOpts: { ...made.emscriptenOpts, preRun: [...preRun, addFsync] } };
  };
  return fs;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
