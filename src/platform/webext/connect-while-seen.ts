import type { ScreenEvent } from '../../model/screen-events.ts';
import { afterDrawing } from '../browser/after-drawing.ts';
import { connectScreen, type ScreenOptions } from './screen-link.ts';

/**
 * Listens to the engine while the page can be seen. A page at the back hears nothing, so nothing is sent to it and it
 * draws nothing; when it is shown again it begins with a snapshot, as when it was opened. What the page has to show
 * already is drawn first: the engine may live in this very process, and all of its list is work there. Every screen of
 * ours connects so: a forgotten tab costs nothing.
 */
export function connectWhileSeen(onEvent: (event: ScreenEvent) => void, options: ScreenOptions = {}): void {
  let leave: (() => void) | null = null;
  const follow = () => {
    if (document.hidden) {
      leave?.();
      leave = null;
    } else {
      leave ??= connectScreen(onEvent, options);
    }
  };
  document.addEventListener('visibilitychange', follow);
  if (!document.hidden) afterDrawing(follow);
}
