// The parts that the lab uses of libraries that come without types.

declare module 'bencode' {
  const bencode: {
    /** Dictionary keys are sorted as BEP 3 wants; members that are null or undefined are left out. */
    encode(value: unknown): Uint8Array;
    /** Byte strings stay bytes. */
    decode(bytes: Uint8Array): unknown;
  };
  export default bencode;
}

declare module 'bittorrent-tracker/server' {
  import type { EventEmitter } from 'node:events';
  import type { Server as HttpServer } from 'node:http';

  export default class TrackerServer extends EventEmitter {
    constructor(options: {
      udp: boolean;
      http: boolean;
      ws: boolean;
      stats: boolean;
      peersCacheLength?: number;
      /** Milliseconds; a WebSocket peer is told a fifth of it. */
      interval?: number;
      filter?: (infoHash: string, params: unknown, done: (refusal: Error | null) => void) => void;
    });
    readonly http: HttpServer;
    /** By info hash in hex. */
    readonly torrents: Readonly<Record<string, { readonly peers: { readonly length: number } }>>;
    listen(port: number, hostname: string, onListening: () => void): void;
    close(onClosed: () => void): void;
  }
}

declare module 'memory-chunk-store' {
  const MemoryChunkStore: new (chunkLength: number, options?: object) => object;
  export default MemoryChunkStore;
}

declare module 'parse-torrent' {
  /** Reads a .torrent or a magnet link; members depend on what it is. */
  const parseTorrent: (
    given: Uint8Array | string,
  ) => Promise<Readonly<Record<'infoHash' | 'name', string>> & Readonly<Record<string, unknown>>>;
  export default parseTorrent;
}
