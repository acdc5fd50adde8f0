import { MAX_TORRENT_LENGTH_BYTES, readTorrent } from '../../engine/torrent/read-torrent.ts';
import type { MetaInfo } from '../../engine/torrent/torrent-description.ts';
import { TorrentError } from '../../engine/torrent/torrent-error.ts';
import { ask, type CheckPorts, NoReplyError } from '../server-check/ask.ts';
import type { ServerFacts } from '../server-check/check-server.ts';
import { checkHttpTracker } from './check-http-tracker.ts';
import { checkPieces, fileAt } from './check-pieces.ts';
import { introducePeers, type OpenSocket } from './introduce-peers.ts';
import type { VerifyFinding } from './verify-finding.ts';

/** A .torrent: where it is, or, from a disk, its bytes. */
export type TorrentSource =
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'bytes'; readonly name: string; readonly bytes: Uint8Array };

export type VerifyOptions = {
  readonly url: string;
  readonly facts: ServerFacts;
  /** Null: named by the server, or beside the file. */
  readonly torrent: TorrentSource | null;
  readonly ports: CheckPorts;
  readonly openSocket: OpenSocket;
  readonly random: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly onFinding: (finding: VerifyFinding) => void;
  readonly signal: AbortSignal;
  /** Pieces that are fetched. */
  readonly pieces?: number;
  readonly trackerTimeoutMs?: number;
};

const PIECES = 5;
const TRACKER_TIMEOUT_MS = 15_000;

/**
 * Compares a file on its server with its .torrent by a few pieces, and sees whether its trackers introduce peers.
 * @throws the reason of `signal` when it fires; everything else is a finding.
 */
export async function verify(options: VerifyOptions): Promise<void> {
  const { url, facts, onFinding } = options;
  const source = options.torrent ?? { type: 'url', url: facts.torrentUrl ?? torrentBeside(url) };
  const name = source.type === 'url' ? source.url : source.name;
  const read = await readSource(source, options);
  if ('code' in read) return onFinding(read);
  const { info, sources } = read;
  onFinding({ code: 'torrent-read', url: name, pieces: info.pieceCount, pieceLengthBytes: info.pieceLengthBytes });
  const file = fileAt(info, url, facts.lengthBytes);
  if (file === null) {
    onFinding({ code: 'no-such-file', name: info.name, lengthBytes: info.lengthBytes, serverBytes: facts.lengthBytes });
  } else {
    onFinding(await checkPieces({ ...options, info, file, count: options.pieces ?? PIECES }));
  }
  if (!sources.origins.some((origin) => url === origin || url.startsWith(origin)))
    onFinding({ code: 'not-a-web-seed', url });
  await checkTrackers(read, options);
}

async function checkTrackers({ info, sources }: MetaInfo, options: VerifyOptions): Promise<void> {
  const { ports, signal, onFinding } = options;
  const { infoHash } = info;
  if (!sources.trackers.some((tracker) => /^wss?:/i.test(tracker))) onFinding({ code: 'no-browser-tracker' });
  for (const tracker of sources.trackers) {
    if (/^wss?:/i.test(tracker)) {
      const timeoutMs = options.trackerTimeoutMs ?? TRACKER_TIMEOUT_MS;
      onFinding(await introducePeers({ ...options, tracker, infoHash, nowMs: ports.nowMs, timeoutMs }));
    } else if (/^https?:/i.test(tracker)) onFinding(await checkHttpTracker(tracker, infoHash, ports, signal));
    else onFinding({ code: 'tracker-not-checked', tracker });
  }
}

async function readSource(source: TorrentSource, options: VerifyOptions): Promise<MetaInfo | VerifyFinding> {
  const url = source.type === 'url' ? source.url : source.name;
  try {
    if (source.type === 'bytes') return await readTorrent(source.bytes, sha1);
    const { ports, signal } = options;
    const reply = await ask({ url, stretch: null, maxBytes: MAX_TORRENT_LENGTH_BYTES }, ports, signal);
    if (reply.status !== 200) return { code: 'torrent-missing', url, status: reply.status };
    return await readTorrent(reply.body, sha1);
  } catch (error) {
    if (error instanceof NoReplyError) return { code: 'torrent-missing', url, status: null };
    if (!(error instanceof TorrentError)) throw error;
    const { failure } = error;
    return { code: 'torrent-unreadable', url, reason: 'reason' in failure ? failure.reason : failure.code };
  }
}

/** Where publishing puts a .torrent: the address of the file with an ending more. */
function torrentBeside(fileUrl: string): string {
  const url = new URL(fileUrl);
  url.pathname += '.torrent';
  return url.href;
}

const sha1 = async (bytes: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest('SHA-1', bytes as Uint8Array<ArrayBuffer>));
