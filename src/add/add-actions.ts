import { api } from '../platform/webext/api.ts';
import { openPlayer } from '../platform/webext/player-tab.ts';
import { saveTorrentFile } from '../platform/webext/save-torrent-file.ts';
import { sendCommand } from '../platform/webext/screen-link.ts';
import type { AddSheetActions } from '../ui/add-sheet/add-sheet-actions.ts';
import { fileToBase64 } from '../ui/file-to-base64.ts';
import { torrentFileName } from '../ui/formats/torrent-file-name.ts';
import { ADD_REFUSALS } from '../ui/words/add-words.ts';

/** What the add sheet's buttons do. */
export const ADD_ACTIONS: AddSheetActions = {
  add: (text) => sendCommand('transfer.add', { text }),
  addAll: (urls) => sendCommand('links.capture', { urls }),
  addPageLinks: () => sendCommand('page.add-links', null),
  open: (text) => sendCommand('link.open', { text }),
  addFile: async (file) => {
    const base64 = await fileToBase64(file);
    if (base64 === null)
      return { ok: false, failure: { code: 'unreadable-torrent', reason: ADD_REFUSALS.cannotBeOpened() } };
    return sendCommand('transfer.add-file', { name: file.name, base64 });
  },
  remove: (id, deleteData) => sendCommand('transfer.remove', { id, deleteData }),
  setSettings: (change) => sendCommand('settings.set', change),
  files: (id) => sendCommand('transfer.files', { id }),
  setFiles: (id, wishes) => sendCommand('transfer.set-files', { id, wishes }),
  accept: (id, isPaused) => sendCommand('transfer.accept', { id, isPaused }),
  space: () => sendCommand('store.space', null),
  saveTorrent: async ({ id, name }) => {
    const reply = await sendCommand('transfer.export-torrent', { id });
    if (!reply.ok) return reply;
    const { torrent } = reply.output;
    if (torrent === null || !(await saveTorrentFile(torrent, torrentFileName(name)))) {
      return { ok: false, failure: { code: 'no-torrent' } };
    }
    return { ok: true, output: null };
  },
  play: openPlayer,
  close: () => {
    void api.tabs.getCurrent().then((tab) => (tab?.id === undefined ? undefined : api.tabs.remove(tab.id)));
  },
};
