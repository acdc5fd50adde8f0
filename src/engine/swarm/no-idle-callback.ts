// webtorrent hands its updates to requestIdleCallback when there is one at import. In an offscreen document that fires
// only at its 250 ms limit (measured), so it is taken away first.
Object.defineProperty(globalThis, 'requestIdleCallback', { value: undefined, configurable: true });

export const idleCallbackIsGone = true;
