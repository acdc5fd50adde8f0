import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BrowserDriver, Tab } from './browser-driver.ts';
import { openLab } from './lab.ts';
import { pseudoRandomBytes, sha256Hex } from './payload.ts';
import { writeThrowawayExtension } from './throwaway-extension.ts';
import { waitUntil } from './wait-until.ts';

/** What the page of the throwaway extension has besides what every page has. */
type ExtensionWindow = {
  readonly lastClick?: { readonly isTrusted: boolean; readonly isShifted: boolean };
  readonly chrome: { readonly downloads: { download(options: { url: string; filename: string }): Promise<number> } };
};

describe.each(['chromium', 'firefox'] as const)('the driver of %s', { timeout: 30_000 }, (name) => {
  const lab = openLab();
  const workDir = mkdtempSync(join(tmpdir(), 'rivulet-driver-test-'));
  const payload = pseudoRandomBytes(7, 3_000_000);
  let browser: BrowserDriver;
  let page: Tab;

  beforeAll(async () => {
    browser = await lab.browser(name, { extensionDir: writeThrowawayExtension(join(workDir, 'extension')) });
    page = await browser.openExtensionPage('page.html');
  }, 60_000);
  afterAll(async () => {
    await lab.close();
    rmSync(workDir, { recursive: true, force: true });
  });

  test('runs functions in a page of the extension', async () => {
    const add = async (a: number, b: number) => ({ sum: a + b, href: location.href });
    expect(await browser.evaluate(page, add, 1, 2)).toEqual({ sum: 3, href: `${browser.extensionOrigin}/page.html` });
    expect(await browser.url(page)).toBe(`${browser.extensionOrigin}/page.html`);
  });

  test('reports what a function throws in the page', async () => {
    const fail = () => {
      throw new TypeError('no such luck');
    };
    await expect(browser.evaluate(page, fail)).rejects.toThrow('TypeError: no such luck');
  });

  test('clicks as a user does, with modifier keys too', async () => {
    const lastClick = () => (window as unknown as ExtensionWindow).lastClick;
    await browser.click(page, 'button');
    expect(await browser.evaluate(page, lastClick)).toEqual({ isTrusted: true, isShifted: false });
    await browser.clickWith(page, 'button', { modifiers: ['Shift'] });
    expect(await browser.evaluate(page, lastClick)).toEqual({ isTrusted: true, isShifted: true });
  });

  test('opens a link in a new tab when it is clicked with Control', async () => {
    const before = await browser.tabs();
    await browser.clickWith(page, 'a', { modifiers: ['Control'] });
    const after = await waitUntil(async () => {
      const tabs = await browser.tabs();
      return tabs.length > before.length ? tabs : null;
    });
    const opened = after.find(({ id }) => before.every((tab) => tab.id !== id));
    if (!opened) throw new Error('no new tab');
    await browser.waitFor(opened, () => document.title === 'Other');
    await browser.closeTab(opened);
    expect(await browser.tabs()).toHaveLength(before.length);
  });

  test('types into a field, presses keys and chooses a file', async () => {
    const file = join(workDir, 'chosen.txt');
    writeFileSync(file, 'chosen');
    await browser.fill(page, '#text', 'old');
    await browser.fill(page, '#text', 'ü & new');
    await browser.press(page, 'Home');
    await browser.press(page, 'x');
    expect(await browser.evaluate(page, () => document.querySelector<HTMLInputElement>('#text')?.value)).toBe(
      'xü & new',
    );
    await browser.chooseFile(page, '#file', file);
    const readChosen = () => document.querySelector<HTMLInputElement>('#file')?.files?.[0]?.text();
    expect(await browser.evaluate(page, readChosen)).toBe('chosen');
  });

  test('takes a picture of the wanted size, in the dark too', async () => {
    const file = join(workDir, `${name}.png`);
    await browser.screenshot(page, file, { width: 380, height: 500, dark: true });
    const picture = readFileSync(file);
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([380, 500]); // PNG header: width, height
    expect(await browser.evaluate(page, () => getComputedStyle(document.body).backgroundColor)).toBe('rgb(0, 0, 0)');
  });

  test('lets downloads land in its folder under their own names', async () => {
    const origin = await lab.origin();
    origin.serve('/files/payload.bin', payload);
    const download = (url: string) =>
      (window as unknown as ExtensionWindow).chrome.downloads.download({ url, filename: 'Folder ü/payload.bin' });
    await browser.evaluate(page, download, `${origin.url}/files/payload.bin`);
    const file = join(browser.downloadsDir, 'Folder ü', 'payload.bin');
    await waitUntil(() => existsSync(file) && readFileSync(file).length === payload.length);
    expect(sha256Hex(readFileSync(file))).toBe(sha256Hex(payload));
  });

  test('keeps the storage of the extension over SIGKILL and restart', async () => {
    await browser.evaluate(page, writeRecord, 'written before the end');
    await browser.kill9();
    await browser.restart();
    page = await browser.openExtensionPage('page.html');
    expect(await browser.evaluate(page, readRecord)).toBe('written before the end');
    expect(browser.memory().reduce((sum, { pssBytes }) => sum + pssBytes, 0)).toBeGreaterThan(20_000_000);
  });
});

function writeRecord(record: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('lab', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('records');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('records', 'readwrite', { durability: 'strict' });
      transaction.objectStore('records').put(record, 'key');
      transaction.oncomplete = () => resolve();
    };
  });
}

function readRecord(): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('lab', 1);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const reading = opening.result.transaction('records').objectStore('records').get('key');
      reading.onsuccess = () => resolve(reading.result);
    };
  });
}
