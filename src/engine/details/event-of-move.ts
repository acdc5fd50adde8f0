import type { TransferRecord } from '../transfer/transfer-record.ts';
import type { TransferEvent } from '../transfer/transfer-state.ts';
import type { LogEvent } from './event-log.ts';

/** What the log says when a transfer's state was told to change. Pure. */
export function eventOfMove(before: TransferRecord, after: TransferRecord, event: TransferEvent): LogEvent[] {
  if (before.state === after.state) return [];
  switch (event.type) {
    case 'metadata-received':
    case 'shown':
      return before.state.phase === 'fetching-metadata' ? [{ what: 'metadata' }] : [];
    case 'check-finished':
      return [{ what: 'checked' }, { what: event.piecesMissing > 0 ? 'started' : 'verified' }];
    case 'all-verified':
      return [{ what: 'verified' }];
    case 'files-saved':
      return [{ what: 'saved' }, ...lostFiles(after)];
    case 'pause-requested':
      return before.state.phase === 'paused' ? [] : [{ what: 'paused' }];
    case 'resume-requested':
      return [{ what: 'resumed' }];
    case 'failed':
      return [{ what: 'failed', code: event.failure.code }];
    case 'accepted':
    case 'settled':
    case 'more-wanted':
    case 'check-requested':
      return [];
  }
}

/** When some files could not be had, the others are saved all the same. */
function lostFiles({ problems }: TransferRecord): LogEvent[] {
  const lost = problems.find((problem) => problem.code === 'files-unavailable');
  return lost === undefined ? [] : [{ what: 'files-lost', files: lost.count }];
}
