import { showPageTab } from './page-tab.ts';

/** Shows the page of all transfers: the one that is open already, or a new tab. */
export const showManager = (): Promise<void> => showPageTab('manager.html');
