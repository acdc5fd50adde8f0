import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import type { RecordEvents } from '../edge-event.ts';
import type { EdgeLimits } from '../limits/edge-limits.ts';
import type { PublishedFile } from '../published-file.ts';
import type { Records } from '../records/records.ts';
import { sendJson, sendText } from './answer.ts';
import { createBook } from './book.ts';
import { createMetrics } from './metrics.ts';
import { answerPrice } from './price.ts';
import { createReports } from './reports.ts';
import { serveDashboard } from './serve-dashboard.ts';
import { readSpan, sendCsv } from './stats-csv.ts';

export type StatsOptions = {
  readonly records: Records;
  /** What is published now. */
  readonly catalogue: {
    readonly files: () => readonly PublishedFile[];
    readonly find: (infoHash: string) => PublishedFile | null;
  };
  readonly limits: Pick<EdgeLimits, 'reportsPerAddress'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** So many bytes that nobody can guess. */
  readonly random: (bytes: number) => Uint8Array;
  /** A download to this address was proven, and counts by that proof. */
  readonly countedElsewhere: (addressKey: string, infoHash: string) => void;
  /** Who may see the numbers. */
  readonly mayRead: (request: IncomingMessage) => boolean;
  /** Who may set the price and take the billing export. */
  readonly mayChange: (request: IncomingMessage) => boolean;
  /** Who asks, behind whatever proxy the publisher trusts; it is only used to limit how often. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Where the built page is (`dist/node/dashboard`). */
  readonly dashboardDir: string;
};

export type Stats = {
  /**
   * Answers `/`, the page's files, `/api/stats`, `/api/stats.csv`, `/api/price`, `/api/report`, `/api/challenge` and
   * `/metrics`. Resolves to false when the request is for somebody else. Never rejects.
   */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** Records, and counts for `/metrics`: what tracker, origin and logs should call. */
  readonly record: RecordEvents;
  /** Where other parts of the edge put their own metrics. */
  readonly metrics: Registry;
};

type Route = {
  readonly methods: readonly string[];
  readonly isAllowed: (request: IncomingMessage) => boolean;
  readonly answer: (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => Promise<void>;
};

/** Statistics over HTTP. */
export function createStats(options: StatsOptions): Stats {
  const { records, mayRead, mayChange } = options;
  const metrics = createMetrics();
  const book = createBook(options);
  const record: RecordEvents = async (events) => {
    await book.learn(events);
    await records.record(events);
    metrics.count(events);
  };
  const reports = createReports({ ...options, record, refused: metrics.refused });
  const anybody = () => true;
  const routes: Readonly<Record<string, Route>> = {
    '/api/stats': {
      methods: ['GET', 'HEAD'],
      isAllowed: mayRead,
      answer: async (_, response, query) => {
        const span = readSpan(query);
        if ('wrong' in span) return sendText(response, 400, span.wrong);
        sendJson(response, await book.statistics(span));
      },
    },
    '/api/stats.csv': {
      methods: ['GET', 'HEAD'],
      isAllowed: mayChange,
      answer: (_, response, query) => sendCsv(response, query, book),
    },
    '/api/price': {
      methods: ['GET', 'HEAD', 'PUT'],
      isAllowed: (request) => (request.method === 'PUT' ? mayChange(request) : mayRead(request)),
      answer: (request, response) => answerPrice(request, response, book),
    },
    '/api/report': { methods: ['POST'], isAllowed: anybody, answer: reports.takeReport },
    '/api/challenge': { methods: ['GET'], isAllowed: anybody, answer: reports.giveChallenge },
    '/metrics': { methods: ['GET', 'HEAD'], isAllowed: mayRead, answer: (_, response) => metrics.send(response) },
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (route === undefined) return serveDashboard(request, response, path, options.dashboardDir);
    try {
      if (!route.methods.includes(request.method ?? '')) {
        response.setHeader('allow', route.methods.join(', '));
        sendText(response, 405, `${path} takes ${route.methods.join(', ')}`);
      } else if (!route.isAllowed(request)) {
        sendText(response, 401, 'This needs the admin token of the edge.');
      } else await route.answer(request, response, new URLSearchParams(query));
    } catch (error) {
      if (response.headersSent) response.destroy(error instanceof Error ? error : undefined);
      else sendText(response, 503, 'The statistics cannot be read or written now.');
    }
    return true;
  };
  return { handle, record, metrics: metrics.registry };
}
