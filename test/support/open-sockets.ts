import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Remembers the open sockets of a server, those that became WebSockets too (which `closeAllConnections` of node:http
 * forgets), and returns the function that destroys them all.
 */
export function rememberSockets(server: Server): () => void {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return () => {
    for (const socket of open) socket.destroy();
  };
}
