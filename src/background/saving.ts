import type { HostNotices } from '../model/host-link.ts';
import { api } from '../platform/webext/api.ts';
import type { HostRequestHandlers } from '../platform/webext/host-link-contract.ts';
import { LinkError } from '../platform/webext/link-error.ts';
import { freeFolder } from './free-folder.ts';
import { ReservedNames } from './reserved-names.ts';
import { saveStateOf } from './save-state.ts';

type SaveHandlers = Pick<HostRequestHandlers, 'save.free-folder' | 'save.start' | 'save.state' | 'save.delete'>;

const reserved = new ReservedNames();

/** Copies files from the store to the Downloads folder for the engine host, which cannot do it itself. */
export const saving: SaveHandlers = {
  'save.free-folder': async ({ wanted }) => {
    const earlier = await api.downloads.search({ exists: true, limit: 0 });
    const paths = earlier.map((download) => download.filename);
    const folder = freeFolder(wanted, paths, reserved.at(Date.now()));
    reserved.reserve(folder, Date.now());
    return { folder };
  },

  'save.start': async ({ url, path }) => {
    try {
      const options = { url, filename: path, conflictAction: 'uniquify', saveAs: false } as const;
      return { downloadId: await api.downloads.download(options) };
    } catch (error) {
      throw new LinkError(isCancelled(error) ? { code: 'save-cancelled' } : saveFailed(error));
    }
  },

  'save.state': async ({ downloadId }) => saveStateOf(await find(downloadId)),

  'save.delete': async ({ downloadId }) => {
    if ((await find(downloadId))?.state === 'in_progress')
      await api.downloads.cancel(downloadId).catch(() => undefined);
    // Looked up again: it may have been complete before it was cancelled.
    if ((await find(downloadId))?.state === 'complete') await removeFile(downloadId);
    await api.downloads.erase({ id: downloadId });
    return null;
  },
};

/**
 * Reports what becomes of files that are being saved. Call it at once when the script runs: the event wakes a sleeping
 * background. The user's other downloads are left alone.
 */
export function watchSaves(onChanged: (notice: HostNotices['save.changed']) => void): void {
  api.downloads.onChanged.addListener(async ({ id: downloadId, state, exists }) => {
    if (state === undefined && exists === undefined) return;
    const download = await find(downloadId);
    if (download?.byExtensionId === api.runtime.id) onChanged({ downloadId, state: saveStateOf(download) });
  });
  api.downloads.onErased.addListener((downloadId) => onChanged({ downloadId, state: { state: 'gone' } }));
}

async function find(downloadId: number): Promise<chrome.downloads.DownloadItem | undefined> {
  const [download] = await api.downloads.search({ id: downloadId });
  return download;
}

async function removeFile(downloadId: number): Promise<void> {
  try {
    await api.downloads.removeFile(downloadId);
  } catch (error) {
    // Chrome: "Download file already deleted". Firefox: "… because the file doesn't exist".
    if (!/already deleted|doesn.t exist/i.test(String(error))) throw new LinkError(saveFailed(error));
  }
}

const isCancelled = (error: unknown): boolean => /cancell?ed/i.test(String(error));

const saveFailed = (error: unknown) =>
  ({ code: 'save-failed', reason: error instanceof Error ? error.message : String(error) }) as const;
