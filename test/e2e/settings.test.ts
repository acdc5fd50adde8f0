import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BrowserDriver, Tab } from '../support/browser-driver.ts';
import { type Lab, openLab } from '../support/lab.ts';
import { waitUntil } from '../support/wait-until.ts';
import { extensionDir } from './extension-dir.ts';

describe.each(['chromium', 'firefox'] as const)('in %s', (name) => {
  let lab: Lab;
  let browser: BrowserDriver;
  beforeAll(async () => {
    lab = openLab();
    browser = await lab.browser(name, { extensionDir: extensionDir(name) });
  });
  afterAll(() => lab?.close());

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

  test('a language speaks at once, and the user is where he was', async () => {
    const tab = await browser.openExtensionPage('manager.html#settings');
    await browser.waitFor(tab, () => document.querySelector('#chooseLanguage-control') !== null);
    const names = await browser.evaluate(tab, () =>
      [...document.querySelectorAll('#chooseLanguage-control option')].map((option) => option.textContent).join(),
    );
    expect(names).toBe('As the browser,English,Deutsch,Français,Español,日本語,简体中文,العربية');
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
