import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { LIMITS } from '../../../src/edge/limits/edge-limits.ts';
import type { PublishedFile } from '../../../src/edge/published-file.ts';
import type { Records } from '../../../src/edge/records/records.ts';
import { createStats, type Stats, type StatsOptions } from '../../../src/edge/stats/create-stats.ts';
import { openServer } from '../../support/open-server.ts';

export type StatsServer = {
  readonly url: string;
  readonly stats: Stats;
  readonly close: () => Promise<void>;
};

export type StatsServerOptions = {
  readonly records: Records;
  readonly files: () => readonly PublishedFile[];
  readonly now?: () => number;
  /** What opens what only the publisher may do; without one everybody may. */
  readonly key?: string;
  readonly dashboardDir?: string;
  /** One more script of the page's own origin, at `/check.js`. */
  readonly checkScript?: string;
  /** Hears of downloads that count by their proof. */
  readonly countedElsewhere?: StatsOptions['countedElsewhere'];
};

const COOKIE = 'signed=in';

/** The statistics behind a bare web server, with the simplest sign-in that can be. */
export async function startStatsServer({
  records,
  files,
  now = Date.now,
  key,
  dashboardDir = resolve('dist/node/dashboard'),
  checkScript,
  countedElsewhere = () => {},
}: StatsServerOptions): Promise<StatsServer> {
  const isAdmin = (request: { readonly headers: NodeJS.Dict<string | string[]> }) =>
    key === undefined || request.headers.cookie === COOKIE;
  const stats = createStats({
    records,
    catalogue: { files, find: (infoHash) => files().find((file) => file.infoHash === infoHash) ?? null },
    limits: LIMITS,
    now,
    random: (bytes) => randomBytes(bytes),
    mayRead: () => true,
    mayChange: isAdmin,
    addressOf: (request) => String(request.headers['x-test-address'] ?? request.socket.remoteAddress),
    countedElsewhere,
    dashboardDir,
  });
  const server = createServer(async (request, response) => {
    if (await stats.handle(request, response)) return;
    if (request.url === '/check.js' && checkScript !== undefined)
      return response.writeHead(200, { 'content-type': 'text/javascript' }).end(checkScript);
    if (request.url !== '/api/admin') return response.writeHead(404).end();
    if (request.method !== 'POST') return response.end(JSON.stringify({ admin: isAdmin(request) }));
    const given = await text(request);
    if (given === key) response.writeHead(204, { 'set-cookie': `${COOKIE}; HttpOnly; SameSite=Strict; Path=/` }).end();
    else response.writeHead(403).end('That is not the token.');
  });
  const { origin, close } = await openServer(server);
  return { url: origin, stats, close };
}
