import { api } from './api.ts';

/** Opens the page of those who publish in a tab; a popup that asked for it closes when the tab takes the focus. */
export function openPublishPage(): void {
  void api.tabs.create({ url: api.runtime.getURL('publish.html') });
}
