import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startBrowser } from '../support/browser-driver.ts';
import { extensionDir } from './extension-dir.ts';
import { TransferList } from './transfer-list.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A profile of Firefox with the extension in it, to be copied. */
    firefoxProfile: string;
  }
}

/**
 * Lets one Firefox start with a fresh profile, install the extension and fill its caches. Tests begin with copies: a first
 * start takes Firefox twice as long as all others, and there are dozens.
 */
export async function setup(project: TestProject): Promise<() => void> {
  const profileDir = mkdtempSync(join(tmpdir(), 'rivulet-warm-profile-'));
  const browser = await startBrowser('firefox', { profileDir, extensionDir: extensionDir('firefox') });
  try {
    await TransferList.open(browser);
  } finally {
    await browser.close();
  }
  project.provide('firefoxProfile', profileDir);
  return () => rmSync(profileDir, { recursive: true, force: true });
}
