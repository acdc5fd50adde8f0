import { plainAddress } from '../../model/login-of-url.ts';
import { readContentRange } from './judge-response.ts';
import { leadsInward } from './private-host.ts';

/**
 * The length in bytes of the file at an address, as its server answers to a request for the first byte; null when it
 * does not say, sends something encoded, or leads from the public web into a local network. No cookies, no referrer.
 * @throws what `fetch` throws: nobody answers, or `signal` fires.
 * @see RFC 9110 sections 8.6 (Content-Length) and 14.4 (Content-Range).
 */
export async function lengthOfFileAt(
  url: string,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<number | null> {
  const { address, headers } = plainAddress(url);
  const response = await fetch(address, {
    signal,
    headers: { ...headers, Range: 'bytes=0-0' },
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  });
  response.body?.cancel().catch(() => undefined);
  const encoding = response.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' || (response.redirected && leadsInward(url, response.url))) return null;
  if (response.status === 206) return readContentRange(response.headers.get('content-range'))?.total ?? null;
  const length = response.headers.get('content-length') ?? '';
  return response.status === 200 && /^\d{1,16}$/.test(length) ? Number(length) : null;
}
