import type { HostRequests } from '../model/host-link.ts';
import { api } from '../platform/webext/api.ts';
import { openList } from './open-list.ts';

const PREFIX = 'transfer:';

/** Tells the user that a transfer ended or needs them; a later word on the same transfer replaces the earlier one. */
export async function notify({ id, title, message }: HostRequests['user.notify']['input']): Promise<void> {
  // A browser without notifications (Firefox for Android) has a badge still.
  await api.notifications?.create(`${PREFIX}${id}`, {
    type: 'basic',
    iconUrl: api.runtime.getURL('icons/128.png'),
    title,
    message,
  });
}

/** Opens the list when a notification is clicked. Call it at once when the script runs: the click may wake it. */
export function watchNotifications(): void {
  api.notifications?.onClicked.addListener(async (notification) => {
    if (!notification.startsWith(PREFIX)) return;
    await openList();
    await api.notifications.clear(notification);
  });
}
