import type { BrowserName } from '../../tools/ensure-browsers.ts';

/** Where the build of one browser is. */
export const extensionDir = (name: BrowserName): string => (name === 'chromium' ? 'dist/chrome' : 'dist/firefox');
