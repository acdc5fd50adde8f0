import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type PayloadServer = {
  /** Where a virtual file is served, each answer begun after `latencyMs`. */
  readonly urlOf: (lengthBytes: number, latencyMs: number, name: string) => string;
  /** Kills it without a word: the kernel closes its connections. */
  readonly kill: () => void;
  /** Does nothing when it has ended already. */
  readonly close: () => Promise<void>;
};
export type PayloadServerOptions = {
  /** An address of this machine, 127.0.0.1 when left out: clients count connections by it. */
  readonly host?: string;
  /** Of all connections together; as fast as it goes when left out. */
  readonly rateBytesPerS?: number;
  /** What it serves, again and again; pseudo-random bytes when left out. A name's ending says the type. */
  readonly contentFile?: string;
};

/** Starts a server of payloads in a process of its own. */
export async function startPayloadServer(options: PayloadServerOptions = {}): Promise<PayloadServer> {
  const { host = '127.0.0.1', rateBytesPerS = 0, contentFile } = options;
  const args = [host, String(rateBytesPerS), ...(contentFile === undefined ? [] : [contentFile])];
  const child = fork(fileURLToPath(new URL('payload-server.ts', import.meta.url)), args, {
    execArgv: ['--import', 'tsx'], // a test's own process reads TypeScript in another way, which a child does not inherit
  });
  const exited = once(child, 'exit');
  const died = exited.then(() => Promise.reject(new Error('the server of payloads did not start')));
  died.catch(() => undefined);
  const [port] = (await Promise.race([once(child, 'message'), died])) as [number];
  return {
    urlOf: (lengthBytes, latencyMs, name) =>
      `http://${host}:${port}/${lengthBytes}/${latencyMs}/${encodeURIComponent(name)}`,
    kill: () => {
      child.kill('SIGKILL');
    },
    close: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
