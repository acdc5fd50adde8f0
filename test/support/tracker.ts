import type { AddressInfo } from 'node:net';
import TrackerServer from 'bittorrent-tracker/server';
import { rememberSockets } from './open-sockets.ts';

export type LoggedAnnounce = {
  readonly event: 'start' | 'update' | 'complete' | 'stop' | 'pause';
  readonly infoHash: string;
  readonly peerId: string;
  readonly over: 'ws' | 'http';
  readonly leftBytes: number;
  readonly uploadedBytes: number;
  readonly downloadedBytes: number;
  /** Milliseconds since 1970. */
  readonly at: number;
};
export type Tracker = {
  readonly wsUrl: string;
  readonly httpUrl: string;
  /** Every announce so far, oldest first; grows while the tracker runs. WebRTC answers are not announces. */
  readonly announces: readonly LoggedAnnounce[];
  /** Peers that the tracker knows in this swarm now; one that closes its WebSocket leaves at once. */
  readonly peerCount: (infoHash: string) => number;
  readonly close: () => Promise<void>;
};

type AnnounceParams = {
  readonly info_hash: string;
  readonly peer_id: string;
  readonly type: string;
  readonly left?: number;
  readonly uploaded?: number;
  readonly downloaded?: number;
  readonly answer?: unknown;
};

const EVENTS = ['start', 'update', 'complete', 'stop', 'pause'] as const;
/** The server forgets peers beyond 1,000 a swarm unless told otherwise. */
const PEERS_KEPT = 1_000_000;

/**
 * Starts a real tracker (WebSocket and HTTP, no UDP) on a free port of 127.0.0.1.
 * `announceEveryS` is what WebSocket peers are told; they may ask again no sooner.
 */
export async function startTracker(options: { readonly announceEveryS?: number } = {}): Promise<Tracker> {
  const { announceEveryS = 120 } = options;
  const server = new TrackerServer({
    udp: false,
    http: true,
    ws: true,
    stats: false,
    peersCacheLength: PEERS_KEPT,
    interval: announceEveryS * 5 * 1000, // the server tells WebSocket peers a fifth of it
  });
  const destroySockets = rememberSockets(server.http);
  const announces: LoggedAnnounce[] = [];
  for (const event of EVENTS) {
    server.on(event, (_peer: string, params: AnnounceParams) => {
      if (!params.answer) announces.push(describeAnnounce(event, params));
    });
  }
  server.on('warning', () => {}); // a client that sends nonsense, or leaves early, is no fault of the lab
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.http.address() as AddressInfo;
  return {
    wsUrl: `ws://127.0.0.1:${port}`,
    httpUrl: `http://127.0.0.1:${port}/announce`,
    announces,
    peerCount: (infoHash) => server.torrents[infoHash]?.peers.length ?? 0,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(resolve));
      destroySockets();
      await closed;
    },
  };
}

function describeAnnounce(event: LoggedAnnounce['event'], params: AnnounceParams): LoggedAnnounce {
  return {
    event,
    infoHash: params.info_hash,
    peerId: params.peer_id,
    over: params.type === 'ws' ? 'ws' : 'http',
    leftBytes: params.left ?? 0,
    uploadedBytes: params.uploaded ?? 0,
    downloadedBytes: params.downloaded ?? 0,
    at: Date.now(),
  };
}
