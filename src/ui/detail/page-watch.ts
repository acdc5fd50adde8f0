/** When a page is looked at, and time, as arguments: models poll only what somebody sees. */
export type PageWatch = {
  /** Calls back again and again until the returned function is called. */
  readonly every: (periodMs: number, callback: () => void) => () => void;
  readonly nowMs: () => number;
  readonly isVisible: () => boolean;
  /** Called whenever the page is shown or hidden, until the returned function is called. */
  readonly onVisibility: (callback: () => void) => () => void;
};

/** The page that this runs in. */
export const THIS_PAGE: PageWatch = {
  every: (periodMs, callback) => {
    const timer = setInterval(callback, periodMs);
    return () => clearInterval(timer);
  },
  nowMs: () => Date.now(),
  isVisible: () => document.visibilityState === 'visible',
  onVisibility: (callback) => {
    document.addEventListener('visibilitychange', callback);
    return () => document.removeEventListener('visibilitychange', callback);
  },
};
