import type { Finding } from '../../model/transfer-details.ts';
import type { Facts } from './facts.ts';
import { limitReached } from './find-in-browser.ts';

/** What a transfer is doing, when that explains everything; null for one that looks for its pieces or its metadata. */
export function findInState({ state, queue, limit }: Facts): Finding | null {
  switch (state.phase) {
    case 'done':
      return { code: 'done' };
    case 'paused':
      return { code: 'paused-by-user' };
    case 'failed':
      return { code: 'failed', failureCode: state.failure.code };
    case 'choosing':
      return { code: 'waits-for-choice' };
    case 'saving':
      return { code: 'saving' };
    case 'checking':
    case 'fetching-metadata':
    case 'downloading':
      if (queue.isAllPaused) return { code: 'all-paused' };
      if (limit?.bytesPerS === 0) return limitReached(limit); // nothing may come, whoever's turn it is
      if (queue.isWaiting) return { code: 'queued', ahead: queue.ahead, most: queue.most };
      return state.phase === 'checking' ? { code: 'checking' } : null;
  }
}
