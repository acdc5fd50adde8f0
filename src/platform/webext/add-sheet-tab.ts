import { showPageTab } from './page-tab.ts';

/** Shows the add sheet: the one that is open already, or a new tab. */
export const showAddSheet = (): Promise<void> => showPageTab('add.html');
