// Runs in a copy of popup.html before the popup's own script. Times are milliseconds since the navigation began.

export type PopupTimes = { readonly firstRowMs: number; readonly paintedMs: number };

Object.assign(window, { popupTimes: null });
const observer = new MutationObserver(() => {
  if (document.querySelector('li[data-id]') === null) return;
  observer.disconnect();
  const firstRowMs = performance.now();
  // A message that is sent in a frame's callback arrives when that frame has been drawn.
  const afterFrame = new MessageChannel();
  afterFrame.port1.onmessage = () =>
    Object.assign(window, { popupTimes: { firstRowMs, paintedMs: performance.now() } satisfies PopupTimes });
  requestAnimationFrame(() => afterFrame.port2.postMessage(null));
});
observer.observe(document, { subtree: true, childList: true });
