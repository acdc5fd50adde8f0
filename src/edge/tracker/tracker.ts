import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import TrackerServer from 'bittorrent-tracker/server';
import { limitKey } from '../http/client-address.ts';
import type { EdgeLimits } from '../limits/edge-limits.ts';
import { makeBuckets } from '../limits/token-buckets.ts';
import { ADDRESS_ANNOUNCE_EVERY_S, makeAddressPeers } from './address-peers.ts';
import { makePlausibility } from './plausible.ts';
import { makeSocketHub, NOT_SERVED, type TrackerEvent, type TrackerParts } from './socket-hub.ts';
import { makeSwarms, type SwarmCounts } from './swarms.ts';
import { startUdpTracker, type UdpTracker } from './udp-tracker.ts';

export type TrackerOptions = {
  readonly limits: EdgeLimits;
  readonly isServed: (infoHash: string) => boolean;
  /** Bytes of what an info hash names; null when that is not known here. */
  readonly sizeOf: (infoHash: string) => number | null;
  readonly tell: (event: TrackerEvent) => void;
  /** Called whenever a peer that lacks something announces, or that has just got the last of it. */
  readonly downloads: (infoHash: string, addressKey: string) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 to below 1. */
  readonly chance: () => number;
};

/** A tracker over WebSocket, HTTP and UDP, with the same swarms behind all three. */
export type Tracker = {
  /** Takes over a connection that asks for a WebSocket, whatever its path. `address`: the client's. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer, address: string) => void;
  /** Answers an HTTP announce or scrape (BEP 3, BEP 48). */
  readonly answer: (
    action: 'announce' | 'scrape',
    request: IncomingMessage,
    response: ServerResponse,
    address: string,
  ) => void;
  readonly listenUdp: (host: string, port: number, secret: Buffer) => Promise<UdpTracker>;
  readonly count: (infoHash: string) => SwarmCounts;
  readonly totals: () => { readonly swarms: number; readonly webSockets: number; readonly addressPeers: number };
  readonly sweep: () => void;
  readonly close: () => void;
};

/**
 * bittorrent-tracker reads and writes what HTTP and UDP peers say; the swarms are ours. Its own forget peers beyond a
 * thousand, list all of them for each announce, and pass any answer to anybody.
 */
export function makeTracker({ limits, isServed, sizeOf, tell, downloads, now, chance }: TrackerOptions): Tracker {
  const swarms = makeSwarms(isServed, limits.swarms);
  const announces = makeBuckets(limits.announcesPerAddress, now);
  const newWebSockets = makeBuckets(limits.newWebSocketsPerAddress, now);
  const plausibility = makePlausibility(limits, sizeOf, now);
  const parts: TrackerParts = { limits, swarms, plausibility, announces, tell, downloads, now, chance };
  const hub = makeSocketHub(parts);
  const addressPeers = makeAddressPeers(parts);

  const server = new TrackerServer({
    http: false,
    udp: false,
    stats: false,
    ws: { noServer: true, maxPayload: limits.frameBytes },
    interval: ADDRESS_ANNOUNCE_EVERY_S * 1000,
    filter: (infoHash, _, done) => done(isServed(infoHash) ? null : new Error(NOT_SERVED)),
  });
  server.getSwarm = (infoHash, done) => done(null, addressPeers.librarySwarm(infoHash));
  server.on('warning', () => {}); // what a client sent is its own fault, and it was told

  return {
    upgrade: (request, socket, head, address) => {
      const key = limitKey(address);
      if (hub.count() >= limits.webSockets) return refuseUpgrade(socket, '503 Service Unavailable');
      if (!newWebSockets.take(key)) return refuseUpgrade(socket, '429 Too Many Requests');
      server.ws.handleUpgrade(request, socket, head, (opened) => hub.accept(opened, key));
    },
    answer: (action, request, response, address) => {
      response.setHeader('Content-Type', 'text/plain');
      if (!announces.take(limitKey(address))) {
        response.end('d14:failure reason19:announce less oftene');
        return;
      }
      const seen = { url: request.url ?? '', headers: {}, connection: { remoteAddress: address } };
      server.onHttpRequest(seen, response, { action });
    },
    listenUdp: (host, port, secret) => startUdpTracker({ server, host, port, secret, announces, now }),
    count: swarms.count,
    totals: () => ({ swarms: swarms.size(), webSockets: hub.count(), addressPeers: addressPeers.count() }),
    sweep: () => {
      hub.sweep();
      addressPeers.sweep();
    },
    close: () => {
      hub.close();
      server.ws.close();
    },
  };
}

/** Ends a request for a WebSocket before there is one (RFC 6455 §4.2.2 lets a server answer with any status). */
export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
