import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rememberSockets } from './open-sockets.ts';

/** `origin` is like `http://127.0.0.1:1234`; `close` destroys what is still open. */
export type OpenServer = { readonly origin: string; readonly close: () => Promise<void> };

/** Has a server listen on a free port of this machine. @throws {Error} of the system when it cannot. */
export async function openServer(server: Server): Promise<OpenServer> {
  const destroySockets = rememberSockets(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise<unknown>((resolve) => server.close(resolve));
      destroySockets();
      await closed;
    },
  };
}
