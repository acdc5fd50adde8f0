import { readContentRange } from '../../engine/origin/judge-response.ts';
import { type Reply, rangeOf, type Stretch } from './ask.ts';
import type { Finding, Place } from './finding.ts';

/** A request for a part of the file, and what came. */
export type Probe = { readonly place: Place; readonly stretch: Stretch; readonly reply: Reply };

/** The length that an answer tells: the total of its range, or its own length; null when it tells none. */
export function lengthOfReply({ status, headers }: Reply): number | null {
  if (status === 206) return readContentRange(headers.get('content-range'))?.total ?? null;
  const length = headers.get('content-length');
  return status === 200 && length !== null && /^\d{1,15}$/.test(length.trim()) ? Number(length) : null;
}

/** One line on ranges: the first thing that is wrong, or that all is well. */
export function judgeRanges(probes: readonly Probe[]): Finding {
  for (const probe of probes) {
    const fault = faultOfRange(probe);
    if (fault !== null) return fault;
  }
  return { code: 'ranges', answers: probes.length };
}

function faultOfRange({ place, stretch, reply }: Probe): Finding | null {
  if (reply.status === 200) return { code: 'ignores-ranges', place };
  if (reply.status !== 206) return { code: 'range-refused', place, status: reply.status };
  const header = reply.headers.get('content-range');
  const range = readContentRange(header);
  const wrong: Finding = { code: 'wrong-range', place, asked: rangeOf(stretch), got: header };
  if (range === null || range.start !== stretch.startByte) return wrong;
  // Asked for more than there is, a server gives what there is.
  const wantedEnd = Math.min(stretch.endByte, range.total ?? stretch.endByte);
  if (range.end !== wantedEnd) return wrong;
  const promisedBytes = range.end - range.start;
  const gotBytes = reply.body.length;
  if (gotBytes === promisedBytes && !reply.wasCut) return null;
  return { code: 'range-cut-short', place, promisedBytes, gotBytes };
}

/** Whether all answers tell one length. */
export function judgeLength(probes: readonly Probe[]): Finding {
  const lengths = probes.map(({ reply }) => lengthOfReply(reply));
  const [first] = lengths;
  if (first === undefined || first === null) return { code: 'length-unknown' };
  if (first === 0) return { code: 'empty' };
  const other = lengths.find((length) => length !== null && length !== first);
  if (other !== undefined && other !== null) return { code: 'length-changes', firstBytes: first, laterBytes: other };
  return { code: 'length-known', lengthBytes: first };
}

export function judgeEncoding(probes: readonly Probe[]): Finding {
  for (const { reply } of probes) {
    const encoding = reply.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
    if (encoding !== 'identity' && encoding !== '') return { code: 'encoded', encoding };
  }
  return { code: 'not-encoded' };
}

/** An entity tag tells whether two answers are of the same file; a weak one does not vouch for every byte (RFC 9110 8.8). */
export function judgeEtag(probes: readonly Probe[]): Finding {
  const etags = probes.map(({ reply }) => reply.headers.get('etag'));
  const known = etags.filter((etag) => etag !== null);
  const [first] = known;
  if (first === undefined) return { code: 'etag-missing' };
  const different = new Set(etags).size;
  if (different > 1) return { code: 'etag-changes', etags: different, answers: etags.length };
  return first.startsWith('W/') ? { code: 'etag-weak', etag: first } : { code: 'etag-strong' };
}

export function judgeLastModified(probes: readonly Probe[]): Finding {
  const dates = new Set(probes.map(({ reply }) => reply.headers.get('last-modified')));
  const [first = null] = dates;
  if (dates.size > 1) return { code: 'last-modified-changes' };
  return first === null || Number.isNaN(Date.parse(first))
    ? { code: 'last-modified-missing' }
    : { code: 'last-modified' };
}

/** A login or error page is often sent as a success. */
export function judgeType(url: string, { headers }: Reply): Finding {
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === '') return { code: 'type-missing' };
  const isPage = /^(?:text\/html|application\/xhtml\+xml)$/.test(type);
  return isPage && !/\.x?html?$/i.test(new URL(url).pathname)
    ? { code: 'web-page', type }
    : { code: 'type-known', type };
}

/** What web pages may not read unless the server says so; see the CORS-safelisted response headers of Fetch. */
const HEADERS_FOR_PAGES = ['Content-Range', 'ETag', 'Link'];

/** Scripts in web pages need leave to read from another site. The extension does not. */
export function judgeCors({ headers }: Reply): Finding {
  if (headers.get('access-control-allow-origin') === null) return { code: 'cors-closed' };
  const exposed = (headers.get('access-control-expose-headers') ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  if (exposed.includes('*')) return { code: 'cors-open' };
  const hidden = HEADERS_FOR_PAGES.filter((name) => headers.has(name) && !exposed.includes(name.toLowerCase()));
  return hidden.length > 0 ? { code: 'cors-hides', headers: hidden } : { code: 'cors-open' };
}

/** Whether the same bytes came when they were asked for twice. */
export function areSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
