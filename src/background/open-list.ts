import { api } from '../platform/webext/api.ts';

/** Opens the list at the toolbar button. Resolves to false where the browser refuses (no focused window, no gesture). */
export async function openPopup(): Promise<boolean> {
  try {
    await api.action.openPopup();
    return true;
  } catch {
    return false;
  }
}

/** Shows the list in any case: at the toolbar button, or else in a tab. */
export async function openList(): Promise<void> {
  if (!(await openPopup())) await api.tabs.create({ url: api.runtime.getURL('popup.html') });
}
