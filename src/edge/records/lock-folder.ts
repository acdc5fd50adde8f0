import { createHash } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type FolderLock = { readonly release: () => Promise<void> };

/** Longest path of a local socket that every system takes (`sun_path`). */
const MAX_SOCKET_PATH = 100;

/**
 * Keeps a second process out of a folder. The lock is a local socket that somebody listens on: it ends with its process,
 * however that ends, and a number of a process that was given again cannot be mistaken for it.
 * @throws when another process holds it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const address = socketOf(folder);
  const server = (await listen(address)) ?? (await listenAfterDead(folder, address));
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

function socketOf(folder: string): string {
  const name = `rivulet-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const inside = join(folder, 'edge.lock');
  return Buffer.byteLength(inside) <= MAX_SOCKET_PATH ? inside : join(tmpdir(), `${name}.lock`);
}

async function listenAfterDead(folder: string, address: string): Promise<Server> {
  if (await isAnswered(address))
    throw new Error(`Another edge uses the folder ${folder}. Stop it, or choose another with --data.`);
  await unlink(address).catch(() => {});
  const server = await listen(address);
  if (server === null) throw new Error(`Another edge has just taken the folder ${folder}.`);
  return server;
}

/** Null when the address is taken, by the living or the dead. */
function listen(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(address, () => resolve(server));
  });
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
