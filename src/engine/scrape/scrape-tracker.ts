import type { InfoHash } from '../../model/ids.ts';
import type { TrackerError } from '../../model/transfer-details.ts';
import { readScrape } from './read-scrape.ts';

const MAX_ANSWER_BYTES = 65_536;

export type Counts = { readonly seeds: number; readonly peers: number };

export type ScrapeResult =
  | { readonly ok: true; readonly counts: Counts; readonly intervalS: number | null }
  | { readonly ok: false; readonly error: TrackerError };

/** Asks an HTTP tracker how many there are, without cookies or referrer. Never rejects. @see BEP 48. */
export async function scrapeTracker(
  url: string,
  infoHash: InfoHash,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<ScrapeResult> {
  try {
    const response = await fetch(url, {
      signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
    if (response.status !== 200) {
      response.body?.cancel().catch(() => undefined);
      return { ok: false, error: { code: 'status', status: response.status } };
    }
    const bytes = await firstBytes(response);
    const answer = bytes === null ? ({ type: 'unreadable' } as const) : readScrape(bytes, infoHash);
    if (answer.type === 'refused') return { ok: false, error: { code: 'said', text: answer.text } };
    if (answer.type === 'unreadable') return { ok: false, error: { code: 'unreadable' } };
    const { seeds, peers, intervalS } = answer;
    return { ok: true, counts: { seeds, peers }, intervalS };
  } catch {
    return { ok: false, error: { code: 'unreachable' } };
  }
}

/** The whole body; null when it is longer than any answer need be. */
async function firstBytes({ body }: Response): Promise<Uint8Array | null> {
  if (body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MAX_ANSWER_BYTES) {
      reader.cancel().catch(() => undefined);
      return null;
    }
    parts.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
