import { createServer, type IncomingMessage } from 'node:http';
import { openServer } from '../../support/open-server.ts';

/** What is wrong with an answer. Without any it is right in every way that a check looks at. */
export type Faults = {
  readonly status?: number;
  readonly ignoresRanges?: boolean;
  /** Headers to add; null takes one away. The number counts requests from 1. */
  readonly headers?: (number: number) => Readonly<Record<string, string | null>>;
  /** The range that is sent instead of the asked one; `end` is not included. */
  readonly sends?: (start: number, end: number) => { readonly start: number; readonly end: number };
  /** Total in `Content-Range`. */
  readonly total?: (number: number) => number;
  /** The body, by what it should be. */
  readonly body?: (right: Uint8Array, number: number) => Uint8Array;
  readonly redirectTo?: (path: string) => string | null;
  /** Never answers. */
  readonly isSilent?: boolean;
  /** Paths besides the file. */
  readonly others?: Readonly<Record<string, Uint8Array>>;
  /** Parts that begin here are answered with this error. */
  readonly refuses?: { readonly startByte: number; readonly status: number };
};

export type FaultyServer = { readonly url: string; readonly close: () => Promise<void> };

/** A real server with one file and the given faults. */
export async function startFaultyServer(file: Uint8Array, faults: Faults): Promise<FaultyServer> {
  let count = 0;
  const server = createServer((request, response) => {
    if (faults.isSilent) return;
    count += 1;
    const number = count;
    const path = request.url ?? '/';
    const to = faults.redirectTo?.(path) ?? null;
    if (to !== null) return response.writeHead(302, { location: to }).end();
    const other = faults.others?.[path];
    if (other !== undefined) return response.writeHead(200, { 'content-length': other.length }).end(other);
    const answer = answerTo(request, file, faults, number);
    response.writeHead(answer.status, answer.headers);
    if (answer.length !== null && answer.body.length < answer.length)
      response.write(answer.body, () => response.destroy());
    else response.end(answer.body);
  });
  const { origin, close } = await openServer(server);
  return { url: `${origin}/ep42.mp4`, close };
}

function answerTo(request: IncomingMessage, file: Uint8Array, faults: Faults, number: number) {
  const asked = faults.ignoresRanges ? null : /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  const start = Number(asked?.[1] ?? 0);
  const end = Math.min(Number(asked?.[2] ?? file.length - 1) + 1, file.length);
  const sent = faults.sends?.(start, end) ?? { start, end };
  const total = faults.total?.(number) ?? file.length;
  const right = file.subarray(sent.start, sent.end);
  const body = faults.body?.(right, number) ?? right;
  const headers: Record<string, string> = {
    'content-type': 'video/mp4',
    'content-length': String(right.length),
    etag: '"one"',
    'last-modified': 'Wed, 21 Oct 2015 07:28:00 GMT',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': '*',
    ...(asked === null ? {} : { 'content-range': `bytes ${sent.start}-${sent.end - 1}/${total}` }),
  };
  for (const [name, value] of Object.entries(faults.headers?.(number) ?? {})) {
    if (value === null) delete headers[name];
    else headers[name] = value;
  }
  const length = headers['content-length'] === undefined ? null : Number(headers['content-length']);
  const refusal = faults.refuses?.startByte === start && asked !== null ? faults.refuses.status : undefined;
  return { status: refusal ?? faults.status ?? (asked === null ? 200 : 206), headers, body, length };
}
