import { fileRangesOfSpan } from '../engine/torrent/file-ranges.ts';
import type { TorrentInfo } from '../engine/torrent/torrent-description.ts';
import type { FileIndex } from '../model/ids.ts';

/**
 * A reader of a torrent's bytes from files that lie apart. It resolves to null where a file of the span is not there;
 * padding reads as zeros.
 * @param fileOf The file that was offered for one of the torrent's.
 */
export const ownBytesReader =
  (info: TorrentInfo, fileOf: (file: FileIndex) => Blob | undefined) =>
  async (startByte: number, endByte: number): Promise<Uint8Array<ArrayBuffer> | null> => {
    const bytes = new Uint8Array(endByte - startByte);
    for (const range of fileRangesOfSpan(info, startByte, endByte)) {
      const blob = fileOf(range.file);
      if (blob === undefined) return null;
      const part = new Uint8Array(await blob.slice(range.startByte, range.endByte).arrayBuffer());
      bytes.set(part, (info.files[range.file]?.startByte ?? 0) + range.startByte - startByte);
    }
    return bytes;
  };
