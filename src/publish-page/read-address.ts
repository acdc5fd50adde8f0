import { readContentRange } from '../engine/origin/judge-response.ts';
import { JobError } from './publish-job.ts';

/** Breaks without a byte in between after which a server is given up. */
const MAX_BREAKS = 3;

export type ReadAddressPorts = {
  readonly fetch: typeof globalThis.fetch;
  /** Resolves after a while, so that a server that stumbled is not asked again at once. */
  readonly rest: () => Promise<void>;
};

/**
 * Reads a file from its server, once, from start to end. An answer that breaks off is taken up again where it ended.
 * @throws {JobError} `server-stopped` when the server does not go on, `source-changed` when it has another file now.
 */
export async function* readAddress(
  url: string,
  sizeBytes: number,
  { fetch, rest }: ReadAddressPorts,
): AsyncGenerator<Uint8Array> {
  let at = 0;
  let breaks = 0;
  while (at < sizeBytes) {
    let reason = 'the answer ended early';
    try {
      const reader = await openAt(url, at, sizeBytes, fetch);
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        at += read.value.length;
        breaks = 0;
        yield read.value;
      }
    } catch (error) {
      if (error instanceof JobError) throw error;
      reason = error instanceof Error ? error.message : String(error);
    }
    if (at >= sizeBytes) return;
    breaks += 1;
    if (breaks >= MAX_BREAKS) throw new JobError({ code: 'server-stopped', atByte: at, reason });
    await rest();
  }
}

async function openAt(
  url: string,
  startByte: number,
  sizeBytes: number,
  fetch: typeof globalThis.fetch,
): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const response = await fetch(url, {
    headers: { range: `bytes=${startByte}-` },
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  });
  const { status, headers, body } = response;
  if (body === null || (status !== 206 && status !== 200)) throw new Error(`error ${status}`);
  const length = status === 206 ? readContentRange(headers.get('content-range'))?.total : lengthIn(headers);
  const isOther = typeof length === 'number' && length !== sizeBytes;
  // A server that sends no parts can be read from the start only.
  if (isOther || (status === 200 && startByte > 0)) {
    await body.cancel();
    if (isOther) throw new JobError({ code: 'source-changed' });
    throw new JobError({ code: 'server-stopped', atByte: startByte, reason: 'it sends no parts' });
  }
  return body.getReader();
}

function lengthIn(headers: Headers): number | undefined {
  const length = headers.get('content-length');
  return length === null ? undefined : Number(length);
}
