import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '../../src/model/settings.ts';
import { messagesOf, type Parts } from '../../src/words/messages.ts';
import type { BrowserDriver, Tab } from '../support/browser-driver.ts';
import { type Lab, openLab } from '../support/lab.ts';
import { accentedParts, mirroredParts } from '../support/pseudo-language.ts';
import { waitUntil } from '../support/wait-until.ts';
import { extensionDir } from './extension-dir.ts';

/** The languages are made up here, so that a translator changes no test. */
const MADE_UP: Partial<Record<Language, Parts>> = { de: accentedParts(), ar: mirroredParts() };

describe.each(['chromium', 'firefox'] as const)('in %s', (name) => {
  let lab: Lab;
  let browser: BrowserDriver;
  let folder: string;
  beforeAll(async () => {
    lab = openLab();
    folder = mkdtempSync(join(tmpdir(), 'rivulet-language-'));
    browser = await lab.browser(name, { extensionDir: extensionWithLanguages(name, folder) });
  });
  afterAll(async () => {
    await lab?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('what is set holds after a reload and on other screens, is found, and can be reset', async () => {
    const tab = await browser.openExtensionPage('manager.html#settings');
    await browser.waitFor(tab, () => document.querySelector('[data-entry="maxRunning"]') !== null);

    await browser.click(tab, control('reports'));
    await browser.fill(tab, control('maxRunning'), '3');
    await browser.press(tab, 'Enter');
    await browser.fill(tab, '[data-entry="siteRules"] .add-item input', 'https://Example.org/a');
    await browser.click(tab, '[data-entry="siteRules"] .add-item button');
    await waitUntil(async () => (await itemsOf(browser, tab)).join() === 'example.org');
    await browser.fill(tab, '[data-entry="siteRules"] .add-item input', 'no site at all');
    await browser.click(tab, '[data-entry="siteRules"] .add-item button');
    await waitUntil(async () => (await textOf(browser, tab, '[data-entry="siteRules"] .refusal')).startsWith('Give'));

    const again = await browser.openExtensionPage('manager.html#settings');
    await waitUntil(async () => (await valueIn(browser, again, 'maxRunning')) === '3');
    expect(await itemsOf(browser, again)).toEqual(['example.org']);
    expect(await isOn(browser, again, 'reports')).toBe(true);
    const popup = await browser.openExtensionPage('popup.html');
    await browser.click(popup, '.top [aria-controls="settings"]');
    await waitUntil(
      async () => (await attributeOf(browser, popup, '.settings-more a', 'href')) === 'manager.html#settings',
    );

    await browser.fill(again, '.settings-search input', 'at a time downloads');
    await waitUntil(async () => (await entriesOf(browser, again)).join() === 'maxRunning');
    expect(await textOf(browser, again, '[data-entry="maxRunning"] mark')).toBe('Downloads');
    await browser.fill(again, '.settings-search input', 'nothing has this');
    await waitUntil(async () => (await textOf(browser, again, '.settings-none p')).includes('nothing has this'));
    await browser.click(again, '.settings-none button');

    await browser.click(again, '[aria-labelledby="settings-queue"] > .button');
    await browser.click(again, '[aria-labelledby="settings-queue"] .button-danger');
    await waitUntil(async () => (await valueIn(browser, tab, 'maxRunning')) === '8');
    expect(await isOn(browser, tab, 'reports')).toBe(true);
  });

  test('screens speak the language that is chosen, at once and when they open', async () => {
    const popup = await browser.openExtensionPage('popup.html');
    await shows(browser, popup, { lang: 'en', dir: 'ltr', settings: 'Settings' });

    await choose(browser, popup, 'de');
    await shows(browser, popup, { lang: 'de', dir: 'ltr', settings: madeUpText('de', 'popup', 'settings') });
    const welcome = await browser.openExtensionPage('welcome.html');
    await waitUntil(async () => (await headingOf(browser, welcome)) === madeUpText('de', 'welcome', 'title'));
    const add = await browser.openExtensionPage('add.html');
    await waitUntil(async () => (await headingOf(browser, add)) === madeUpText('de', 'add', 'title'));

    await choose(browser, popup, 'ar');
    await shows(browser, popup, { lang: 'ar', dir: 'rtl', settings: madeUpText('ar', 'popup', 'settings') });
    await waitUntil(async () => (await headingOf(browser, add)) === madeUpText('ar', 'add', 'title'));

    await choose(browser, popup, 'en');
    await shows(browser, popup, { lang: 'en', dir: 'ltr', settings: 'Settings' });
    expect(await browser.evaluate(popup, () => document.title)).toBe('Rivulet');
  });

  test('a language speaks at once, and the user is where he was', async () => {
    const tab = await browser.openExtensionPage('manager.html#settings');
    // A page begins with the words of the one before, until it has read the settings.
    const namesOf = () =>
      [...document.querySelectorAll('#chooseLanguage-control option')].map((option) => option.textContent).join();
    const names = 'As the browser,English,Deutsch,Français,Español,日本語,简体中文,العربية';
    await waitUntil(async () => (await browser.evaluate(tab, namesOf)) === names, {
      what: 'all languages by their names',
    });
    await pickLanguage(browser, tab, 'ar');
    await waitUntil(async () => {
      const shown = await browser.evaluate(tab, async () => ({
        // Where Arabic is not translated yet, English is what there is.
        expected: (await fetch('/_locales/ar/messages.json').catch(() => null))?.ok === true ? 'rtl' : 'ltr',
        dir: document.documentElement.dir,
        focused: document.activeElement?.id ?? null,
      }));
      return shown.dir === shown.expected && (shown.dir === 'ltr' || shown.focused === 'chooseLanguage-control');
    });
    await pickLanguage(browser, tab, 'en');
    await waitUntil(async () => (await textOf(browser, tab, '.settings-head h2')) === 'Settings');
  });
});

const control = (entry: string): string => `#${entry}-control`;

const pickLanguage = (browser: BrowserDriver, tab: Tab, language: string): Promise<unknown> =>
  browser.evaluate(
    tab,
    (wanted) => {
      const select = document.querySelector<HTMLSelectElement>('#chooseLanguage-control');
      if (select === null) throw new Error('there is no language to choose');
      select.value = wanted;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    },
    language,
  );

const valueIn = (browser: BrowserDriver, tab: Tab, entry: string): Promise<string | null> =>
  browser.evaluate(tab, (id) => document.querySelector<HTMLInputElement>(`#${id}-control`)?.value ?? null, entry);

const isOn = (browser: BrowserDriver, tab: Tab, entry: string): Promise<boolean> =>
  browser.evaluate(tab, (id) => document.querySelector<HTMLInputElement>(`#${id}-control`)?.checked === true, entry);

const textOf = (browser: BrowserDriver, tab: Tab, css: string): Promise<string> =>
  browser.evaluate(tab, (selector) => document.querySelector(selector)?.textContent ?? '', css);

const attributeOf = (browser: BrowserDriver, tab: Tab, css: string, attribute: string): Promise<string | null> =>
  browser.evaluate(tab, (selector, key) => document.querySelector(selector)?.getAttribute(key) ?? null, css, attribute);

const itemsOf = async (browser: BrowserDriver, tab: Tab): Promise<string[]> => {
  const items = await browser.evaluate(tab, () =>
    [...document.querySelectorAll('[data-entry="siteRules"] .items bdi')].map((item) => item.textContent).join('\n'),
  );
  return items === '' ? [] : items.split('\n');
};

const entriesOf = async (browser: BrowserDriver, tab: Tab): Promise<string[]> => {
  const entries = await browser.evaluate(tab, () =>
    [...document.querySelectorAll<HTMLElement>('[data-entry]')].map((entry) => entry.dataset.entry ?? '').join('\n'),
  );
  return entries === '' ? [] : entries.split('\n');
};

/** A copy of the built extension that has the languages that are made up. */
function extensionWithLanguages(name: BrowserDriver['name'], folder: string): string {
  const copy = join(folder, name);
  cpSync(extensionDir(name), copy, { recursive: true });
  for (const [language, parts] of Object.entries(MADE_UP)) {
    mkdirSync(join(copy, '_locales', language), { recursive: true });
    writeFileSync(join(copy, '_locales', language, 'messages.json'), JSON.stringify(messagesOf(parts)));
  }
  return copy;
}

const madeUpText = (language: Language, part: string, key: string): string => MADE_UP[language]?.[part]?.[key] ?? '';

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
