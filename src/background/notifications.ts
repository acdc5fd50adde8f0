import type { HostRequests } from '../model/host-link.ts';
import { api } from '../platform/webext/api.ts';
import { BACKGROUND_WORDS } from './background-words.ts';
import { openList } from './open-list.ts';
import { speakUsersLanguage } from './users-language.ts';

const PREFIX = 'transfer:';
/** Between the transfer and the download that a click shows; the name is all that a stopped background finds again. */
const SHOWS = ':shows:';

/** Tells the user that a transfer ended or needs them; a later word on the same transfer replaces the earlier one. */
export async function notify({ id, title, message, downloadId }: HostRequests['user.notify']['input']): Promise<void> {
  const name = downloadId === null ? `${PREFIX}${id}` : `${PREFIX}${id}${SHOWS}${downloadId}`;
  // A browser without notifications (Firefox for Android) has a badge still.
  await api.notifications?.create(name, {
    type: 'basic',
    iconUrl: api.runtime.getURL('icons/128.png'),
    title,
    message,
  });
}

/**
 * Says one thing that no screen could: why something that the user asked for did not happen.
 * @param sentence Is called when the language is there.
 */
export async function tellUser(sentence: () => string): Promise<void> {
  await speakUsersLanguage();
  const iconUrl = api.runtime.getURL('icons/128.png');
  await api.notifications?.create('word', {
    type: 'basic',
    iconUrl,
    title: BACKGROUND_WORDS.product,
    message: sentence(),
  });
}

/** Shows the file, or else the list, when a notification is clicked. To be called at once: the click may wake us. */
export function watchNotifications(): void {
  api.notifications?.onClicked.addListener(async (notification) => {
    if (!notification.startsWith(PREFIX)) return;
    const downloadId = notification.split(SHOWS)[1];
    if (downloadId === undefined) await openList();
    else await api.downloads.show(Number(downloadId));
    await api.notifications.clear(notification);
  });
}
