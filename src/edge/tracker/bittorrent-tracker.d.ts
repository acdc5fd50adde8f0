// The parts of bittorrent-tracker 11 that are used; it comes without types.
declare module 'bittorrent-tracker/server' {
  import type { Socket } from 'node:dgram';
  import type { EventEmitter } from 'node:events';
  import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
  import type { Duplex } from 'node:stream';

  /** What the server of `ws` (which bittorrent-tracker brings) hands out for one connection. */
  export type TrackerSocket = EventEmitter & {
    readonly bufferedAmount: number;
    readonly readyState: number;
    send(text: string): void;
    close(code: number, reason: string): void;
    terminate(): void;
    ping(): void;
  };

  /** An announce as the library has parsed it: `left` may be Infinity, and `event` any text. */
  export type LibraryAnnounce = {
    readonly type: 'http' | 'udp';
    readonly info_hash: string;
    readonly peer_id: string;
    readonly event: unknown;
    readonly left: number;
    readonly numwant: number;
    readonly ip: string;
    readonly port: number;
    readonly addr: string;
  };
  export type LibraryPeer = { readonly peerId: string; readonly ip: string; readonly port: number };
  type Done<T> = (error: Error | null, answer?: T) => void;

  /** What the library asks of a swarm; its README invites to bring one's own. */
  export type LibrarySwarm = {
    announce(
      params: LibraryAnnounce,
      done: Done<{ complete: number; incomplete: number; peers: readonly LibraryPeer[] }>,
    ): void;
    scrape(params: unknown, done: Done<{ complete: number; incomplete: number }>): void;
  };

  export default class TrackerServer extends EventEmitter {
    constructor(options: {
      udp: boolean;
      http: boolean;
      ws: boolean | { noServer: true; maxPayload: number };
      stats: boolean;
      peersCacheLength?: number;
      /** Milliseconds; a WebSocket peer is told a fifth of it. */
      interval?: number;
      filter?: (infoHash: string, params: unknown, done: (refusal: Error | null) => void) => void;
    });
    readonly http: HttpServer;
    readonly ws: {
      handleUpgrade(
        request: IncomingMessage,
        socket: Duplex,
        head: Buffer,
        onOpen: (socket: TrackerSocket) => void,
      ): void;
      close(): void;
    };
    udp4: Pick<Socket, 'send'> | null;
    /** By info hash in hex. */
    readonly torrents: Readonly<Record<string, { readonly peers: { readonly length: number } }>>;
    getSwarm: (infoHash: string, done: Done<LibrarySwarm>) => void;
    createSwarm: (infoHash: string, done: Done<LibrarySwarm>) => void;
    onHttpRequest(
      request: { url: string; headers: object; connection: { remoteAddress: string } },
      response: ServerResponse,
      options: { action: 'announce' | 'scrape' },
    ): void;
    onUdpRequest(message: Buffer, from: { family: 'IPv4'; address: string; port: number }): void;
    listen(port: number, hostname: string, onListening: () => void): void;
    close(onClosed: () => void): void;
  }
}
