import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join, resolve } from 'node:path';
import { Gauge, type Registry } from 'prom-client';
import { displayName } from '../ui/formats/display-name.ts';
import { makeAdminAccess } from './admin/admin-access.ts';
import { loadAdminToken } from './admin/admin-token.ts';
import { openAllowList } from './catalogue/allow-list.ts';
import { openCatalogue } from './catalogue/catalogue.ts';
import { countLogs } from './count-logs.ts';
import { clientAddress } from './http/client-address.ts';
import type { TlsFiles } from './http/open-server.ts';
import { type EdgeLimits, LIMITS, withoutAddressLimits } from './limits/edge-limits.ts';
import type { EdgeOptions } from './options.ts';
import { createRangeDownloads, NO_RANGE_DOWNLOADS } from './ranges/range-downloads.ts';
import { openRecords } from './records/records.ts';
import { serve } from './serve.ts';
import { createStats } from './stats/create-stats.ts';
import type { Tracker } from './tracker/tracker.ts';

/** What else an edge is made of; tests have other limits and other records. */
export type EdgeParts = {
  readonly limits: EdgeLimits;
  readonly now: () => number;
  readonly chance: () => number;
  /** Problems that somebody should hear of, as sentences. */
  readonly warn: (text: string) => void;
};

export type Edge = {
  /** `http://localhost:8000`: this machine's name for it. */
  readonly url: string;
  readonly port: number;
  readonly published: number;
  /** Who may meet here. */
  readonly serves: 'any' | 'listed';
  /** The admin token, when it was made now; it is never shown again. */
  readonly madeToken: string | null;
  /** Reads a renewed certificate. */
  readonly renewTls: () => Promise<void>;
  /** Answers nothing new, ends what goes on, and resolves when all that was counted is on the disk. */
  readonly close: () => Promise<void>;
};

/**
 * Starts an edge: tracker, origin, statistics and their page on one port, and the UDP tracker on the same number.
 * @throws {Error} with a sentence when the folder, the database, the certificate or the port cannot be had.
 */
export async function startEdge(options: EdgeOptions, parts: Partial<EdgeParts> = {}): Promise<Edge> {
  const { now = Date.now, chance = Math.random, warn = tell } = parts;
  const limits = limitsFor(options, parts.limits ?? LIMITS);
  const stop = new AbortController();
  const folder = options.folder === null ? null : resolve(options.folder);
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });

  const token = await loadAdminToken(options.adminToken, dataDir);
  const access = makeAdminAccess(token.digest, now);
  const allowList = await openAllowList(dataDir);
  const catalogue = await openCatalogue(folder, { signal: stop.signal, warn }).catch((error: Error) => {
    throw new Error(`The folder ${folder} cannot be read: ${error.message}`);
  });
  const tls = options.tls === null ? null : await readTls(options.tls);
  const records = await openRecords(options.databaseUrl === null ? { dataDir } : { databaseUrl: options.databaseUrl });
  if (options.price !== null) await records.keepSetting('price', options.price);

  const ranges = options.databaseUrl === null ? createRangeDownloads(now, randomBytes) : NO_RANGE_DOWNLOADS;
  const mayChange = access.isAdmin;
  const stats = createStats({
    records,
    catalogue,
    limits,
    now,
    random: randomBytes,
    mayRead: options.isPrivate ? mayChange : () => true,
    mayChange,
    addressOf: (request) => clientAddress(request, options.isBehindProxy),
    countedElsewhere: ranges.countedElsewhere,
    dashboardDir: join(import.meta.dirname, 'dashboard'),
  });

  const servesAny = options.allowsAny || folder === null;
  const serving = await serve({
    ...options,
    folder,
    catalogue,
    allowList,
    servesAny,
    access,
    limits,
    record: stats.record,
    ranges,
    statistics: stats.handle,
    tls,
    now,
    chance,
    warn,
  }).catch(async (error: unknown) => {
    stop.abort();
    await records.close();
    throw error;
  });
  registerGauges(stats.metrics, serving.tracker);
  const counting = countLogs(options.logs, {
    catalogue,
    record: stats.record,
    ranges,
    basePath: options.logsBase,
    signal: stop.signal,
    warn,
  });

  return {
    url: `${tls === null ? 'http' : 'https'}://${urlHost(options.host)}:${serving.port}`,
    port: serving.port,
    published: catalogue.files().length,
    serves: servesAny ? 'any' : 'listed',
    madeToken: token.made,
    renewTls: async () => {
      if (options.tls !== null) serving.renewTls(await readTls(options.tls));
    },
    close: async () => {
      stop.abort();
      await counting;
      await serving.close();
      await records.close();
    },
  };
}

function registerGauges(registry: Registry, tracker: Tracker): void {
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  gauge('rivulet_tracker_swarms', 'Swarms that somebody is in', () => tracker.totals().swarms);
  gauge('rivulet_tracker_websockets', 'Open WebSockets of the tracker', () => tracker.totals().webSockets);
  gauge('rivulet_tracker_address_peers', 'Peers that announce over HTTP or UDP', () => tracker.totals().addressPeers);
}

function limitsFor({ connectionsPerAddress }: EdgeOptions, limits: EdgeLimits): EdgeLimits {
  if (connectionsPerAddress === null) return limits;
  return Number.isFinite(connectionsPerAddress) ? { ...limits, connectionsPerAddress } : withoutAddressLimits(limits);
}

/** Names in it may be a stranger's, and must not reach into the terminal. */
const tell = (text: string) => console.error(displayName(text));

async function readTls({ certPath, keyPath }: NonNullable<EdgeOptions['tls']>): Promise<TlsFiles> {
  const [cert, key] = await Promise.all([readFile(certPath), readFile(keyPath)]).catch((error: Error) => {
    throw new Error(`The certificate cannot be read: ${error.message}`);
  });
  return { cert, key };
}

/** Where a browser on this machine finds it. */
const urlHost = (host: string) =>
  host === '' || host === '0.0.0.0' || host === '::' ? 'localhost' : isIPv6(host) ? `[${host}]` : host;
