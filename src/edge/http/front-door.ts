import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { Visitor } from '../admin/admin-api.ts';
import type { Publication } from '../catalogue/read-folder.ts';
import type { EdgeLimits } from '../limits/edge-limits.ts';
import { makeBuckets } from '../limits/token-buckets.ts';
import { INDEX_POLICY, indexPage } from '../origin/index-page.ts';
import { type Origin, refuse } from '../origin/origin.ts';
import type { Tracker } from '../tracker/tracker.ts';
import { clientAddress, limitKey } from './client-address.ts';

export type FrontDoorParts = {
  readonly limits: EdgeLimits;
  readonly isBehindProxy: boolean;
  readonly tracker: Pick<Tracker, 'answer' | 'upgrade'>;
  /** Null when this edge has no folder. */
  readonly origin: Origin | null;
  readonly publications: () => readonly Publication[];
  readonly adminApi: (request: IncomingMessage, response: ServerResponse, path: string, visitor: Visitor) => boolean;
  /** Page, statistics and metrics; false for what is not theirs. */
  readonly statistics: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  readonly now: () => number;
};

export type FrontDoor = {
  readonly onRequest: RequestListener;
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
};

/**
 * Says who answers which request of the one port. An announce is known by what it asks, whatever its path outside of
 * `/api/`, so that a proxy may share swarms out by path (`/s/3f/announce`); a WebSocket is always the tracker's.
 */
export function makeFrontDoor(parts: FrontDoorParts): FrontDoor {
  const { limits, isBehindProxy, tracker, origin, publications, adminApi, statistics, now } = parts;
  const requests = makeBuckets(limits.requestsPerAddress, now);

  const answer = async (request: IncomingMessage, response: ServerResponse, visitor: Visitor) => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    if (adminApi(request, response, path, visitor)) return;
    if (path === '/files' || path === '/files/') {
      return answerIndex(response, indexPage(publications(), baseOf(request, visitor)));
    }
    if (await statistics(request, response)) return;
    if (path === '/announce' || path === '/scrape')
      return refuse(response, 400, `What is asked for? "${query}" has no info_hash.`);
    if (path === '/') {
      response.writeHead(302, { Location: '/files' }).end(); // where the page with the numbers was not built
      return;
    }
    if (origin === null) return refuse(response, 404, 'There is nothing here.');
    origin(request, response, path, visitor.addressKey);
  };

  return {
    onRequest: (request, response) => {
      const address = clientAddress(request, isBehindProxy);
      const action = trackerAction(request);
      if (action !== null) return tracker.answer(action, request, response, address);
      const addressKey = limitKey(address);
      if (!requests.take(addressKey)) {
        response.setHeader('Retry-After', '5');
        return refuse(response, 429, 'Too many requests from your address.');
      }
      answer(request, response, { addressKey, isSecure: isSecure(request, isBehindProxy) }).catch(() => {
        if (response.headersSent) response.destroy();
        else refuse(response, 500, 'That could not be done now.');
      });
    },
    onUpgrade: (request, socket, head) => tracker.upgrade(request, socket, head, clientAddress(request, isBehindProxy)),
  };
}

function trackerAction({ method, url = '' }: IncomingMessage): 'announce' | 'scrape' | null {
  // A challenge is about an info hash, too.
  if (method !== 'GET' || url.startsWith('/api/') || !/[?&]info_hash=/.test(url)) return null;
  return /^[^?]*\/scrape\?/.test(url) ? 'scrape' : 'announce';
}

function answerIndex(response: ServerResponse, page: string): void {
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': INDEX_POLICY,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-cache',
  });
  response.end(page);
}

function isSecure(request: IncomingMessage, isBehindProxy: boolean): boolean {
  if ((request.socket as Partial<TLSSocket>).encrypted === true) return true;
  return isBehindProxy && request.headers['x-forwarded-proto'] === 'https';
}

/** The address of this edge as the visitor wrote it. A `Host` that is no host gives the bare path. */
function baseOf({ headers: { host = '' } }: IncomingMessage, { isSecure: overTls }: Visitor): string {
  const base = `${overTls ? 'https' : 'http'}://${host}/`;
  return /^[\w.:[\]-]{1,255}$/.test(host) && URL.canParse(base) ? base : 'http://localhost/';
}
