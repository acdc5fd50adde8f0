import { offerFiles, ownFilesOf } from '../own-files/offer-files.ts';
import { saveText } from '../platform/browser/save-text.ts';
import { sendCommand } from '../platform/webext/screen-link.ts';
import type { DetailActions } from '../ui/detail/detail-actions.ts';
import type { ReseedEnd, ReseedRequest } from '../ui/detail/reseed-model.ts';
import { logFileName } from '../ui/formats/log-file-name.ts';
import { copyText } from './copy-text.ts';
import { MANAGER_ACTIONS } from './manager-actions.ts';
import { showStorage } from './show-storage.ts';

const { pause, resume, setPolicy, startNow, setLabel, open, show } = MANAGER_ACTIONS;

/** What the detail of one transfer does. */
export const DETAIL_ACTIONS: DetailActions = {
  pause,
  resume,
  setPolicy,
  startNow,
  setLabel,
  open,
  show,
  details: (id, parts) => sendCommand('transfer.details', { id, parts }),
  files: (id) => sendCommand('transfer.files', { id }),
  setFiles: (id, wishes) => sendCommand('transfer.set-files', { id, wishes }),
  saveFile: (id, file) => sendCommand('transfer.save-file', { id, file }),
  setPatience: (id, patience) => sendCommand('transfer.set-patience', { id, patience }),
  setLimits: (id, limits) => sendCommand('transfer.set-limits', { id, limits }),
  addSources: (input) => sendCommand('transfer.add-sources', input),
  removeSource: (id, url) => sendCommand('transfer.remove-source', { id, url }),
  recheck: (id) => sendCommand('transfer.recheck', { id }),
  keepCopy: (id, keep) => sendCommand('transfer.keep-copy', { id, keep }),
  dropCopy: (id) => sendCommand('transfer.drop-copy', { id }),
  reseed,
  play: (id, file) => void MANAGER_ACTIONS.play(id, file),
  copyText,
  saveText,
  saveLog: async (id, name) => {
    const reply = await sendCommand('transfer.export-log', { id });
    if (!reply.ok) return reply;
    const { text } = reply.output;
    if (text === null) return { ok: false, failure: { code: 'no-log' } };
    saveText(text, logFileName(name));
    return { ok: true, output: null };
  },
  openSettings: () => {
    location.hash = 'settings';
  },
  openStorage: showStorage,
};

async function reseed({ id, picked, tell, signal }: ReseedRequest): Promise<ReseedEnd> {
  const onProgress = (doneBytes: number, ofBytes: number) => tell({ doneBytes, ofBytes });
  try {
    const outcome = await offerFiles(id, ownFilesOf(picked), { onProgress, signal });
    if (outcome.ok) return { code: 'taken', ...outcome };
    const { failure } = outcome;
    switch (failure.code) {
      case 'nothing-fits':
        return { code: 'other-files' };
      case 'metadata-unknown':
        return { code: 'no-metadata' };
      case 'file-unreadable':
        return { code: 'unreadable', reason: failure.reason };
      case 'busy':
      case 'no-room':
        return failure;
      case 'disk-full':
        return { code: 'failed', failure: { code: 'disk-full', neededBytes: 0, freeBytes: 0 } };
      case 'store-failed':
        return { code: 'failed', failure };
      case 'not-taken':
        return { code: 'failed', failure: failure.failure ?? { code: 'no-answer' } };
    }
  } catch (error) {
    if (signal.aborted) return { code: 'cancelled' };
    return { code: 'failed', failure: { code: 'store-failed', reason: String(error) } };
  }
}
