import { api } from '../platform/webext/api.ts';

/** What a tab itself goes to: the page, and none of its frames or parts. */
const PAGES: chrome.webRequest.RequestFilter = { urls: ['http://*/*', 'https://*/*'], types: ['main_frame'] };

/**
 * Tells when a page of the user's begins to load, so that downloads may keep back meanwhile. Only an engine host that
 * runs is told; it knows whether the user wants that. To be called at once when the script runs.
 */
export function watchPageLoads(tell: () => void): void {
  api.webRequest.onBeforeRequest.addListener(() => {
    tell();
    return undefined;
  }, PAGES);
}
