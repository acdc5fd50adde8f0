import type { FileIndex, TransferId } from '../../model/ids.ts';
import { api } from './api.ts';

/** Shows the player of a transfer with this file: in the tab that it has already, or in a new one. */
export async function openPlayer(id: TransferId, file: FileIndex): Promise<void> {
  const page = `${api.runtime.getURL('player.html')}?id=${id}`;
  const url = `${page}&file=${file}`;
  const [open] = await api.tabs.query({ url: `${page}&*` });
  if (open?.id === undefined) {
    await api.tabs.create({ url });
    return;
  }
  await api.tabs.update(open.id, open.url === url ? { active: true } : { url, active: true });
  if (open.windowId !== undefined) await api.windows?.update(open.windowId, { focused: true });
}
