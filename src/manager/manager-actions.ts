import { showAddSheet } from '../platform/webext/add-sheet-tab.ts';
import { openDownload, showDownload } from '../platform/webext/downloads-ui.ts';
import { openPlayer } from '../platform/webext/player-tab.ts';
import { saveTorrentFile } from '../platform/webext/save-torrent-file.ts';
import { sendCommand } from '../platform/webext/screen-link.ts';
import type { ActionReply } from '../ui/actions.ts';
import { fileToBase64 } from '../ui/file-to-base64.ts';
import { torrentFileName } from '../ui/formats/torrent-file-name.ts';
import type { ManagerActions } from '../ui/manager/manager-actions.ts';
import { copyText } from './copy-text.ts';

const DONE = { ok: true, output: null } as const;

/** What the manager's list and bar do. */
export const MANAGER_ACTIONS: ManagerActions = {
  add: (text) => sendCommand('transfer.add', { text }),
  addAll: (urls) => sendCommand('links.capture', { urls }),
  addPageLinks: () => sendCommand('page.add-links', null),
  addFile: async (file) => {
    const base64 = await fileToBase64(file);
    if (base64 === null)
      return { ok: false, failure: { code: 'unreadable-torrent', reason: 'the file cannot be opened' } };
    return sendCommand('transfer.add-file', { name: file.name, base64 });
  },
  pause: (id) => sendCommand('transfer.pause', { id }),
  resume: (id) => sendCommand('transfer.resume', { id }),
  remove: (id, deleteData) => sendCommand('transfer.remove', { id, deleteData }),
  setPolicy: (id, policy) => sendCommand('transfer.set-policy', { id, policy }),
  setSettings: (change) => sendCommand('settings.set', change),
  moveInQueue: (ids, before) => sendCommand('queue.move', { ids, before }),
  startNow: (id) => sendCommand('queue.start-now', { id }),
  setLabel: (id, label) => sendCommand('transfer.set-label', { id, label }),
  open: async (downloadId) => unlessGone(await openDownload(downloadId)),
  show: async (downloadId) => unlessGone(await showDownload(downloadId)),
  showAddSheet: () => void showAddSheet(),
  copyMagnets: async (ids) => {
    const magnets: string[] = [];
    for (const id of ids) {
      const reply = await sendCommand('transfer.magnet', { id });
      if (!reply.ok) return reply;
      if (reply.output.magnet !== null) magnets.push(reply.output.magnet);
    }
    if (magnets.length === 0) return { ok: false, failure: { code: 'no-magnet' } };
    return (await copyText(magnets.join('\n'))) ? DONE : { ok: false, failure: { code: 'no-clipboard' } };
  },
  saveTorrent: async (id, name) => {
    const reply = await sendCommand('transfer.export-torrent', { id });
    if (!reply.ok) return reply;
    const { torrent } = reply.output;
    if (torrent !== null && (await saveTorrentFile(torrent, torrentFileName(name)))) return DONE;
    return { ok: false, failure: { code: 'no-torrent' } };
  },
  play: async (id, file) => {
    await openPlayer(id, file);
    return DONE;
  },
};

const unlessGone = (isDone: boolean): ActionReply<null> =>
  isDone ? DONE : { ok: false, failure: { code: 'file-gone' } };
