import { createSecureServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { answerWithFile } from './origin-answer.ts';
import { makeSelfSigned, type SelfSigned } from './self-signed.ts';

export type Http2Request = {
  readonly path: string;
  readonly range: string | null;
  /** The connection, counted from 1. */
  readonly session: number;
  bytesSent: number;
};

/** An origin that speaks HTTP/2 over TLS and nothing else. */
export type Http2Origin = {
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** For `BrowserOptions.trusts`. */
  readonly certificate: SelfSigned;
  readonly requests: readonly Http2Request[];
  /** Requests that were being answered at the same time over one connection, at the most. */
  readonly mostAtOnce: () => number;
  readonly serve: (path: string, bytes: Uint8Array) => void;
  /** Ends each of the next so many connections in the midst, once so many bytes were sent over it. */
  readonly breakSessions: (sessions: number, afterBytes: number) => void;
  readonly close: () => Promise<void>;
};

const CHUNK_BYTES = 65_536;
/** Between two chunks of a body, so that several are on their way at a time. */
const CHUNK_EVERY_MS = 5;

/** Starts it on a free port. It is honest and knows ranges; its certificate is its own. */
export async function startHttp2Origin(): Promise<Http2Origin> {
  const certificate = makeSelfSigned();
  const files = new Map<string, Uint8Array>();
  const requests: Http2Request[] = [];
  const sessions = new Map<ServerHttp2Session, { number: number; open: number; bytesLeft: number }>();
  const live = new Set<ServerHttp2Session>();
  let most = 0;
  let breaks = { sessions: 0, afterBytes: 0 };

  const server = createSecureServer({ key: certificate.keyPem, cert: certificate.certPem, allowHTTP1: false });
  server.on('session', (session) => {
    const isBreaking = breaks.sessions > 0;
    if (isBreaking) breaks = { ...breaks, sessions: breaks.sessions - 1 };
    const bytesLeft = isBreaking ? breaks.afterBytes : Number.POSITIVE_INFINITY;
    sessions.set(session, { number: sessions.size + 1, open: 0, bytesLeft });
    live.add(session);
    session.once('close', () => live.delete(session));
    session.on('error', () => session.destroy());
  });
  server.on('stream', (stream, headers) => {
    const { session } = stream;
    const at = session === undefined ? undefined : sessions.get(session as ServerHttp2Session);
    if (at === undefined) return stream.close();
    const path = decodeURIComponent(headers[':path'] ?? '');
    const range = headers.range ?? null;
    const entry = { path, range, session: at.number, bytesSent: 0 };
    requests.push(entry);
    stream.on('error', () => undefined); // whoever asked has left
    const bytes = files.get(path);
    if (bytes === undefined) return stream.respond({ ':status': 404 }, { endStream: true });
    const file = {
      bytes,
      contentType: 'application/octet-stream',
      etag: '"1"',
      lastModified: new Date(0).toUTCString(),
    };
    const answer = answerWithFile(file, { range, ifRange: null }, {});
    at.open += 1;
    most = Math.max(most, at.open);
    stream.once('close', () => {
      at.open -= 1;
    });
    stream.respond({ ':status': answer.status, ...answer.headers });
    const send = (from: number): void => {
      if (stream.destroyed) return;
      const chunk = answer.body.subarray(from, from + CHUNK_BYTES);
      at.bytesLeft -= chunk.length;
      if (at.bytesLeft < 0) return void session?.destroy();
      entry.bytesSent += chunk.length;
      if (from + chunk.length >= answer.body.length) return void stream.end(chunk);
      stream.write(chunk, () => void setTimeout(() => send(from + chunk.length), CHUNK_EVERY_MS));
    };
    send(0);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    certificate,
    requests,
    mostAtOnce: () => most,
    serve: (path, bytes) => files.set(path, bytes),
    breakSessions: (count, afterBytes) => {
      breaks = { sessions: count, afterBytes };
      for (const session of live) session.close();
    },
    close: async () => {
      const closed = new Promise<unknown>((resolve) => server.close(resolve));
      for (const session of live) session.destroy();
      await closed;
    },
  };
}
