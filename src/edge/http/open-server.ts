import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { makeOpenCounts } from '../limits/open-counts.ts';
import { limitKey, plainAddress } from './client-address.ts';

export type TlsFiles = { readonly cert: Buffer; readonly key: Buffer };

/** A web server that nobody can hold up: what takes too long or is too large is cut off. */
export type OpenServer = {
  readonly server: Server;
  /** Takes a renewed certificate for connections to come. */
  readonly renew: (tls: TlsFiles) => void;
  /** Ends all connections, those that became WebSockets too. */
  readonly destroySockets: () => void;
};

const REQUEST_WITHIN_MS = 30_000;
/** A player that has enough for now reads nothing for a while; what it asks for later is another range. */
const SILENT_FOR_MS = 120_000;
const KEEP_ALIVE_MS = 15_000;
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_HEADERS = 100;

export type ServerBounds = {
  /** Connections of one address; Infinity where a proxy of ours opens them all. */
  readonly connectionsPerAddress: number;
  readonly headersWithinMs: number;
};

/** Makes the server of an edge, over TLS when it has a certificate. It listens when it is told to. */
export function makeOpenServer(tls: TlsFiles | null, bounds: ServerBounds, onRequest: RequestListener): OpenServer {
  const headersTimeout = bounds.headersWithinMs;
  const options = {
    headersTimeout,
    requestTimeout: Math.max(headersTimeout, REQUEST_WITHIN_MS),
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: Math.min(1_000, headersTimeout),
    maxHeaderSize: MAX_HEADER_BYTES,
    noDelay: true,
  };
  const tlsServer = tls === null ? null : createTlsServer({ ...options, ...tls }, onRequest);
  const server: Server = tlsServer ?? createServer(options, onRequest);
  server.maxHeadersCount = MAX_HEADERS;
  server.setTimeout(SILENT_FOR_MS, (socket) => socket.destroy());
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });

  const sockets = new Set<Socket>();
  const counts = makeOpenCounts(bounds.connectionsPerAddress);
  server.on('connection', (socket: Socket) => {
    const key = limitKey(plainAddress(socket.remoteAddress ?? ''));
    if (!counts.enter(key)) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      counts.leave(key);
    });
  });

  return {
    server,
    renew: (files) => tlsServer?.setSecureContext(files),
    destroySockets: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}
