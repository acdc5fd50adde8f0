import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { rememberSockets } from './open-sockets.ts';
import { answerWithFile, type OriginAnswer, type ServedFile } from './origin-answer.ts';
import type { BehaviourRule, OriginBehaviour } from './origin-behaviour.ts';
import { answerLogin, isLoggedIn, loginPage } from './origin-login.ts';
import { type Sending, sendBody } from './send-body.ts';

export type LoggedRequest = {
  readonly method: string;
  /** Percent-decoded, without the query. */
  readonly path: string;
  readonly query: string;
  readonly range: string | null;
  readonly cookies: string | null;
  readonly referer: string | null;
  readonly headers: IncomingHttpHeaders;
  /** The TCP connection, counted from 1. */
  readonly connection: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** 0 while the server has not answered. */
  status: number;
  /** Bytes of the body that the kernel has taken. */
  bytesSent: number;
  /** Milliseconds since 1970; null while it runs. */
  endedAt: number | null;
};
export type OriginServer = {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
  /** Every request so far, oldest first; entries change while their answer is under way. */
  readonly requests: readonly LoggedRequest[];
  /** Serves these bytes from now on; a file that was there is replaced and gets another ETag. Paths are not encoded. */
  readonly serve: (path: string, bytes: Uint8Array, contentType?: string) => void;
  readonly servePage: (path: string, html: string) => void;
  readonly remove: (path: string) => void;
  /**
   * Sets the behaviour of one path, or with `*` of all paths that have none of their own. Null makes it correct, and what
   * is on its way slowly goes as fast as it can.
   */
  readonly behave: (path: string, rule: BehaviourRule | null) => void;
  readonly forgetRequests: () => void;
  /** Stops listening and destroys open connections. */
  readonly close: () => Promise<void>;
};

/**
 * Starts a real HTTP server on a free port of `host`. It is correct (ranges, HEAD, ETag, folders with an index) and
 * sends no CORS headers, until `behave` says otherwise. `/login` sets the session cookie (see origin-login.ts).
 */
export async function startOriginServer({ host = '127.0.0.1' } = {}): Promise<OriginServer> {
  const files = new Map<string, ServedFile>();
  const rules = new Map<string, BehaviourRule>();
  const requestsOf = new Map<string, number>();
  const requests: LoggedRequest[] = [];
  const connections = new WeakMap<Socket, number>();
  let connectionCount = 0;
  let fileVersion = 0;

  const server = createServer((request, response) => {
    const entry = logEntry(request, connections.get(request.socket) ?? 0);
    requests.push(entry);
    const number = (requestsOf.get(entry.path) ?? 0) + 1;
    requestsOf.set(entry.path, number);
    const rule = rules.get(entry.path) ?? rules.get('*') ?? {};
    const isLifted = () => !rules.has(entry.path) && !rules.has('*');
    const behaviour = typeof rule === 'function' ? rule({ number, range: entry.range }) : rule;
    const left = new AbortController();
    response.once('close', () => {
      entry.endedAt = Date.now();
      left.abort();
    });
    const form = behaviour.requiresForm === undefined ? Promise.resolve('') : textOf(request);
    form
      .then((sent) => answer(entry, files, behaviour, sent))
      .then((reply) => send(response, reply, { entry, behaviour, isLifted, signal: left.signal }))
      .catch((error) => {
        if (!left.signal.aborted) response.destroy(error); // a client that leaves is no failure
      });
  });
  server.on('connection', (socket) => {
    connectionCount += 1;
    connections.set(socket, connectionCount);
  });
  const destroySockets = rememberSockets(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });

  const serve: OriginServer['serve'] = (path, bytes, contentType = contentTypeOf(path)) => {
    fileVersion += 1;
    const lastModified = new Date().toUTCString();
    files.set(path, { bytes, contentType, etag: `"${fileVersion}-${bytes.length}"`, lastModified });
  };
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    requests,
    serve,
    servePage: (path, html) => serve(path, new TextEncoder().encode(html), 'text/html; charset=utf-8'),
    remove: (path) => files.delete(path),
    behave: (path, rule) => (rule === null ? rules.delete(path) : rules.set(path, rule)),
    forgetRequests: () => {
      requests.length = 0;
      requestsOf.clear();
    },
    close: async () => {
      const closed = new Promise<unknown>((resolve) => server.close(resolve));
      destroySockets();
      await closed;
    },
  };
}

/** What to say to one request; waits for the latency of the path first. */
async function answer(
  request: LoggedRequest,
  files: ReadonlyMap<string, ServedFile>,
  behaviour: OriginBehaviour,
  form: string,
): Promise<OriginAnswer> {
  const { path } = request;
  const hasForm = behaviour.requiresForm !== undefined && form === behaviour.requiresForm;
  const method = hasForm ? 'GET' : request.method;
  if (behaviour.latencyMs) await wait(behaviour.latencyMs);
  if (path === '/login') return answerLogin(request);
  if (behaviour.failsWith) {
    const { status, retryAfterS } = behaviour.failsWith;
    return text(status, `status ${status}`, retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) });
  }
  if (behaviour.requiresForm !== undefined && !hasForm) return loginPage();
  if (behaviour.requiresCookie && !isLoggedIn(request)) return loginPage();
  if (behaviour.redirectTo !== undefined) {
    const { redirectTo } = behaviour;
    return text(302, 'moved', { location: typeof redirectTo === 'string' ? redirectTo : redirectTo(path) });
  }
  if (method !== 'GET' && method !== 'HEAD') return text(405, 'only GET and HEAD', { allow: 'GET, HEAD' });
  const file = files.get(path);
  const ifRange = request.headers['if-range'];
  if (file) {
    return answerWithFile(file, { range: request.range, ifRange: ifRange ? String(ifRange) : null }, behaviour);
  }
  const folder = path.endsWith('/') ? path : `${path}/`;
  const names = [...files.keys()].filter((name) => name.startsWith(folder)).map((name) => name.slice(folder.length));
  if (names.length === 0) return text(404, 'not found');
  if (folder !== path) return text(301, 'a folder', { location: `${encodeURI(folder)}` });
  const links = names.map((name) => `<a href="${encodeURI(name)}">${name}</a>`).join('<br>');
  return text(200, `<!doctype html><title>Index</title>${links}`, { 'content-type': 'text/html; charset=utf-8' });
}

async function send(
  response: ServerResponse,
  { status, headers, body }: OriginAnswer,
  { entry, behaviour, isLifted, signal }: { readonly entry: LoggedRequest } & Omit<Sending, 'onSent' | 'fileByte'>,
): Promise<void> {
  entry.status = status;
  response.writeHead(status, { ...headers, ...behaviour.extraHeaders });
  if (entry.method === 'HEAD') {
    response.end();
    return;
  }
  response.flushHeaders();
  const onSent = (bytes: number) => {
    entry.bytesSent += bytes;
  };
  const fileByte = Number(/^bytes (\d+)/.exec(headers['content-range'] ?? '')?.[1] ?? 0);
  await sendBody(response, body, { fileByte, behaviour, isLifted, signal, onSent });
}

function logEntry(request: IncomingMessage, connection: number): LoggedRequest {
  const { headers, method = 'GET', url = '/' } = request;
  const [rawPath = '/', query = ''] = url.split(/\?(.*)/s, 2);
  const { range = null, cookie: cookies = null, referer = null } = headers;
  const at = Date.now();
  const path = decodePath(rawPath);
  const progress = { status: 0, bytesSent: 0, endedAt: null };
  return { method, path, query, range, cookies, referer, headers, connection, at, ...progress };
}

function decodePath(rawPath: string): string {
  try {
    return decodeURIComponent(rawPath);
  } catch {
    return rawPath; // not percent-encoded UTF-8: such a path names no file here
  }
}

function text(status: number, words: string, headers: Readonly<Record<string, string>> = {}): OriginAnswer {
  const body = new TextEncoder().encode(words);
  const standard = { 'content-type': 'text/plain; charset=utf-8', 'content-length': String(body.length) };
  return { status, headers: { ...standard, ...headers }, body };
}

function contentTypeOf(path: string): string {
  if (path.endsWith('.torrent')) return 'application/x-bittorrent';
  if (path.endsWith('.html')) return 'text/html; charset=utf-8';
  if (path.endsWith('.js')) return 'text/javascript; charset=utf-8';
  return 'application/octet-stream';
}
