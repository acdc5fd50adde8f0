import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chownSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitUntil } from '../../support/wait-until.ts';

const run = promisify(execFile);
const VERSIONS = '/usr/lib/postgresql';
const NEEDED = 'these tests need a PostgreSQL server: apt-get install postgresql';

/** A PostgreSQL server of its own for one test, reached by a local socket in a folder that goes with it. */
export type PostgresServer = {
  readonly url: string;
  /** Kills the server as a power cut would; `start` brings it back with what it has on the disk. */
  readonly kill9: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export async function startPostgres(): Promise<PostgresServer> {
  const bin = newestBin();
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-postgres-'));
  const who = await ownerOf(folder);
  const data = join(folder, 'data');
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'rivulet', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'], who);
  let server: ChildProcess;
  const start = async () => {
    const options = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'shared_buffers=16MB'];
    server = spawn(join(bin, 'postgres'), options, { ...who, stdio: ['ignore', 'ignore', 'pipe'] });
    await isListening(server);
  };
  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((resolve) => {
      if (server.exitCode !== null || server.signalCode !== null) return resolve();
      server.once('exit', () => resolve());
      server.kill(signal);
    });
  await start();
  return {
    url: `postgres://rivulet@localhost/postgres?host=${encodeURIComponent(folder)}`,
    kill9: async () => {
      // A process for each connection would else go on to the end of its statement, and hold the server's memory.
      const parts = childrenOf(server.pid ?? 0);
      const ended = end('SIGKILL');
      for (const pid of parts) process.kill(pid, 'SIGKILL');
      await ended;
      await waitUntil(() => parts.every((pid) => !isRunning(pid)), { what: 'the server to be dead' });
    },
    start,
    stop: async () => {
      await end('SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const childrenOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statOf(pid)?.parent === parent);

const isRunning = (pid: number): boolean => !['Z', 'X', undefined].includes(statOf(pid)?.state);

/** Null when the process is gone. */
function statOf(pid: number): { readonly state: string | undefined; readonly parent: number } | null {
  try {
    // `pid (name) state parent …`: the name may hold spaces and brackets.
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return { state, parent: Number(parent) };
  } catch {
    return null;
  }
}

function newestBin(): string {
  let versions: string[];
  try {
    versions = readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a));
  } catch {
    throw new Error(NEEDED);
  }
  const found = versions.find((version) => readdirSync(join(VERSIONS, version, 'bin')).includes('initdb'));
  if (found === undefined) throw new Error(NEEDED);
  return join(VERSIONS, found, 'bin');
}

/** The server refuses to run as root, so root lets somebody else run it. */
async function ownerOf(folder: string): Promise<{ uid?: number; gid?: number; cwd: string }> {
  if (process.getuid?.() !== 0) return { cwd: folder };
  const idOf = async (option: string) => {
    const asked = await run('id', [option, 'postgres']).catch(() => run('id', [option, 'nobody']));
    return Number(asked.stdout);
  };
  const [uid, gid] = [await idOf('-u'), await idOf('-g')];
  chownSync(folder, uid, gid);
  return { uid, gid, cwd: folder };
}

function isListening(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`the server ended: ${said}`)));
  });
}
