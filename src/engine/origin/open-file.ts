import type { OriginFault } from '../../model/failure.ts';
import type { FileIndex } from '../../model/ids.ts';
import { type PlainAddress, plainAddress } from '../../model/login-of-url.ts';
import { originFileUrl } from '../torrent/origin-url.ts';
import { discard, letGo, type OpenBody } from './body-bytes.ts';
import { type Asked, answerOf, judgeResponse } from './judge-response.ts';
import { OriginError } from './origin-error.ts';
import { leadsInward } from './private-host.ts';
import { readDigests } from './read-digests.ts';
import { StallWatch } from './stall-watch.ts';
import type { SpanRequest } from './stream-span.ts';

/** What a remembered address does when it has expired, or its server has lost the file: the origin knows a better one. */
const STALE: ReadonlySet<OriginFault> = new Set(['not-found', 'forbidden', 'web-page', 'wrong-length', 'unreachable']);

/** RFC 9530 section 4. An extension may send it without asking the server first. */
const WANT_DIGEST = { 'Want-Repr-Digest': 'sha-256=10, sha-512=5' };

/**
 * Asks an origin for bytes of one file, at the address that its redirects led to before, if they did. An address that
 * seems to have expired is resolved anew through the origin, once; one that fails in any way is forgotten.
 * @throws {OriginError} when the answer cannot be used; the reason of `request.signal` when it fires.
 */
export async function openFile(
  request: SpanRequest,
  file: FileIndex,
  startByte: number,
  endByte: number,
): Promise<OpenBody> {
  const fileLengthBytes = request.info.files[file]?.lengthBytes ?? 0;
  const isPage = /\.x?html?$/i.test(request.info.files[file]?.path.at(-1) ?? '');
  const asked = { startByte, endByte, fileLengthBytes, isPage };
  const known = request.finalUrls.get(file);
  if (known !== undefined) {
    try {
      return await openUrl(request, { address: known, headers: loginAt(known, request.origin) }, file, asked);
    } catch (error) {
      if (!(error instanceof OriginError)) throw error;
      request.finalUrls.delete(file);
      if (!STALE.has(error.fault)) throw error;
    }
  }
  return openUrl(request, plainAddress(originFileUrl(request.origin, request.info, file)), file, asked);
}

/** Where redirects have led, the login of the origin holds as long as they have not left it. */
function loginAt(url: string, origin: string): PlainAddress['headers'] {
  return new URL(url).origin === new URL(origin).origin ? plainAddress(origin).headers : {};
}

async function openUrl(
  request: SpanRequest,
  { address: url, headers: login }: PlainAddress,
  file: FileIndex,
  asked: Asked,
): Promise<OpenBody> {
  const { startByte, endByte } = asked;
  const watch = new StallWatch();
  let response: Response;
  request.onRequest?.();
  try {
    response = await request.fetch(url, {
      signal: AbortSignal.any([request.signal, watch.signal]),
      headers: { ...login, Range: `bytes=${startByte}-${endByte - 1}`, ...(request.wantsDigest ? WANT_DIGEST : {}) },
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
  } catch (error) {
    watch.end();
    if (request.signal.aborted) throw error;
    throw new OriginError(watch.signal.aborted ? 'stalled' : 'unreachable');
  }
  watch.hold();
  const answeredBy = response.url === '' ? url : response.url;
  if (response.redirected && leadsInward(request.origin, response.url)) {
    letGo({ response, watch });
    throw new OriginError('unreachable');
  }
  const answer = answerOf(response);
  const judgement = judgeResponse(asked, answer, request.acceptWhole, request.nowMs());
  if (!judgement.use) {
    watch.end();
    const error = new OriginError(judgement.fault, response.status, judgement.retryAfterS, new URL(answeredBy).host);
    request.onRefused?.(error);
    const bytes = await discard(response, request.signal);
    if (bytes > 0) request.onUnwanted?.(bytes);
    throw error;
  }
  if (response.redirected) request.finalUrls.set(file, response.url);
  const { headers } = response;
  request.onAnswer?.({ url: answeredBy, link: headers.get('link'), digests: readDigests(headers) });
  return { response, skipBytes: judgement.skipBytes, lengthBytes: judgement.endByte - startByte, watch };
}
