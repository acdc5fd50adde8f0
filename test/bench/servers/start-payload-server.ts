import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type PayloadServer = {
  /** Where a virtual file is served, each answer begun after `latencyMs`. */
  readonly urlOf: (lengthBytes: number, latencyMs: number, name: string) => string;
  readonly close: () => Promise<void>;
};

/** Starts the server of payloads in a process of its own. */
export async function startPayloadServer(): Promise<PayloadServer> {
  const child = fork(fileURLToPath(new URL('payload-server.ts', import.meta.url)));
  const [port] = (await once(child, 'message')) as [number];
  return {
    urlOf: (lengthBytes, latencyMs, name) =>
      `http://127.0.0.1:${port}/${lengthBytes}/${latencyMs}/${encodeURIComponent(name)}`,
    close: async () => {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
