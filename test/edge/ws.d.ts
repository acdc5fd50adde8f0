// The part of ws (which bittorrent-tracker brings) that tests use as a client.
declare module 'ws' {
  import type { EventEmitter } from 'node:events';

  export class WebSocket extends EventEmitter {
    constructor(url: string, options?: { headers?: Readonly<Record<string, string>>; perMessageDeflate?: boolean });
    readonly readyState: number;
    send(data: string | Uint8Array): void;
    terminate(): void;
    close(): void;
  }
}

declare module 'bittorrent-tracker/client' {
  import type { EventEmitter } from 'node:events';

  export default class TrackerClient extends EventEmitter {
    constructor(options: {
      infoHash: string;
      peerId: string;
      announce: readonly string[];
      port: number;
      wrtc?: object;
      getAnnounceOpts?: () => object;
    });
    start(options?: object): void;
    complete(options?: object): void;
    update(options?: object): void;
    scrape(): void;
    stop(): void;
    destroy(done?: () => void): void;
  }
}
