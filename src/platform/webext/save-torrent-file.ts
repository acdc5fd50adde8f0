import { bytesOfBase64 } from '../../model/base64.ts';
import type { TorrentToSave } from '../../model/commands.ts';
import { api } from './api.ts';

/** A download has read its object URL long before this. */
const KEEP_URL_MS = 60_000;

/** Puts a .torrent into the Downloads folder, never over another file. Resolves to false when the browser refuses. */
export async function saveTorrentFile(torrent: TorrentToSave, filename: string): Promise<boolean> {
  if ('url' in torrent) return isStarted(api.downloads.download({ url: torrent.url, conflictAction: 'uniquify' }));
  const url = URL.createObjectURL(new Blob([bytesOfBase64(torrent.base64)], { type: 'application/octet-stream' }));
  setTimeout(() => URL.revokeObjectURL(url), KEEP_URL_MS);
  return isStarted(api.downloads.download({ url, filename, conflictAction: 'uniquify' }));
}

const isStarted = (download: Promise<unknown>): Promise<boolean> =>
  download.then(
    () => true,
    () => false,
  );
