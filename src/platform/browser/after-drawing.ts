/** A window that is covered may get no frames. */
const LONGEST_WAIT_MS = 500;

/** Calls once when the browser has drawn what the page has made so far, or after half a second without a frame. */
export function afterDrawing(then: () => void): void {
  let isDone = false;
  const once = () => {
    if (!isDone) then();
    isDone = true;
  };
  setTimeout(once, LONGEST_WAIT_MS);
  // A message that is sent in a frame's callback arrives when that frame has been drawn.
  const drawn = new MessageChannel();
  drawn.port1.onmessage = () => {
    drawn.port1.close();
    once();
  };
  requestAnimationFrame(() => drawn.port2.postMessage(null));
}
