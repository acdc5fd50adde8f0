import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { launchFirefox } from './firefox.ts';
import { MarionetteSilence } from './marionette.ts';
import { processTree } from './processes.ts';
import { writeThrowawayExtension } from './throwaway-extension.ts';

const workDir = mkdtempSync(join(tmpdir(), 'rivulet-launch-test-'));
const extensionDir = writeThrowawayExtension(join(workDir, 'extension'));
afterAll(() => rmSync(workDir, { recursive: true, force: true }));

test('Chromium lends the service worker and the memory of its extension', { timeout: 30_000 }, async () => {
  const chromium = await launchChromium({ extensionDir });
  const worker = await chromium.serviceWorker();
  expect(await worker.evaluate(() => chrome.runtime.id)).toBe(chromium.extensionId);
  await chromium.extensionPage('page.html');
  expect(chromium.memory().map(({ kind }) => kind)).toEqual(expect.arrayContaining(['chromium', 'extension']));
  await chromium.close();
  expect([processTree(chromium.pid), existsSync(chromium.profileDir)]).toEqual([[], false]);
});

test('Firefox lends its own window and the memory of its extension', { timeout: 30_000 }, async () => {
  const firefox = await launchFirefox({ extensionDir });
  const isActive = (id: string) => {
    // @ts-expect-error only Firefox's own windows know the policies of extensions
    return WebExtensionPolicy.getByID(id).active;
  };
  expect(await firefox.execChrome(isActive, 'rivulet@rivulet.example')).toBe(true);
  expect(await firefox.exec(() => typeof (globalThis as { Services?: unknown }).Services)).toBe('undefined');
  expect(firefox.memory().map(({ kind }) => kind)).toEqual(expect.arrayContaining(['firefox-esr', 'WebExtensions']));

  process.kill(firefox.pid, 'SIGSTOP');
  await expect(firefox.marionette.send('WebDriver:GetTimeouts', {}, 300)).rejects.toThrow(MarionetteSilence);
  process.kill(firefox.pid, 'SIGCONT');
  expect(await firefox.marionette.send('WebDriver:GetTimeouts')).toMatchObject({ script: 120_000, pageLoad: 60_000 });
  await firefox.close();
  expect([processTree(firefox.pid), existsSync(firefox.profileDir)]).toEqual([[], false]);
});
