import { type Browser, chromium } from 'playwright-core';
import { ensureBrowsers } from '../../../tools/ensure-browsers.ts';

/** A Chromium without a window that shows pages of the gallery. @throws {Error} that says what to install. */
export async function launchChromium(): Promise<Browser> {
  const { chromium: executablePath } = await ensureBrowsers(['chromium']);
  if (executablePath === undefined) throw new Error('there is no Chromium');
  return chromium.launch({ executablePath, args: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
}
