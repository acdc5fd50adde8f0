import type { InfoHash } from '../../model/ids.ts';
import type { EnginePorts } from '../ports.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import { findMetadata } from './find-metadata.ts';
import type { TransferBook } from './transfer-book.ts';

export type MetadataPorts = {
  readonly ports: Pick<EnginePorts, 'fetchTorrent' | 'records' | 'sha1'>;
  readonly book: TransferBook;
  readonly signal: AbortSignal;
};

/**
 * Finds a transfer's info dictionary and keeps it, and what a .torrent names besides.
 * @param from Peers, if there is a swarm; `onSources` is called when the book knows more trackers and origins.
 * @throws what `findMetadata` throws.
 */
export async function metadataOfTransfer(
  { ports, book, signal }: MetadataPorts,
  from: { readonly peers: Promise<TorrentInfo>; readonly hasSwarm: boolean; readonly onSources: () => void },
): Promise<Uint8Array> {
  const info = await findMetadata({
    fromPeers: from.peers,
    hasSwarm: from.hasSwarm,
    torrentUrls: book.record.torrentUrls,
    infoHash: book.record.id as string as InfoHash,
    fetchTorrent: (url) => ports.fetchTorrent(url, false, signal),
    sha1: ports.sha1,
    onSources: (sources) => {
      const trackers = [...new Set([...book.record.trackers, ...sources.trackers])];
      const origins = [...new Set([...book.record.origins, ...sources.origins])];
      book.remember({ trackers, origins });
      from.onSources();
    },
    signal,
  });
  await ports.records.putInfo(book.record.id, info.infoBytes);
  return info.infoBytes;
}
