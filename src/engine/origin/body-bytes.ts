import { OriginError } from './origin-error.ts';
import type { StallWatch } from './stall-watch.ts';

/** Bytes read at a time at the most: few enough to be still in the processor's cache when they are copied to their piece. */
const READ_BYTES = 262_144;

/** A body that nobody wants is read to its end when it is no longer than this and comes within this time. */
const SHORT_BODY_BYTES = 65_536;
const SHORT_BODY_MS = 1_000;

/** An answer whose body is to be read: `lengthBytes` of it, after `skipBytes` that are thrown away. */
export type OpenBody = {
  readonly response: Response;
  readonly skipBytes: number;
  readonly lengthBytes: number;
  readonly watch: StallWatch;
};

/**
 * The asked bytes of a body, no more and no less. Each part is to be used before the next is asked for: its memory is
 * used again.
 * @param onUnwanted Told how many bytes came before the asked ones, and after them.
 * @throws {OriginError} `unreachable` when the body ends early or breaks, `stalled` when it falls silent.
 */
export async function* bodyBytes(
  body: OpenBody,
  signal: AbortSignal,
  onUnwanted?: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const { watch } = body;
  let skip = body.skipBytes;
  let left = body.lengthBytes;
  let unwanted = 0;
  const read = bodyReader(body.response.body, Math.max(Math.min(skip + left, READ_BYTES), 1));
  try {
    while (left > 0) {
      watch.feed();
      const chunk = await read.next();
      watch.hold();
      // A body that ends early is a lost connection: what it brought is good, the rest is asked for again.
      if (chunk === null) throw new OriginError('unreachable', body.response.status);
      const from = Math.min(skip, chunk.length);
      skip -= from;
      const bytes = chunk.subarray(from, Math.min(chunk.length, from + left));
      left -= bytes.length;
      unwanted += chunk.length - bytes.length;
      if (bytes.length > 0) yield bytes;
    }
  } catch (error) {
    if (error instanceof OriginError || signal.aborted) throw error;
    throw new OriginError(watch.signal.aborted ? 'stalled' : 'unreachable'); // or a reset in mid-body
  } finally {
    watch.end();
    read.cancel();
    if (unwanted > 0) onUnwanted?.(unwanted);
  }
}

/**
 * Ends an answer that cannot be used. A short body is read to its end: its bytes have come anyway, and its connection can
 * be used again. Of a longer one nobody knows how much was on its way when it is cut off. Never rejects.
 * @returns the bytes that came.
 */
export async function discard(response: Response, signal: AbortSignal): Promise<number> {
  const reader = response.body?.getReader();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(SHORT_BODY_MS)]);
  const cancel = (): void => void reader?.cancel().catch(ignore);
  limit.addEventListener('abort', cancel);
  const isLong = Number(response.headers.get('content-length')) > SHORT_BODY_BYTES;
  let bytes = 0;
  try {
    while (reader !== undefined && !isLong && !limit.aborted && bytes < SHORT_BODY_BYTES) {
      const { value } = await reader.read();
      if (value === undefined) break;
      bytes += value.length;
    }
  } catch {
    // a connection that breaks has brought what it has brought
  }
  limit.removeEventListener('abort', cancel);
  cancel();
  return bytes;
}

/** Ends a connection whose body nobody will read. */
export function letGo({ response, watch }: Pick<OpenBody, 'response' | 'watch'>): void {
  watch.end();
  response.body?.cancel().catch(ignore);
}

type BodyReader = { next(): Promise<Uint8Array | null>; cancel(): void };

/** Reads into the same memory again and again where the browser can: fresh memory for every part costs more than the copy. */
function bodyReader(body: ReadableStream<Uint8Array> | null, readBytes: number): BodyReader {
  if (body === null) return { next: async () => null, cancel: () => undefined };
  let byob: ReadableStreamBYOBReader;
  try {
    byob = body.getReader({ mode: 'byob' });
  } catch {
    const reader = body.getReader();
    return { next: async () => (await reader.read()).value ?? null, cancel: () => void reader.cancel().catch(ignore) };
  }
  let memory = new ArrayBuffer(readBytes);
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
