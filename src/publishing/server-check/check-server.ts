import { isPrivateHost } from '../../engine/origin/private-host.ts';
import { ANSWER_TIMEOUT_MS, ask, type CheckPorts, NoReplyError, type Reply, type Stretch } from './ask.ts';
import { checkDigest, checkTorrentLink, torrentNamedBy } from './check-links.ts';
import { checkParallel } from './check-parallel.ts';
import type { Finding, Place } from './finding.ts';
import { followRedirects, judgeRedirects } from './follow-redirects.ts';
import {
  areSameBytes,
  judgeCors,
  judgeEncoding,
  judgeEtag,
  judgeLastModified,
  judgeLength,
  judgeRanges,
  judgeType,
  lengthOfReply,
  type Probe,
} from './judge-replies.ts';

const PROBE_BYTES = 65_536;

export type CheckOptions = {
  readonly ports: CheckPorts;
  readonly signal: AbortSignal;
  /** Called with each finding as it comes. */
  readonly onFinding?: (finding: Finding) => void;
  /** How long one answer may take. */
  readonly timeoutMs?: number;
};

/** What a check leaves for those who publish or verify. */
export type ServerFacts = {
  /** Where redirects led. */
  readonly finalUrl: string;
  readonly lengthBytes: number;
  readonly contentType: string | null;
  /** Named by a `Link` header. */
  readonly torrentUrl: string | null;
  readonly answersRanges: boolean;
  /** What says that the file is the same as the last time: a strong entity tag, or else its date; null for neither. */
  readonly version: string | null;
  /** What the server calls itself. */
  readonly serverName: string | null;
};

/** `facts`: null when there is no file of a known length. */
export type ServerReport = { readonly findings: readonly Finding[]; readonly facts: ServerFacts | null };

/**
 * Checks whether a public address can serve as the origin of a torrent (BEP 19) and how well: it is asked about ten times,
 * for some MB at most. Only the server is judged, in answers that it gives now and to this computer.
 * @see RFC 9110 sections 8.8 and 14, RFC 6249, RFC 9530.
 * @throws the reason of `signal` when it fires; everything else is a finding.
 */
export async function checkServer(url: string, options: CheckOptions): Promise<ServerReport> {
  const findings: Finding[] = [];
  const found = (...some: readonly Finding[]) => {
    for (const finding of some) {
      findings.push(finding);
      options.onFinding?.(finding);
    }
  };
  try {
    return { findings, facts: await check(url, options, found) };
  } catch (error) {
    if (options.signal.aborted || !(error instanceof NoReplyError)) throw error;
    found(error.finding);
    return { findings, facts: null };
  }
}

async function check(
  url: string,
  { ports, signal, timeoutMs = ANSWER_TIMEOUT_MS }: CheckOptions,
  found: (...some: readonly Finding[]) => void,
): Promise<ServerFacts | null> {
  const { hostname, protocol } = new URL(url);
  const isLocal = isPrivateHost(hostname);
  if (isLocal) found({ code: 'private-host', host: hostname });
  const trail = await followRedirects(url, ports, signal, timeoutMs);
  if (trail.isEndless) {
    found({ code: 'redirects-forever', hops: trail.hops ?? 0 });
    return null;
  }
  const probe = async (place: Place, stretch: Stretch, headers: Record<string, string> = {}): Promise<Probe> => {
    const reply = await ask({ url, stretch, maxBytes: PROBE_BYTES, headers }, ports, signal, timeoutMs);
    return { place, stretch, reply };
  };
  const first = await probe('start', { startByte: 0, endByte: PROBE_BYTES });
  const { reply } = first;
  if (reply.status !== 200 && reply.status !== 206) {
    found({ code: 'bad-status', status: reply.status });
    return null;
  }
  found({ code: 'answers', latencyMs: Math.round(reply.latencyMs) });
  found({ code: protocol === 'https:' ? 'encrypted' : isLocal ? 'not-encrypted' : 'needs-https' });
  found(...judgeRedirects(url, trail, reply.url), judgeType(url, reply));

  const lengthBytes = lengthOfReply(reply);
  if (lengthBytes === null || lengthBytes === 0) {
    const ranges = judgeRanges([first]);
    found(...(ranges.code === 'wrong-range' ? [ranges] : []), judgeEncoding([first]), judgeLength([first]));
    return null;
  }
  const probes = [first];
  for (const [place, stretch] of furtherStretches(lengthBytes)) probes.push(await probe(place, stretch));
  // A server that speaks to web pages at all does so only when a page is named.
  const again = await probe('start', first.stretch, { origin: 'https://page.example' });
  probes.push(again);
  const length = judgeLength(probes);
  found(length, judgeRanges(probes), judgeEncoding(probes));
  if (!areSameBytes(reply.body, again.reply.body)) found({ code: 'bytes-change' });
  found(judgeEtag(probes), judgeLastModified(probes));
  if (length.code === 'length-known') {
    found(await checkParallel(url, lengthBytes, ports, signal, timeoutMs));
    found(await checkTorrentLink(reply, lengthBytes, ports, signal, timeoutMs));
    found(await checkDigest(url, reply, lengthBytes, ports, signal, timeoutMs));
  }
  found(judgeCors(again.reply));
  return factsOf(reply, lengthBytes, probes);
}

/** A part in the middle and the last part; both are empty in no file. */
function furtherStretches(lengthBytes: number): [Place, Stretch][] {
  const middle = Math.floor(lengthBytes / 2);
  const last = Math.max(lengthBytes - PROBE_BYTES, 0);
  return [
    ['middle', { startByte: middle, endByte: Math.min(middle + PROBE_BYTES, lengthBytes) }],
    ['end', { startByte: last, endByte: lengthBytes }],
  ];
}

function factsOf(reply: Reply, lengthBytes: number, probes: readonly Probe[]): ServerFacts {
  return {
    finalUrl: reply.url,
    lengthBytes,
    contentType: reply.headers.get('content-type'),
    torrentUrl: torrentNamedBy(reply),
    answersRanges: judgeRanges(probes).code === 'ranges',
    version: versionOf(probes),
    serverName: reply.headers.get('server'),
  };
}

function versionOf(probes: readonly Probe[]): string | null {
  const headers = probes[0]?.reply.headers;
  if (judgeEtag(probes).code === 'etag-strong') return headers?.get('etag') ?? null;
  return judgeLastModified(probes).code === 'last-modified' ? (headers?.get('last-modified') ?? null) : null;
}
