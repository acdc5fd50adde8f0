import { openRecords } from '../../../src/platform/browser/records.ts';

// Opens the records of this page's own site, for a test that has put older ones there.
Object.assign(window, { openRecords });
