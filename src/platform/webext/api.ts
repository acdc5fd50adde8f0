/**
 * The extension APIs of this browser, in promise form: `browser` in Firefox and current Chrome, `chrome` in older ones.
 *
 * Typed with @types/chrome, because it knows `offscreen` and what else we use is the same in both browsers; no polyfill,
 * because both speak promises. `browser` has to prove itself: in a content script an element with the id "browser"
 * answers to that name on `window`.
 */
export const api: typeof chrome =
  typeof globalThis.browser?.runtime?.sendMessage === 'function' ? globalThis.browser : globalThis.chrome;
