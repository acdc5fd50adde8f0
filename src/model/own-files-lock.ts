import type { TransferId } from './ids.ts';

const PREFIX = 'own-files-';

/**
 * Name of the lock (Web Locks) that a page holds while it puts files of the user into a transfer's place in the store:
 * when it is free again, the page is done or gone.
 */
export const ownFilesLock = (id: TransferId): string => `${PREFIX}${id}`;
