import type { OriginFault } from '../../model/failure.ts';
import type { FileIndex, OriginUrl } from '../../model/ids.ts';
import { fileRangesOfSpan } from '../torrent/file-ranges.ts';
import { originFileUrl } from '../torrent/origin-url.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { type Answer, judgeResponse } from './judge-response.ts';
import { StallWatch } from './stall-watch.ts';

/** The request for the next file is sent when this little is left of the current one. */
const ASK_AHEAD_BYTES = 1_048_576;

/** Bytes read at a time: few enough to be still in the processor's cache when they are copied to their piece. */
const READ_BYTES = 262_144;

/** Thrown when an origin cannot deliver; `status` is null when there was no answer. */
export class OriginError extends Error {
  readonly fault: OriginFault;
  readonly status: number | null;
  readonly retryAfterS: number | null;
  constructor(fault: OriginFault, status: number | null = null, retryAfterS: number | null = null) {
    super(fault);
    this.fault = fault;
    this.status = status;
    this.retryAfterS = retryAfterS;
  }
}

export type SpanRequest = {
  readonly info: TorrentInfo;
  readonly origin: OriginUrl;
  /** Torrent offsets in bytes; the end is not included. */
  readonly startByte: number;
  readonly endByte: number;
  /** The origin answers ranges with whole files: take them and skip. */
  readonly acceptWhole: boolean;
  readonly signal: AbortSignal;
  readonly fetch: typeof globalThis.fetch;
  readonly nowMs: () => number;
  /** Final addresses of files after redirects, kept by the caller from run to run. */
  readonly finalUrls: Map<FileIndex, string>;
};

/**
 * Bytes as they arrive, in order, or `zeros` for padding that no server stores. The bytes are to be used before the next
 * ones are asked for: their memory is used again.
 */
export type SpanPart = { readonly bytes: Uint8Array } | { readonly zeros: number };

/**
 * Streams a span of a torrent from one origin, file by file, in order and without gaps.
 * Sends no cookies and no referrer. A request for the next file is on its way before the current one ends.
 * @throws {OriginError} when the origin cannot deliver; an AbortError when `signal` fires.
 * @see BEP 19 (web seeds), BEP 47 (padding files).
 */
export async function* streamSpan(request: SpanRequest): AsyncGenerator<SpanPart> {
  const pieces = fileRangesOfSpan(request.info, request.startByte, request.endByte);
  let position = request.startByte;
  let ahead: Promise<Opened> | null = null;
  try {
    for (const [index, range] of pieces.entries()) {
      const fileStart = request.info.files[range.file]?.startByte ?? 0;
      const gap = fileStart + range.startByte - position;
      if (gap > 0) yield { zeros: gap };
      position += gap;
      const opened = await (ahead ?? openFile(request, range.file, range.startByte, range.endByte));
      ahead = null;
      const next = pieces[index + 1];
      for await (const bytes of bodyBytes(opened, request.signal)) {
        position += bytes.length;
        const left = fileStart + range.endByte - position;
        if (next !== undefined && ahead === null && left <= ASK_AHEAD_BYTES) {
          ahead = openFile(request, next.file, next.startByte, next.endByte);
          ahead.catch(() => undefined); // its failure is met when its turn comes
        }
        yield { bytes };
      }
    }
  } finally {
    ahead?.then(letGo, () => undefined);
  }
  if (position < request.endByte) yield { zeros: request.endByte - position };
}

type Opened = {
  readonly response: Response;
  readonly skipBytes: number;
  readonly lengthBytes: number;
  readonly watch: StallWatch;
};

/** Ends a connection whose body nobody will read. */
function letGo({ response, watch }: Opened): void {
  watch.end();
  response.body?.cancel().catch(() => undefined);
}

async function openFile(request: SpanRequest, file: FileIndex, startByte: number, endByte: number): Promise<Opened> {
  const known = request.finalUrls.get(file);
  if (known !== undefined) {
    try {
      return await openUrl(request, known, file, startByte, endByte);
    } catch (error) {
      // A redirect's target may be a signed address that has expired: ask the origin itself again.
      if (!(error instanceof OriginError) || (error.fault !== 'not-found' && error.fault !== 'forbidden')) throw error;
      request.finalUrls.delete(file);
    }
  }
  return openUrl(request, originFileUrl(request.origin, request.info, file), file, startByte, endByte);
}

async function openUrl(
  request: SpanRequest,
  url: string,
  file: FileIndex,
  startByte: number,
  endByte: number,
): Promise<Opened> {
  const fileLengthBytes = request.info.files[file]?.lengthBytes ?? 0;
  const watch = new StallWatch();
  let response: Response;
  try {
    response = await request.fetch(url, {
      signal: AbortSignal.any([request.signal, watch.signal]),
      headers: { Range: `bytes=${startByte}-${endByte - 1}` },
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
  } catch (error) {
    watch.end();
    if (request.signal.aborted) throw error;
    throw new OriginError(watch.signal.aborted ? 'stalled' : 'unreachable');
  }
  const asked = { startByte, endByte, fileLengthBytes };
  const judgement = judgeResponse(asked, answerOf(response), request.acceptWhole, request.nowMs());
  if (!judgement.use) {
    watch.end();
    response.body?.cancel().catch(() => undefined);
    throw new OriginError(judgement.fault, response.status, judgement.retryAfterS);
  }
  if (response.redirected) request.finalUrls.set(file, response.url);
  return { response, skipBytes: judgement.skipBytes, lengthBytes: endByte - startByte, watch };
}

/** The asked bytes of a body, no more and no less. */
async function* bodyBytes(opened: Opened, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const read = bodyReader(opened.response.body);
  let skip = opened.skipBytes;
  let left = opened.lengthBytes;
  try {
    while (left > 0) {
      const chunk = await read.next();
      // A body that ends early is a lost connection: what it brought is good, the rest is asked for again.
      if (chunk === null) throw new OriginError('unreachable', opened.response.status);
      opened.watch.feed();
      const from = Math.min(skip, chunk.length);
      skip -= from;
      const bytes = chunk.subarray(from, Math.min(chunk.length, from + left));
      left -= bytes.length;
      if (bytes.length > 0) yield bytes;
    }
  } catch (error) {
    if (error instanceof OriginError || signal.aborted) throw error;
    throw new OriginError(opened.watch.signal.aborted ? 'stalled' : 'unreachable'); // or a reset in mid-body
  } finally {
    opened.watch.end();
    read.cancel();
  }
}

type BodyReader = { next(): Promise<Uint8Array | null>; cancel(): void };

/** Reads into the same memory again and again where the browser can: fresh memory for every part costs more than the copy. */
function bodyReader(body: ReadableStream<Uint8Array> | null): BodyReader {
  if (body === null) return { next: async () => null, cancel: () => undefined };
  let byob: ReadableStreamBYOBReader;
  try {
    byob = body.getReader({ mode: 'byob' });
  } catch {
    const reader = body.getReader();
    return { next: async () => (await reader.read()).value ?? null, cancel: () => void reader.cancel().catch(ignore) };
  }
  let memory = new ArrayBuffer(READ_BYTES);
  return {
    next: async () => {
      const { value, done } = await byob.read(new Uint8Array(memory));
      if (value !== undefined) memory = value.buffer;
      return done ? null : (value ?? null);
    },
    cancel: () => void byob.cancel().catch(ignore),
  };
}

const ignore = (): undefined => undefined;

function answerOf(response: Response): Answer {
  const header = (name: string): string | null => response.headers.get(name);
  return {
    status: response.status,
    contentRange: header('content-range'),
    contentLength: header('content-length'),
    contentEncoding: header('content-encoding'),
    contentType: header('content-type'),
    retryAfter: header('retry-after'),
  };
}
