import { type CheckPorts, NoReplyError, whyNoReply, withPatience } from './ask.ts';
import type { Finding } from './finding.ts';

const MAX_HOPS = 10;
/** Each hop costs a visitor a round trip, often with a new connection. */
const MANY_HOPS = 3;

/**
 * Where an address leads. `hops` is null in browsers, which hide the steps; the last address is then not known either.
 */
export type Trail = { readonly hops: number | null; readonly lastUrl: string | null; readonly isEndless: boolean };

/**
 * Follows redirects one by one where the platform shows them (Node), else says only that there are some (browsers).
 * @throws {NoReplyError}, or the reason of `signal` when it fires.
 */
export async function followRedirects(
  url: string,
  ports: CheckPorts,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<Trail> {
  let at = url;
  for (let hops = 0; hops <= MAX_HOPS; hops++) {
    const answer = await firstAnswer(at, ports, signal, timeoutMs);
    if (answer.type === 'opaqueredirect') return { hops: null, lastUrl: null, isEndless: false };
    const target = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
    if (target === null || !URL.canParse(target, at)) return { hops, lastUrl: at, isEndless: false };
    at = new URL(target, at).href;
  }
  return { hops: MAX_HOPS, lastUrl: at, isEndless: true };
}

async function firstAnswer(url: string, ports: CheckPorts, signal: AbortSignal, timeoutMs: number): Promise<Response> {
  try {
    return await withPatience(signal, timeoutMs, async (both) => {
      const response = await ports.fetch(url, {
        redirect: 'manual',
        headers: { range: 'bytes=0-0' },
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal: both,
      });
      await response.body?.cancel().catch(() => undefined);
      return response;
    });
  } catch (error) {
    if (signal.aborted || error instanceof NoReplyError) throw error;
    throw new NoReplyError(whyNoReply(error), { cause: error });
  }
}

/** What is to be said of a trail. @param lastUrl Where the address led in the end. */
export function judgeRedirects(url: string, { hops }: Trail, lastUrl: string): Finding[] {
  if (hops === 0) return [{ code: 'direct' }];
  const from = new URL(url);
  const to = new URL(lastUrl);
  const findings: Finding[] = [];
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    findings.push({ code: 'redirects-unencrypted', toUrl: lastUrl });
  }
  if (hops !== null && hops > MANY_HOPS) findings.push({ code: 'redirects-often', hops, toUrl: lastUrl });
  if (from.host !== to.host) findings.push({ code: 'redirects-elsewhere', hops, toHost: to.host });
  return findings.length > 0 ? findings : [{ code: 'redirects', hops, toUrl: lastUrl }];
}
