import { api } from './api.ts';

/** Two clicks at once open one tab. */
const opening = new Map<string, Promise<void>>();

/** Shows a page of ours: in the tab that it has already, or in a new one. */
export function showPageTab(page: string): Promise<void> {
  const show = opening.get(page) ?? showOnce(page).finally(() => opening.delete(page));
  opening.set(page, show);
  return show;
}

async function showOnce(page: string): Promise<void> {
  const url = api.runtime.getURL(page);
  const [open] = await api.tabs.query({ url: `${url}*` });
  if (open?.id === undefined) {
    const [current] = await api.tabs.query({ active: true, lastFocusedWindow: true });
    await api.tabs.create({ url, ...(current?.id === undefined ? {} : { openerTabId: current.id }) });
    return;
  }
  await api.tabs.update(open.id, { active: true });
  if (open.windowId !== undefined) await api.windows?.update(open.windowId, { focused: true });
}
