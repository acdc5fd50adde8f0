import type { TransferView } from '../model/transfer-view.ts';
import { describeState } from './describe-state.ts';
import { displayName } from './formats/display-name.ts';
import { POPUP_WORDS } from './words/popup-words.ts';

/**
 * What a screen reader should hear of a change, or null. Only the ends are spoken: done, saved or stopped; everything
 * else the user either did or can look up in the row.
 */
export function announcementOf(before: TransferView, after: TransferView): string | null {
  if (before.state.phase === after.state.phase) return null;
  const hasEnded = after.state.phase === 'failed' || (after.state.phase === 'done' && before.state.phase !== 'paused');
  return hasEnded ? POPUP_WORDS.ended(displayName(after.name), describeState(after)) : null;
}
