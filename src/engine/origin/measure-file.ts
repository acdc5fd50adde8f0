import { plainAddress } from '../../model/login-of-url.ts';
import type { Clock } from '../ports.ts';
import { discard } from './body-bytes.ts';
import { answerOf, readContentRange, restAskedFor } from './judge-response.ts';
import { leadsInward } from './private-host.ts';

export type MeasuredFile = {
  /** Null when the server does not say, sends something encoded, or leads from the public web into a local network. */
  readonly lengthBytes: number | null;
  /** Bytes that came with the answer. */
  readonly bodyBytes: number;
  /** Who answered, after redirects (`URL.host`). */
  readonly host: string;
  /** How long that host asks to be left alone; null when it does not. */
  readonly restS: number | null;
};

/**
 * The length in bytes of the file at an address, as its server answers to a request for the first byte. No cookies, no
 * referrer.
 * @throws what `fetch` throws: nobody answers, or `signal` fires.
 * @see RFC 9110 sections 8.6 (Content-Length) and 14.4 (Content-Range).
 */
export async function measureFile(
  url: string,
  fetch: typeof globalThis.fetch,
  clock: Pick<Clock, 'nowMs'>,
  signal: AbortSignal,
): Promise<MeasuredFile> {
  const { address, headers } = plainAddress(url);
  const response = await fetch(address, {
    signal,
    headers: { ...headers, Range: 'bytes=0-0' },
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  });
  return {
    lengthBytes: response.redirected && leadsInward(url, response.url) ? null : lengthOf(response),
    bodyBytes: await discard(response, signal),
    host: new URL(response.url === '' ? address : response.url).host,
    restS: restAskedFor(answerOf(response), clock.nowMs()),
  };
}

function lengthOf({ status, headers }: Response): number | null {
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity') return null;
  if (status === 206) return readContentRange(headers.get('content-range'))?.total ?? null;
  const length = headers.get('content-length') ?? '';
  return status === 200 && /^\d{1,16}$/.test(length) ? Number(length) : null;
}
