import { MAX_TORRENT_FILE_BYTES } from '../model/limits.ts';
import type { PageSource } from '../platform/webext/command-source.ts';
import { reachFor } from './network-guard.ts';
import type { TakeAnswer } from './server-answers.ts';
import { type AnswerKind, beginsAsTorrent } from './torrent-answer.ts';

export type Answered = {
  readonly kind: AnswerKind;
  readonly source: PageSource;
  readonly method: string;
  readonly url: string;
  /** What was sent, when it may be sent once more. */
  readonly form: URLSearchParams | null;
};

const PEEK_BYTES = 64;
const PEEK_LIMIT_MS = 3_000;
const REPEAT_LIMIT_MS = 20_000;

/**
 * Takes the torrent that a server answered with; resolves to whether it did. One that says what it is goes by its
 * address. Where only the first bytes tell, they are asked for; and a form is sent once more, with the same cookies,
 * because neither browser lets us read the answer that it got. Never rejects.
 */
export async function takeAnswer(answered: Answered, how: TakeAnswer): Promise<boolean> {
  const { kind, source, method, url, form } = answered;
  try {
    if (method === 'GET') return (kind === 'torrent' || (await isTorrent(url))) && (await how.capture(url, source));
    if (method !== 'POST' || form === null || kind !== 'torrent') return false;
    const bytes = await answerTo(url, form);
    return bytes !== null && beginsAsTorrent(bytes) && (await how.take(bytes, source));
  } catch {
    return false;
  }
}

/** By the first bytes of what is there. */
const isTorrent = (url: string): Promise<boolean> =>
  reachFor(url, async () => {
    const ending = new AbortController();
    const response = await fetch(url, {
      headers: { range: `bytes=0-${PEEK_BYTES - 1}` },
      credentials: 'include',
      cache: 'no-store',
      signal: AbortSignal.any([ending.signal, AbortSignal.timeout(PEEK_LIMIT_MS)]),
    });
    const first = response.ok ? await response.body?.getReader().read() : undefined;
    ending.abort(); // a server that knows no ranges sends everything
    return first?.value !== undefined && beginsAsTorrent(first.value);
  });

/** Null when there is none, or it is larger than any torrent. */
const answerTo = (url: string, form: URLSearchParams): Promise<Uint8Array | null> =>
  reachFor(url, async () => {
    const signal = AbortSignal.timeout(REPEAT_LIMIT_MS);
    const response = await fetch(url, { method: 'POST', body: form, credentials: 'include', signal });
    const announcedBytes = Number(response.headers.get('content-length') ?? 0);
    if (!response.ok || announcedBytes > MAX_TORRENT_FILE_BYTES) return null;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return bytes.length > MAX_TORRENT_FILE_BYTES ? null : bytes;
  });
