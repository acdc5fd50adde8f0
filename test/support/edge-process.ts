import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export type EdgeProcess = {
  readonly pid: number;
  readonly port: number;
  readonly url: string;
  readonly wsUrl: string;
  /** Ends it as a power cut would. */
  readonly kill: () => Promise<void>;
  /** Asks it to stop, and resolves to its exit code. */
  readonly stop: () => Promise<number | null>;
};

const ROOT = join(import.meta.dirname, '../..');
/** Making a new database takes its time on a busy machine. */
const START_WITHIN_MS = 240_000;

/**
 * Starts `rivulet edge` from its source as a process of its own, on 127.0.0.1.
 * @throws {Error} with what it said, when it does not start.
 */
export async function startEdgeProcess(args: readonly string[]): Promise<EdgeProcess> {
  const main = join(ROOT, 'src/edge/main.ts');
  // Not by the program tsx, which would be a process between.
  const child = spawn(process.execPath, ['--import', 'tsx', main, 'edge', '--json', '--host', '127.0.0.1', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (data) => {
    said += data;
  });
  const line = await firstLine(child, () => said);
  const { port } = JSON.parse(line) as { readonly port: number };
  const exited = async () => {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child.exitCode;
  };
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return exited();
  };
  return {
    pid: child.pid ?? 0,
    port,
    url: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}`,
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}

function firstLine(child: ChildProcess, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const give = (error: Error) => {
      child.kill('SIGKILL');
      reject(error);
    };
    const timer = setTimeout(() => give(new Error(`the edge did not start in time: ${said()}`)), START_WITHIN_MS);
    child.stdout?.on('data', (data) => {
      text += data;
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      resolve(text);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      give(new Error(`the edge ended: ${said()}`));
    });
  });
}
