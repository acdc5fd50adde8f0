import { api } from './api.ts';

const PAGE = 'add.html';
/** Two clicks at once open one sheet. */
let opening: Promise<void> | null = null;

/** Shows the add sheet: the one that is open already, or a new tab. */
export function showAddSheet(): Promise<void> {
  opening ??= show().finally(() => {
    opening = null;
  });
  return opening;
}

async function show(): Promise<void> {
  const url = api.runtime.getURL(PAGE);
  const [open] = await api.tabs.query({ url: `${url}*` });
  if (open?.id === undefined) {
    const [current] = await api.tabs.query({ active: true, lastFocusedWindow: true });
    await api.tabs.create({ url, ...(current?.id === undefined ? {} : { openerTabId: current.id }) });
    return;
  }
  await api.tabs.update(open.id, { active: true });
  if (open.windowId !== undefined) await api.windows?.update(open.windowId, { focused: true });
}
