/** What a tab or a frame goes to on the web: not what a page loads, nor what an extension asks for. */
export const NAVIGATIONS: chrome.webRequest.RequestFilter = {
  urls: ['http://*/*', 'https://*/*'],
  types: ['main_frame', 'sub_frame'],
};
