import type { TransferId } from '../../model/ids.ts';
import type { ScreenEvent, ScreenMessage } from '../../model/screen-events.ts';
import type { TransferView } from '../../model/transfer-view.ts';

/**
 * Makes events of what comes through a screen's port: the first part of a long list is told at once, and all of it when
 * the last part is there, with what has changed in between. To be made anew for each port.
 */
export function joinParts(onEvent: (event: ScreenEvent) => void): (message: ScreenMessage) => void {
  let coming: Map<TransferId, TransferView> | null = null;
  return (message) => {
    switch (message.type) {
      case 'part': {
        const { type: _, rest: __, ...everything } = message;
        const isFirst = coming === null;
        coming ??= new Map();
        for (const view of message.transfers) coming.set(view.id, view);
        if (isFirst) onEvent({ ...everything, type: 'first' });
        return;
      }
      case 'snapshot': {
        const before = coming;
        coming = null;
        if (before === null) return onEvent(message);
        for (const view of message.transfers) before.set(view.id, view);
        return onEvent({ ...message, transfers: [...before.values()] });
      }
      case 'changed':
        for (const view of message.transfers) coming?.set(view.id, view);
        for (const id of message.removed) coming?.delete(id);
        return onEvent(message);
      default:
        return onEvent(message);
    }
  };
}
