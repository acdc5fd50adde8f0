import type { FileIndex } from '../model/ids.ts';
import { saveText } from '../platform/browser/save-text.ts';
import { showAddSheet } from '../platform/webext/add-sheet-tab.ts';
import { openDownload, showDownload } from '../platform/webext/downloads-ui.ts';
import { showManager } from '../platform/webext/manager-tab.ts';
import { openPublishPage } from '../platform/webext/open-publish-page.ts';
import { openPlayer } from '../platform/webext/player-tab.ts';
import { sendCommand } from '../platform/webext/screen-link.ts';
import type { ActionReply, Actions } from '../ui/actions.ts';
import { fileToBase64 } from '../ui/file-to-base64.ts';
import { logFileName } from '../ui/formats/log-file-name.ts';
import { ADD_REFUSALS } from '../ui/words/add-words.ts';

/** A publisher's torrent has one file. */
const FIRST_FILE = 0 as FileIndex;

/** What the popup's buttons do: commands to the background, and the two calls that browsers allow only to a click here. */
export const POPUP_ACTIONS: Actions = {
  add: (text) => sendCommand('transfer.add', { text }),
  addAll: (urls) => sendCommand('links.capture', { urls }),
  countPageLinks: () => sendCommand('page.links', null),
  addPageLinks: () => sendCommand('page.add-links', null),
  pageMedia: () => sendCommand('page.media', null),
  playPageMedia: async (fileUrl) => {
    const reply = await sendCommand('page.play-media', { fileUrl });
    if (reply.ok && reply.output.id !== null) await openPlayer(reply.output.id, FIRST_FILE);
    return reply;
  },
  addFile: async (file) => {
    const base64 = await fileToBase64(file);
    if (base64 === null)
      return { ok: false, failure: { code: 'unreadable-torrent', reason: ADD_REFUSALS.cannotBeOpened() } };
    return sendCommand('transfer.add-file', { name: file.name, base64 });
  },
  pause: (id) => sendCommand('transfer.pause', { id }),
  resume: (id) => sendCommand('transfer.resume', { id }),
  remove: (id, deleteData) => sendCommand('transfer.remove', { id, deleteData }),
  setPolicy: (id, policy) => sendCommand('transfer.set-policy', { id, policy }),
  setPatience: (id, patience) => sendCommand('transfer.set-patience', { id, patience }),
  saveLog: async (id, name) => {
    const reply = await sendCommand('transfer.export-log', { id });
    if (!reply.ok) return reply;
    const { text } = reply.output;
    if (text === null) return { ok: false, failure: { code: 'no-log' } };
    saveText(text, logFileName(name));
    return { ok: true, output: null };
  },
  play: (id, file) => void openPlayer(id, file),
  open: async (downloadId) => unlessGone(await openDownload(downloadId)),
  show: async (downloadId) => unlessGone(await showDownload(downloadId)),
  openPublishPage,
  showManager: () => void showManager(),
  showAddSheet: () => void showAddSheet(),
  setSettings: (change) => sendCommand('settings.set', change),
};

const unlessGone = (isDone: boolean): ActionReply<null> =>
  isDone ? { ok: true, output: null } : { ok: false, failure: { code: 'file-gone' } };
