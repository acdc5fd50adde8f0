import type { ScreenEvent } from '../model/screen-events.ts';
import { connectScreen, type ScreenLink } from '../platform/webext/screen-link.ts';

/**
 * Listens to the engine while the page can be seen. A page at the back hears nothing, so nothing is sent to it and it
 * draws nothing; when it is shown again it begins with a snapshot, as when it was opened.
 */
export function connectWhileSeen(onEvent: (event: ScreenEvent) => void, onLink: (link: ScreenLink) => void): void {
  let leave: (() => void) | null = null;
  const follow = () => {
    if (document.hidden) {
      leave?.();
      leave = null;
    } else {
      leave ??= connectScreen(onEvent, onLink);
    }
  };
  document.addEventListener('visibilitychange', follow);
  follow();
}
