import type { Failure } from '../../model/failure.ts';
import type { InfoHash } from '../../model/ids.ts';
import type { FetchedTorrent } from '../ports.ts';
import type { SourceList, TorrentInfo } from '../torrent/torrent-description.ts';
import { readTorrentOrMetalink } from './follow-metalink.ts';
import { failureOfError, TransferError } from './transfer-error.ts';

export type MetadataSearch = {
  /** Resolves when a peer has sent the info dictionary (BEP 9). */
  readonly fromPeers: Promise<TorrentInfo>;
  readonly hasSwarm: boolean;
  /** Addresses of the .torrent or of a Metalink that names it: `xs=`, and `as=` that ends in .torrent. */
  readonly torrentUrls: readonly string[];
  readonly infoHash: InfoHash;
  readonly fetchTorrent: (url: string) => Promise<FetchedTorrent>;
  readonly sha1: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** A .torrent also names trackers and origins. */
  readonly onSources: (sources: SourceList) => void;
  readonly signal: AbortSignal;
};

/**
 * Finds the info dictionary: from peers and from every address at once, the first right one wins.
 * @throws {TransferError} when there is no swarm and no address answered with the torrent; an AbortError on `signal`.
 */
export async function findMetadata(search: MetadataSearch): Promise<TorrentInfo> {
  const { fromPeers, hasSwarm, torrentUrls, signal } = search;
  signal.throwIfAborted(); // a signal that has fired does not tell its listeners again
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
  aborted.catch(() => undefined); // when nobody waits any more
  const fetched = torrentUrls.map((url) => fromUrl(search, url));
  if (fetched.length === 0) return Promise.race([fromPeers, aborted]);
  const fromUrls = Promise.any(fetched).catch((error: AggregateError) => {
    if (hasSwarm) return fromPeers;
    throw error.errors[0];
  });
  return Promise.race([fromPeers, fromUrls, aborted]);
}

async function fromUrl(search: MetadataSearch, url: string): Promise<TorrentInfo> {
  const fetched = await search.fetchTorrent(url);
  if (!fetched.ok) throw new TransferError(fetched.failure);
  const { info, sources } = await readTorrentOrMetalink(fetched.bytes, url, search).catch((error: unknown): never => {
    throw new TransferError(failureOfError(error) ?? wrong(String(error)));
  });
  if (info.infoHash !== search.infoHash) throw new TransferError(wrong('it is another torrent than the link names'));
  search.onSources(sources);
  return info;
}

const wrong = (reason: string): Failure => ({ code: 'unreadable-torrent', reason });
