const LOOK_EVERY_MS = 500;

/** Resolves when an element has jumped, or it is time to look at it again, or `signal` fires. */
export function moved(media: HTMLMediaElement | null, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      media?.removeEventListener('seeked', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, LOOK_EVERY_MS);
    media?.addEventListener('seeked', done);
    signal.addEventListener('abort', done);
  });
}
