import type { Saver } from '../engine/ports.ts';
import type { HostNotices, SaveState } from '../model/host-link.ts';
import { storeFileUrl } from '../platform/browser/store-blob.ts';
import type { BackgroundLink } from '../platform/webext/host-link-contract.ts';

type Listener = (downloadId: number, state: SaveState) => void;

/** Saving by way of the background, which alone has the browser's download list. */
export function saverVia(link: () => BackgroundLink): {
  saver: Saver;
  hear: (notice: HostNotices['save.changed']) => void;
} {
  const listeners = new Set<Listener>();
  const urls = new Map<number, string>();
  const hear = ({ downloadId, state }: HostNotices['save.changed']) => {
    if (state.state !== 'in-progress') release(downloadId);
    for (const listener of listeners) listener(downloadId, state);
  };
  /** An object URL holds its file open until it is revoked. */
  const release = (downloadId: number) => {
    const url = urls.get(downloadId);
    if (url !== undefined) URL.revokeObjectURL(url);
    urls.delete(downloadId);
  };
  const saver: Saver = {
    freeFolder: async (wanted) => (await link().request('save.free-folder', { wanted })).folder,
    start: async (infoHash, storeFile, path) => {
      const url = await storeFileUrl(infoHash, storeFile);
      const { downloadId } = await link().request('save.start', { url, path });
      urls.set(downloadId, url);
      return downloadId;
    },
    state: async (downloadId) => {
      const state = await link().request('save.state', { downloadId });
      if (state.state !== 'in-progress') release(downloadId);
      return state;
    },
    delete: async (downloadId) => {
      await link().request('save.delete', { downloadId });
    },
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { saver, hear };
}
