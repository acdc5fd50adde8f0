import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { AdminAccess } from './admin/admin-access.ts';
import { makeAdminApi } from './admin/admin-api.ts';
import type { AllowList } from './catalogue/allow-list.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { EdgeEvent, RecordEvents } from './edge-event.ts';
import { makeFrontDoor } from './http/front-door.ts';
import { makeOpenServer, type TlsFiles } from './http/open-server.ts';
import type { EdgeLimits } from './limits/edge-limits.ts';
import { makeBuckets } from './limits/token-buckets.ts';
import { makeOrigin } from './origin/origin.ts';
import type { RangeDownloads } from './ranges/range-downloads.ts';
import { makeTracker, type Tracker } from './tracker/tracker.ts';
import type { UdpTracker } from './tracker/udp-tracker.ts';

/** Everything that an edge serves with; where its numbers go and how they are shown is for the caller. */
export type ServeOptions = {
  /** Absolute; null for a tracker alone. */
  readonly folder: string | null;
  readonly catalogue: Catalogue;
  readonly allowList: AllowList;
  /** Any info hash may have a swarm. */
  readonly servesAny: boolean;
  readonly access: AdminAccess;
  readonly limits: EdgeLimits;
  readonly record: RecordEvents;
  readonly ranges: RangeDownloads;
  readonly statistics: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  readonly tls: TlsFiles | null;
  readonly isBehindProxy: boolean;
  /** Empty for all addresses of this machine. */
  readonly host: string;
  readonly port: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly chance: () => number;
  /** Problems that somebody should hear of, as sentences. */
  readonly warn: (text: string) => void;
};

export type Serving = {
  readonly port: number;
  readonly tracker: Tracker;
  readonly renewTls: (tls: TlsFiles) => void;
  /** Answers nothing new, lets answers end for a moment, and resolves when all events are recorded. */
  readonly close: () => Promise<void>;
};

const SWEEP_EVERY_MS = 10_000;
/** Answers that are on their way may end by themselves for so long. */
const LAST_ANSWERS_MS = 2_000;
/** Not every failure to write is worth a line. */
const WARN_EVERY_MS = 60_000;

/**
 * Listens with tracker and origin on one port, over HTTP and WebSocket, and over UDP on the same number.
 * @throws {Error} with a sentence when the port cannot be had.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { folder, catalogue, allowList, servesAny, limits, ranges, tls, isBehindProxy, host, now } = options;
  const keep = makeKeeper(options);
  const tracker = makeTracker({
    limits,
    isServed: (infoHash) => servesAny || catalogue.find(infoHash) !== null || allowList.has(infoHash),
    sizeOf: (infoHash) => catalogue.find(infoHash)?.sizeBytes ?? null,
    tell: ({ type, infoHash }) => keep.event({ type, infoHash, atMs: Math.floor(now()) }),
    downloads: (infoHash, addressKey) => {
      if (catalogue.find(infoHash) !== null) ranges.countedElsewhere(addressKey, infoHash);
    },
    now,
    chance: options.chance,
  });
  const originOf = (root: string) =>
    makeOrigin(root, catalogue, ({ file, bytes, whole, startByte, addressKey }) => {
      const { infoHash, sizeBytes } = file;
      const atMs = Math.floor(now());
      keep.event({ type: 'origin', atMs, infoHash, bytes, whole, lineId: null });
      if (!whole) ranges.sent({ atMs, addressKey, infoHash, sizeBytes, startByte, bytes, lineId: null });
    });
  const frontDoor = makeFrontDoor({
    limits,
    isBehindProxy,
    tracker,
    origin: folder === null ? null : originOf(folder),
    publications: catalogue.publications,
    adminApi: makeAdminApi({ ...options, signIns: makeBuckets(limits.signInsPerAddress, now) }),
    statistics: options.statistics,
    now,
  });
  // A proxy in front opens all connections, and limits those of its visitors itself.
  const connectionsPerAddress = isBehindProxy ? Number.POSITIVE_INFINITY : limits.connectionsPerAddress;
  const { headersWithinMs } = limits;
  const opened = makeOpenServer(tls, { connectionsPerAddress, headersWithinMs }, frontDoor.onRequest);
  opened.server.on('upgrade', frontDoor.onUpgrade);

  let udp: UdpTracker;
  try {
    await listen(opened.server, options.port, host);
    udp = await tracker.listenUdp(udpHost(host), portOf(opened.server), randomBytes(32));
  } catch (error) {
    opened.server.close();
    throw portError(error as NodeJS.ErrnoException, options);
  }
  const sweeping = setInterval(() => {
    tracker.sweep();
    for (const event of ranges.due()) keep.event(event);
  }, SWEEP_EVERY_MS);
  return {
    port: portOf(opened.server),
    tracker,
    renewTls: opened.renew,
    close: async () => {
      clearInterval(sweeping);
      const closed = new Promise<void>((done) => opened.server.close(() => done()));
      opened.server.closeIdleConnections();
      tracker.close();
      await udp.close();
      await Promise.race([closed, wait(LAST_ANSWERS_MS, undefined, { ref: false })]);
      opened.destroySockets();
      await closed;
      for (const event of ranges.due(true)) keep.event(event);
      await keep.settled();
    },
  };
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** Hands events to the records one by one; they are written in groups there. */
function makeKeeper({ record, now, warn }: Pick<ServeOptions, 'record' | 'now' | 'warn'>) {
  const underWay = new Set<Promise<void>>();
  let warnedAtMs = Number.NEGATIVE_INFINITY;
  return {
    event: (event: EdgeEvent) => {
      const kept = record([event]).catch((error: Error) => {
        if (now() - warnedAtMs < WARN_EVERY_MS) return;
        warnedAtMs = now();
        warn(`The statistics cannot be written: ${error.message}`);
      });
      underWay.add(kept);
      kept.finally(() => underWay.delete(kept));
    },
    settled: async () => {
      await Promise.all(underWay);
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    // Without a host Node listens on IPv6 and IPv4.
    server.listen({ port, ...(host === '' ? {} : { host }) }, () => {
      server.off('error', failed);
      done();
    });
  });
}

const udpHost = (host: string) => (host === '' || isIPv6(host) ? '0.0.0.0' : host);

function portError(error: NodeJS.ErrnoException, { host, port }: ServeOptions): Error {
  const place = `port ${port}${host === '' ? '' : ` of ${host}`}`;
  if (error.code === 'EADDRINUSE') return new Error(`Something else listens on ${place}. Choose another with --port.`);
  if (error.code === 'EACCES')
    return new Error(`This user may not listen on ${place}. Choose one above 1023 with --port.`);
  return error;
}
