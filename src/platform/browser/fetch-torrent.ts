import type { FetchedTorrent } from '../../engine/ports.ts';
import type { Failure } from '../../model/failure.ts';
import { plainAddress } from '../../model/login-of-url.ts';

/** No honest .torrent is larger; what a server sends beyond it is not read. */
const MAX_BYTES = 33_554_432;
const TIME_LIMIT_MS = 60_000;

/**
 * Fetches a .torrent. Cookies go along only when the user asked for this very address; never a referrer.
 * An answer that is a web page means that the site wants something first, mostly a login.
 */
export async function fetchTorrent(url: string, withCookies: boolean, signal: AbortSignal): Promise<FetchedTorrent> {
  const host = new URL(url).host;
  const fail = (failure: Failure): FetchedTorrent => ({ ok: false, failure });
  try {
    const { address, headers } = plainAddress(url);
    const response = await fetch(address, {
      headers,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]),
      credentials: withCookies ? 'include' : 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
    if (!response.ok) return fail({ code: 'torrent-unavailable', host, status: response.status });
    const bytes = await bodyUpTo(response, MAX_BYTES);
    if (bytes === null) return fail({ code: 'unreadable-torrent', reason: 'it is larger than any torrent' });
    if (looksLikePage(bytes)) return fail({ code: 'torrent-is-web-page', host });
    return { ok: true, bytes, ...(response.redirected ? { movedTo: response.url } : {}) };
  } catch (error) {
    if (signal.aborted) throw error;
    return fail({ code: 'torrent-unavailable', host, status: null });
  }
}

async function bodyUpTo(response: Response, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** By its first character: a .torrent is a bencoded dictionary and begins with `d`. A Metalink is no page either. */
function looksLikePage(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 4_096)).trimStart();
  return start.startsWith('<') && !/<(?:\w+:)?metalink[\s>]/.test(start);
}
