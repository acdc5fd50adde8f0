import { leadsInward } from '../../engine/origin/private-host.ts';
import { readDigests } from '../../engine/origin/read-digests.ts';
import { MAX_TORRENT_LENGTH_BYTES, readTorrent } from '../../engine/torrent/read-torrent.ts';
import { TorrentError } from '../../engine/torrent/torrent-error.ts';
import { hexDigits } from '../../engine/torrent/whole-hashes.ts';
import { readLinks, type WebLink } from '../../model/read-links.ts';
import { TORRENT_TYPE } from '../media-type.ts';
import { ask, type CheckPorts, NoReplyError, type Reply } from './ask.ts';
import type { Finding } from './finding.ts';

/** A file up to this size is hashed on the spot, to see whether the announced hash is right. */
const MAX_HASHED_BYTES = 4_194_304;

/**
 * Address of the .torrent that an answer names (RFC 6249 section 5), or null. A server on the public web cannot make us
 * ask one of a local network.
 */
export function torrentNamedBy({ headers, url }: Reply): string | null {
  const isTorrent = ({ rels, parameters }: WebLink) =>
    rels.includes('describedby') && parameters.get('type')?.toLowerCase() === TORRENT_TYPE;
  const isAllowed = ({ href }: WebLink) => /^https?:/.test(href) && !leadsInward(url, href);
  return readLinks(headers.get('link') ?? '', url).find((link) => isTorrent(link) && isAllowed(link))?.href ?? null;
}

/** Whether the server names a .torrent of its own, and whether that one is there and about a file of this length. */
export async function checkTorrentLink(
  reply: Reply,
  lengthBytes: number,
  ports: CheckPorts,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<Finding> {
  const url = torrentNamedBy(reply);
  if (url === null) return { code: 'torrent-not-linked' };
  const broken = (why: Extract<Finding, { code: 'torrent-link-broken' }>['why']): Finding => ({
    code: 'torrent-link-broken',
    url,
    why,
  });
  const { origin, host } = new URL(url);
  if (origin !== new URL(reply.url).origin) return broken({ type: 'other-site', host });
  try {
    const { status, body } = await ask(
      { url, stretch: null, maxBytes: MAX_TORRENT_LENGTH_BYTES },
      ports,
      signal,
      timeoutMs,
    );
    if (status !== 200) return broken({ type: 'status', status });
    const { info } = await readTorrent(body, sha1);
    const hasFile = info.files.some((file) => !file.isPadding && file.lengthBytes === lengthBytes);
    return hasFile ? { code: 'torrent-linked', url } : broken({ type: 'other-length', lengthBytes: info.lengthBytes });
  } catch (error) {
    if (error instanceof NoReplyError) return broken({ type: 'unreachable' });
    if (!(error instanceof TorrentError)) throw error;
    const { failure } = error;
    return broken({ type: 'unreadable', reason: 'reason' in failure ? failure.reason : failure.code });
  }
}

/** Whether the server announces a hash of the whole file, and whether it is right where that can be told quickly. */
export async function checkDigest(
  url: string,
  reply: Reply,
  lengthBytes: number,
  ports: CheckPorts,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<Finding> {
  const [announced] = readDigests(reply.headers);
  if (announced === undefined) return digestFault(reply.headers);
  // Headers and the browser's own hashing have the same names for them.
  const algorithm = announced.algorithm === 'sha512' ? 'sha-512' : 'sha-256';
  if (lengthBytes > MAX_HASHED_BYTES) return { code: 'digest', algorithm, isChecked: false };
  const { body } = await ask({ url, stretch: null, maxBytes: MAX_HASHED_BYTES }, ports, signal, timeoutMs);
  const found = hexDigits(new Uint8Array(await crypto.subtle.digest(algorithm, body)));
  return found === announced.hex ? { code: 'digest', algorithm, isChecked: true } : { code: 'digest-wrong', algorithm };
}

/** No digest, or one that nobody can use. Weak algorithms are as good as none. */
function digestFault(headers: Headers): Finding {
  const value = headers.get('repr-digest') ?? headers.get('digest') ?? '';
  return /\bsha-(?:256|512)=/i.test(value) ? { code: 'digest-unreadable', value } : { code: 'digest-missing' };
}

const sha1 = async (bytes: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest('SHA-1', bytes as Uint8Array<ArrayBuffer>));
