import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Language } from '../../src/model/settings.ts';
import { messagesOf, type Parts } from '../../src/words/messages.ts';
import type { BrowserDriver, Tab } from '../support/browser-driver.ts';
import { type Lab, openLab } from '../support/lab.ts';
import { accentedParts, mirroredParts } from '../support/pseudo-language.ts';
import { waitUntil } from '../support/wait-until.ts';

/** The languages are made up here, so that a translator changes no test. */
const MADE_UP: Partial<Record<Language, Parts>> = { de: accentedParts(), ar: mirroredParts() };

let lab: Lab;
let folder: string;

beforeEach(() => {
  lab = openLab();
  folder = mkdtempSync(join(tmpdir(), 'rivulet-language-'));
});

afterEach(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['chromium', 'firefox'] as const)('in %s', (name) => {
  test('screens speak the language that is chosen, at once and when they open', async () => {
    const browser = await lab.browser(name, { extensionDir: extensionWithLanguages(name) });
    const popup = await browser.openExtensionPage('popup.html');
    await shows(browser, popup, { lang: 'en', dir: 'ltr', settings: 'Settings' });

    await choose(browser, popup, 'de');
    await shows(browser, popup, { lang: 'de', dir: 'ltr', settings: textOf('de', 'popup', 'settings') });
    const welcome = await browser.openExtensionPage('welcome.html');
    await waitUntil(async () => (await headingOf(browser, welcome)) === textOf('de', 'welcome', 'title'));
    const add = await browser.openExtensionPage('add.html');
    await waitUntil(async () => (await headingOf(browser, add)) === textOf('de', 'add', 'title'));

    await choose(browser, popup, 'ar');
    await shows(browser, popup, { lang: 'ar', dir: 'rtl', settings: textOf('ar', 'popup', 'settings') });
    await waitUntil(async () => (await headingOf(browser, add)) === textOf('ar', 'add', 'title'));

    await choose(browser, popup, 'en');
    await shows(browser, popup, { lang: 'en', dir: 'ltr', settings: 'Settings' });
    expect(await browser.evaluate(popup, () => document.title)).toBe('Rivulet');
  });
});

/** A copy of the built extension that has the languages that are made up. */
function extensionWithLanguages(name: BrowserDriver['name']): string {
  const browser = name === 'chromium' ? 'chrome' : 'firefox';
  const extensionDir = join(folder, browser);
  cpSync(join('dist', browser), extensionDir, { recursive: true });
  for (const [language, parts] of Object.entries(MADE_UP)) {
    mkdirSync(join(extensionDir, '_locales', language), { recursive: true });
    writeFileSync(join(extensionDir, '_locales', language, 'messages.json'), JSON.stringify(messagesOf(parts)));
  }
  return extensionDir;
}

const textOf = (language: Language, part: string, key: string): string => MADE_UP[language]?.[part]?.[key] ?? '';

const choose = (browser: BrowserDriver, tab: Tab, language: Language): Promise<unknown> =>
  browser.evaluate(
    tab,
    (wanted) =>
      chrome.runtime.sendMessage({
        to: 'background',
        kind: 'command',
        command: 'settings.set',
        input: { language: wanted },
      }),
    language,
  );

const headingOf = (browser: BrowserDriver, tab: Tab): Promise<string | null> =>
  browser.evaluate(tab, () => document.querySelector('h1')?.textContent ?? null);

async function shows(
  browser: BrowserDriver,
  tab: Tab,
  expected: { readonly lang: string; readonly dir: string; readonly settings: string },
): Promise<void> {
  await waitUntil(async () => {
    const shown = await browser.evaluate(tab, () => ({
      lang: document.documentElement.lang,
      dir: document.documentElement.dir,
      settings: document.querySelector('.top [aria-controls="settings"]')?.getAttribute('aria-label') ?? null,
    }));
    return JSON.stringify(shown) === JSON.stringify(expected);
  });
}
