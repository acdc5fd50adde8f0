import type { TransferView } from '../../model/transfer-view.ts';
import type { TransferRecord } from './transfer-record.ts';
import { type LiveView, viewOf } from './view-of.ts';

type Moment = {
  /** Nothing runs of it: its view depends on its record and on what the engine as a whole says of it, and on no clock. */
  readonly isAtRest: boolean;
  readonly nowMs: () => number;
};

/** All that a view of a transfer at rest takes from outside its record. */
const SAID_AT_REST = ['mayShare', 'sendsReports', 'isWaiting', 'halt', 'queuePlace', 'seedingEnd'] as const;

/**
 * Makes the views of one transfer. One at rest of which nothing has changed is given the view that it had, the very same
 * object: whoever looks for changes among thousands sees at once that there is none.
 */
export function viewMaker(): (record: TransferRecord, live: LiveView, moment: Moment) => TransferView {
  let made: { readonly record: TransferRecord; readonly live: LiveView; readonly view: TransferView } | null = null;
  return (record, live, { isAtRest, nowMs }) => {
    const before = made;
    if (isAtRest && before?.record === record && SAID_AT_REST.every((name) => before.live[name] === live[name]))
      return before.view;
    const view = viewOf(record, live, nowMs());
    made = isAtRest ? { record, live, view } : null;
    return view;
  };
}
