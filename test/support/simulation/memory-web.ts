import type { VirtualClock } from './virtual-clock.ts';

/** What one request of the engine looked like. */
export type WebRequest = {
  readonly url: string;
  readonly atMs: number;
  readonly startByte: number | null;
  readonly endByte: number | null;
  readonly init: RequestInit;
  /** How many requests this path had before. */
  readonly earlier: number;
};

/** How a server departs from an honest 206. What is left out is as an honest server has it. */
export type WebAnswer = {
  /** No connection at all. */
  readonly isUnreachable?: boolean;
  readonly redirectTo?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ignoresRange?: boolean;
  /** The connection ends, breaks or falls silent after so many bytes of the body. */
  readonly endsAfterBytes?: number;
  readonly breaksAfterBytes?: number;
  readonly stallsAfterBytes?: number;
  /** Wrong bytes: called with a copy of each part of the body and its place in the file. */
  readonly alter?: (bytes: Uint8Array, startByte: number) => void;
};

export type WebServer = {
  readonly files: Map<string, Uint8Array>;
  latencyMs: number;
  /** Over all its connections. */
  rateBytesPerS: number;
  /** Asked for every request; null for an honest answer. */
  answer: (request: WebRequest) => WebAnswer | null;
  readonly requests: WebRequest[];
  sentBytes: number;
  /** Requests whose answer has not ended, now and at the most. */
  open: number;
  mostOpen: number;
};

/** A network brings what has come in about so many milliseconds, and not more than so much at a time. */
const CHUNK_MS = 50;
const MAX_CHUNK_BYTES = 65_536;

/** Web servers in memory, on a virtual clock, and the `fetch` that reaches them. */
export class MemoryWeb {
  readonly #clock: VirtualClock;
  readonly #servers = new Map<string, WebServer & { freeAtMs: number }>();

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** The server of a host; an honest and fast one when nobody has said otherwise. */
  server(host: string): WebServer {
    const known = this.#servers.get(host);
    if (known !== undefined) return known;
    const server = {
      files: new Map<string, Uint8Array>(),
      latencyMs: 20,
      rateBytesPerS: 100_000_000,
      answer: () => null,
      requests: [],
      sentBytes: 0,
      open: 0,
      mostOpen: 0,
      freeAtMs: 0,
    };
    this.#servers.set(host, server);
    return server;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init = {}) => {
    init.signal?.throwIfAborted();
    return this.#get(String(input), init, false);
  };

  async #get(url: string, init: RequestInit, isRedirected: boolean): Promise<Response> {
    const server = this.#servers.get(new URL(url).host);
    if (server === undefined) return this.#answer(url, init, isRedirected, server, () => undefined);
    let isOpen = true;
    const end = () => {
      if (isOpen) server.open -= 1;
      isOpen = false;
    };
    server.open += 1;
    server.mostOpen = Math.max(server.mostOpen, server.open);
    init.signal?.addEventListener('abort', end, { once: true });
    try {
      return await this.#answer(url, init, isRedirected, server, end);
    } catch (error) {
      end();
      throw error;
    }
  }

  async #answer(
    url: string,
    init: RequestInit,
    isRedirected: boolean,
    server: (WebServer & { freeAtMs: number }) | undefined,
    end: () => void,
  ): Promise<Response> {
    const { pathname, search } = new URL(url);
    const path = decodeURIComponent(pathname) + search;
    await this.#wait(server?.latencyMs ?? 20, init.signal);
    if (server === undefined) throw new TypeError('Failed to fetch');
    const earlier = server.requests.filter((request) => request.url === url).length;
    const range = /^bytes=(\d+)-(\d+)$/.exec(new Headers(init.headers).get('range') ?? '');
    const startByte = range === null ? null : Number(range[1]);
    const endByte = range === null ? null : Number(range[2]) + 1;
    const request = { url, atMs: this.#clock.nowMs(), startByte, endByte, init, earlier };
    server.requests.push(request);
    const answer = server.answer(request) ?? {};
    if (answer.isUnreachable) throw new TypeError('Failed to fetch');
    if (answer.redirectTo !== undefined) end();
    if (answer.redirectTo !== undefined) return this.#get(new URL(answer.redirectTo, url).href, init, true);
    return this.#respond(server, server.files.get(path), request, answer, isRedirected, end);
  }

  #respond(
    server: WebServer & { freeAtMs: number },
    file: Uint8Array | undefined,
    request: WebRequest,
    answer: WebAnswer,
    isRedirected: boolean,
    end: () => void,
  ): Response {
    const isPart = request.startByte !== null && !answer.ignoresRange;
    const startByte = isPart ? (request.startByte ?? 0) : 0;
    const endByte = Math.min(isPart ? (request.endByte ?? 0) : (file?.length ?? 0), file?.length ?? 0);
    const honestStatus = file === undefined ? 404 : isPart ? 206 : 200;
    const status = answer.status ?? honestStatus;
    const headers = new Headers({ 'content-type': 'application/octet-stream' });
    if (file !== undefined) headers.set('content-length', String(endByte - startByte));
    if (status === 206 && file !== undefined) {
      headers.set('content-range', `bytes ${startByte}-${endByte - 1}/${file.length}`);
    }
    for (const [name, value] of Object.entries(answer.headers ?? {})) {
      if (value === '') headers.delete(name);
      else headers.set(name, value);
    }
    if (file === undefined) end();
    const body = file === undefined ? null : this.#body(server, file, startByte, endByte, request, answer, end);
    const response = new Response(body, { status, headers });
    // A Response that is made by hand has neither; a real one has both.
    Object.defineProperties(response, { url: { value: request.url }, redirected: { value: isRedirected } });
    return response;
  }

  #body(
    server: WebServer & { freeAtMs: number },
    file: Uint8Array,
    startByte: number,
    endByte: number,
    { init }: WebRequest,
    answer: WebAnswer,
    onEnd: () => void,
  ): ReadableStream<Uint8Array> {
    const end = Math.min(endByte, startByte + (answer.endsAfterBytes ?? Number.POSITIVE_INFINITY));
    const breaksAt = startByte + (answer.breaksAfterBytes ?? Number.POSITIVE_INFINITY);
    const stallsAt = startByte + (answer.stallsAfterBytes ?? Number.POSITIVE_INFINITY);
    let at = startByte;
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          const abort = () => controller.error(init.signal?.reason);
          init.signal?.addEventListener('abort', abort, { once: true });
        },
        pull: async (controller) => {
          if (at >= stallsAt) return new Promise<void>(() => undefined);
          if (at >= breaksAt || at >= end) onEnd();
          if (at >= breaksAt) return controller.error(new TypeError('network error'));
          if (at >= end) return controller.close();
          const chunkBytes = Math.min(Math.max((server.rateBytesPerS * CHUNK_MS) / 1_000, 1_024), MAX_CHUNK_BYTES);
          const to = Math.min(at + Math.floor(chunkBytes), end, breaksAt, stallsAt);
          const now = this.#clock.nowMs();
          server.freeAtMs = Math.max(server.freeAtMs, now) + ((to - at) / server.rateBytesPerS) * 1_000;
          await this.#wait(server.freeAtMs - now);
          if (init.signal?.aborted) return;
          const bytes = file.slice(at, to);
          answer.alter?.(bytes, at);
          server.sentBytes += bytes.length;
          at = to;
          controller.enqueue(bytes);
        },
        cancel: onEnd,
      },
      { highWaterMark: 0 },
    );
  }

  #wait(ms: number, signal?: AbortSignal | null): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(ms, resolve);
      const abort = () => {
        cancel();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', abort, { once: true });
    });
  }
}
