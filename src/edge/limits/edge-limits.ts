import type { Allowance } from './token-buckets.ts';

/** What one stranger may cost an edge. Addresses are whole IPv4 addresses, or the /64 of an IPv6 one. */
export type EdgeLimits = {
  /** Open connections (requests and WebSockets) of one address; Infinity for no limit. */
  readonly connectionsPerAddress: number;
  /** WebSockets in all: each costs some kilobytes and a file handle. */
  readonly webSockets: number;
  readonly newWebSocketsPerAddress: Allowance;
  /** Announces and scrapes over any protocol. */
  readonly announcesPerAddress: Allowance;
  /** Announces of one connection in one swarm. */
  readonly announcesPerPeer: Allowance;
  /** Peers that are reached at an address and a port (HTTP, UDP): anybody can name many ports. */
  readonly newAddressPeers: Allowance;
  /** Downloads of one file from one address that count in the statistics. */
  readonly countedPerAddress: Allowance;
  readonly requestsPerAddress: Allowance;
  /** Reports of deliveries, and the challenges before them. */
  readonly reportsPerAddress: Allowance;
  /** Attempts to sign in. */
  readonly signInsPerAddress: Allowance;
  /** Headers come at once, or they are sent by somebody who only wants to hold a connection. */
  readonly headersWithinMs: number;
  readonly swarmsPerConnection: number;
  /** Matters where anybody may open a swarm. */
  readonly swarms: number;
  /** Offers that one announce may bring, and peers that one WebSocket answer may be introduced to. */
  readonly offersPerAnnounce: number;
  /** Offers that wait for one peer's answer; the oldest goes. */
  readonly openOffersPerPeer: number;
  readonly frameBytes: number;
  readonly sdpChars: number;
  /** A WebSocket whose other end reads so slowly that this much waits is closed. */
  readonly unsentBytes: number;
};

/** For an edge in the open. A household, an office and a carrier's shared address fit in. */
export const LIMITS: EdgeLimits = {
  connectionsPerAddress: 256,
  webSockets: 100_000,
  newWebSocketsPerAddress: { burst: 256, perS: 4 },
  announcesPerAddress: { burst: 1000, perS: 40 },
  announcesPerPeer: { burst: 8, perS: 0.2 },
  newAddressPeers: { burst: 64, perS: 0.1 },
  countedPerAddress: { burst: 8, perS: 1 / 600 },
  requestsPerAddress: { burst: 600, perS: 60 },
  // Each delivery is one challenge and one report.
  reportsPerAddress: { burst: 60, perS: 240 / 3600 },
  signInsPerAddress: { burst: 5, perS: 1 / 12 },
  headersWithinMs: 10_000,
  swarmsPerConnection: 256,
  swarms: 20_000,
  offersPerAnnounce: 10,
  openOffersPerPeer: 64,
  frameBytes: 128 * 1024,
  sdpChars: 16 * 1024,
  unsentBytes: 512 * 1024,
};

/** "No limit" is for those who measure, or whose visitors all come through one address. Guessing the token stays slow. */
export function withoutAddressLimits(limits: EdgeLimits): EdgeLimits {
  const none: Allowance = { burst: Number.MAX_SAFE_INTEGER, perS: Number.MAX_SAFE_INTEGER };
  return {
    ...limits,
    connectionsPerAddress: Number.POSITIVE_INFINITY,
    newWebSocketsPerAddress: none,
    announcesPerAddress: none,
    newAddressPeers: none,
    countedPerAddress: none,
    requestsPerAddress: none,
    reportsPerAddress: none,
  };
}
