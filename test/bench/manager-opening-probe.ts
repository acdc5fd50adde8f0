// Runs in a copy of manager.html before the page's own script. Times are milliseconds since the navigation began.

export type ManagerTimes = { readonly firstPaintedMs: number; readonly allMs: number };

const ALL_ROWS = 5_000;

Object.assign(window, { managerTimes: null });
let firstPaintedMs: number | null = null;
let hasRow = false;
const observer = new MutationObserver(() => {
  if (!hasRow && document.querySelector('[role="row"][data-id]') !== null) {
    hasRow = true;
    // A message that is sent in a frame's callback arrives when that frame has been drawn.
    const afterFrame = new MessageChannel();
    afterFrame.port1.onmessage = () => {
      firstPaintedMs = performance.now();
    };
    requestAnimationFrame(() => afterFrame.port2.postMessage(null));
  }
  const rows = Number(document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') ?? 0);
  if (rows <= ALL_ROWS) return; // the head of the columns is a row, too
  observer.disconnect();
  const allMs = performance.now();
  const tell = () => {
    if (firstPaintedMs === null) requestAnimationFrame(tell);
    else Object.assign(window, { managerTimes: { firstPaintedMs, allMs } satisfies ManagerTimes });
  };
  tell();
});
observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-rowcount'] });
