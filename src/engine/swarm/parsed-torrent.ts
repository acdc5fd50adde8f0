import bencode from 'bencode';
import type { TorrentInfo } from '../torrent/torrent-description.ts';

/**
 * A torrent in the shape that webtorrent takes for parsed. To it the torrent is one nameless file: names and borders
 * are our store's affair, and its own work per piece grows with the number of files (100,000 files froze it for 14 s).
 */
export function parsedTorrentOf(info: TorrentInfo, trackers: readonly string[]): object {
  const { infoHash, pieceLengthBytes, lengthBytes, pieceCount } = info;
  return {
    infoHash,
    info: bencode.decode(info.infoBytes),
    infoBuffer: info.infoBytes,
    name: infoHash,
    announce: [...trackers],
    urlList: [],
    private: info.isPrivate,
    files: [{ path: infoHash, name: infoHash, length: lengthBytes, offset: 0 }],
    length: lengthBytes,
    pieceLength: pieceLengthBytes,
    lastPieceLength: lengthBytes - (pieceCount - 1) * pieceLengthBytes,
    pieces: new Array(pieceCount).fill(''), // the store verifies; webtorrent never sees a hash
  };
}
