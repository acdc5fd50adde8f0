import type { Page } from 'playwright-core';
import type { BrowserDriver, BrowserOptions, Tab } from './browser-driver.ts';
import { launchChromium } from './chromium.ts';
import { chooseFromMenu, enterAfterKeyword } from './chromium-window.ts';
import { pageExpression, readPageOutcome } from './page-script.ts';
import { openProfile } from './profile.ts';
import { waitUntil } from './wait-until.ts';

const ELEMENT_TIMEOUT_MS = 10_000;
/** Each key of a longer text, such as a magnet link, would go through Playwright: seconds of a loaded machine. */
const TYPED_AT_MOST = 60;

/** Chromium behind the common interface. */
export async function startChromiumDriver(options: BrowserOptions = {}): Promise<BrowserDriver> {
  const profile = openProfile(options.profileDir, options.copiedProfile);
  const launch = () => launchChromium({ ...options, profileDir: profile.dir });
  let chromium = await launch();
  let isRunning = true;
  const { downloadsDir, extensionId } = chromium;
  const extensionOrigin = `chrome-extension://${extensionId}`;
  const pages = new Map<string, Page>();
  const tabIds = new WeakMap<Page, string>();
  let tabCount = 0;

  const tabOf = (page: Page): Tab => {
    const known = tabIds.get(page);
    if (known !== undefined) return { id: known };
    tabCount += 1;
    const id = `tab-${tabCount}`;
    tabIds.set(page, id);
    pages.set(id, page);
    return { id };
  };
  const pageOf = ({ id }: Tab): Page => {
    const page = pages.get(id);
    if (!page) throw new Error(`Chromium has no ${id}`);
    return page;
  };
  /** A hand does things in the tab in front; one behind draws no frames, and Playwright waits seconds for two of them. */
  const inFront = async (tab: Tab): Promise<Page> => {
    const page = pageOf(tab);
    await page.bringToFront();
    return page;
  };
  const evaluate: BrowserDriver['evaluate'] = async (tab, fn, ...args) =>
    readPageOutcome(await pageOf(tab).evaluate<string>(pageExpression(fn, args)));
  const open = async (url: string) => {
    const page = await chromium.newPage();
    await page.goto(url);
    return tabOf(page);
  };
  const stop = async () => {
    if (isRunning) await chromium.close();
    isRunning = false;
  };

  return {
    name: 'chromium',
    profileDir: profile.dir,
    downloadsDir,
    extensionOrigin,
    open,
    openExtensionPage: (path) => open(`${extensionOrigin}/${path}`),
    tabs: async () => chromium.context.pages().map(tabOf),
    url: async (tab) => pageOf(tab).url(),
    frameUrls: async (tab) =>
      pageOf(tab)
        .frames()
        .slice(1)
        .map((frame) => frame.url()),
    closeTab: async (tab) => {
      await pageOf(tab).close();
      pages.delete(tab.id);
    },
    click: async (tab, css) => (await inFront(tab)).click(css, { timeout: ELEMENT_TIMEOUT_MS }),
    clickWith: async (tab, css, { modifiers = [], button = 'left' }) =>
      (await inFront(tab)).click(css, { modifiers: [...modifiers], button, timeout: ELEMENT_TIMEOUT_MS }),
    fill: async (tab, css, text) => {
      const field = pageOf(tab).locator(css);
      await field.fill('', { timeout: ELEMENT_TIMEOUT_MS });
      if (text.length <= TYPED_AT_MOST) return field.pressSequentially(text);
      await field.focus();
      return pageOf(tab).keyboard.insertText(text);
    },
    press: (tab, key) => pageOf(tab).keyboard.press(key),
    chooseFromMenu: (tab, css, entry) => chooseFromMenu(chromium, pageOf(tab), css, entry),
    enterAfterKeyword: (_tab, text) => enterAfterKeyword(chromium, text),
    chooseFile: (tab, css, file) => pageOf(tab).setInputFiles(css, file, { timeout: ELEMENT_TIMEOUT_MS }),
    evaluate,
    waitFor: (tab, fn, wish = {}, ...args) =>
      waitUntil(() => evaluate(tab, fn, ...args), { ...wish, what: fn.toString() }),
    screenshot: async (tab, file, { width, height, dark } = {}) => {
      const page = pageOf(tab);
      if (dark !== undefined) await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
      if (width !== undefined || height !== undefined) {
        const now = await evaluate(tab, () => ({ width: innerWidth, height: innerHeight }));
        await page.setViewportSize({ width: width ?? now.width, height: height ?? now.height });
      }
      await page.screenshot({ path: file });
    },
    memory: () => chromium.memory(),
    stopServiceWorkers: () => chromium.stopServiceWorkers(),
    kill9: async () => {
      isRunning = false;
      await chromium.kill9();
    },
    restart: async () => {
      await stop();
      pages.clear();
      chromium = await launch();
      isRunning = true;
    },
    close: async () => {
      // Nobody wants a profile in good order that is deleted.
      if (isRunning && profile.isOurs) await chromium.kill9();
      else await stop();
      isRunning = false;
      profile.discard();
    },
  };
}
