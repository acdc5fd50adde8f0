import { api } from '../platform/webext/api.ts';

/** Takes a download off the browser's list, with what it has written so far. Never rejects: it may be gone. */
export async function dropDownloadById(id: number): Promise<void> {
  await api.downloads.cancel(id).catch(() => undefined);
  // A download that was faster is a file already.
  await api.downloads.removeFile(id).catch(() => undefined);
  await api.downloads.erase({ id }).catch(() => undefined);
}
