import { api } from '../platform/webext/api.ts';

/** Opens the welcome page after the installation, and only then. Call it at once when the script runs. */
export function welcomeOnce(): void {
  api.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') void api.tabs.create({ url: api.runtime.getURL('welcome.html') });
  });
}
