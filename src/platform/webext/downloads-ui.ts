import { api } from './api.ts';

/**
 * Opens a saved file with the program that the system has for it. To be called in a click handler, before anything is
 * awaited: browsers want a gesture. Resolves to false when they refuse, for example because the file is gone.
 */
export async function openDownload(downloadId: number): Promise<boolean> {
  try {
    await api.downloads.open(downloadId);
    return true;
  } catch {
    return false;
  }
}

/** Shows a saved file in the system's file manager. Resolves to false when the browser refuses. */
export async function showDownload(downloadId: number): Promise<boolean> {
  try {
    await api.downloads.show(downloadId);
    return true;
  } catch {
    return false;
  }
}
