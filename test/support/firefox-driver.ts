import { writeFileSync } from 'node:fs';
import type { BrowserDriver, BrowserOptions, ScreenshotOptions, Tab } from './browser-driver.ts';
import { type Firefox, launchFirefox } from './firefox.ts';
import { trustCertificate } from './firefox-certificates.ts';
import { chooseFileIn, clickElement, clickElementWith, fillElement, pressKey } from './firefox-input.ts';
import { chooseFromMenu, enterInAddressBar, frameUrlsInFront } from './firefox-window.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openProfile } from './profile.ts';
import { waitUntil } from './wait-until.ts';

/**
 * Firefox behind the common interface. Marionette has one current tab, so jobs on tabs run one after another: a
 * function that a page takes long to answer holds up all others; `waitFor` does not.
 */
export async function startFirefoxDriver(options: BrowserOptions = {}): Promise<BrowserDriver> {
  const profile = openProfile(options.profileDir, options.copiedProfile);
  const launch = async () => {
    const launched = await launchFirefox({ ...options, profileDir: profile.dir });
    if (options.trusts) await trustCertificate(launched, options.trusts);
    return launched;
  };
  const queue = oneAtATime();
  let firefox = await launch();
  let isRunning = true;
  const { downloadsDir, extensionOrigin } = firefox;

  const inTab = <T>(tab: Tab, job: (firefox: Firefox) => Promise<T>): Promise<T> =>
    queue(async () => {
      await firefox.marionette.send('WebDriver:SwitchToWindow', { handle: tab.id, focus: true });
      return job(firefox);
    });
  const evaluate: BrowserDriver['evaluate'] = (tab, fn, ...args) => inTab(tab, ({ exec }) => exec(fn, ...args));
  const open = (url: string): Promise<Tab> =>
    queue(async () => {
      const { marionette } = firefox;
      const { handle } = await marionette.send<{ handle: string }>('WebDriver:NewWindow', { type: 'tab', focus: true });
      await marionette.send('WebDriver:SwitchToWindow', { handle, focus: true });
      await marionette.send('WebDriver:Navigate', { url });
      return { id: handle };
    });
  const stop = async () => {
    if (isRunning) await firefox.close();
    isRunning = false;
  };

  return {
    name: 'firefox',
    profileDir: profile.dir,
    downloadsDir,
    extensionOrigin,
    open,
    openExtensionPage: (path) => open(`${extensionOrigin}/${path}`),
    tabs: () =>
      queue(async () => {
        const handles = await firefox.marionette.send<string[]>('WebDriver:GetWindowHandles');
        return handles.map((id) => ({ id }));
      }),
    url: (tab) => inTab(tab, ({ marionette }) => marionette.send<string>('WebDriver:GetCurrentURL')),
    frameUrls: (tab) => inTab(tab, frameUrlsInFront),
    closeTab: (tab) =>
      inTab(tab, async ({ marionette }) => {
        const [other] = await marionette.send<string[]>('WebDriver:CloseWindow');
        // Marionette refuses to open a tab while its current one is gone.
        if (other !== undefined) await marionette.send('WebDriver:SwitchToWindow', { handle: other, focus: false });
      }),
    click: (tab, css) => inTab(tab, ({ marionette }) => clickElement(marionette, css)),
    clickWith: (tab, css, click) => inTab(tab, ({ marionette }) => clickElementWith(marionette, css, click)),
    fill: (tab, css, text) => inTab(tab, ({ marionette }) => fillElement(marionette, css, text)),
    press: (tab, key) => inTab(tab, ({ marionette }) => pressKey(marionette, key)),
    chooseFromMenu: (tab, css, entry) => inTab(tab, (current) => chooseFromMenu(current, css, entry)),
    enterAfterKeyword: (tab, text) => inTab(tab, (current) => enterInAddressBar(current, `rivulet ${text}`)),
    chooseFile: (tab, css, file) => inTab(tab, ({ marionette }) => chooseFileIn(marionette, css, file)),
    evaluate,
    waitFor: (tab, fn, wish = {}, ...args) =>
      waitUntil(() => evaluate(tab, fn, ...args), { ...wish, what: fn.toString() }),
    screenshot: (tab, file, wish = {}) => inTab(tab, (current) => writeScreenshot(current, file, wish)),
    memory: () => firefox.memory(),
    stopServiceWorkers: () => Promise.reject(new Error('only Chromium has a service worker for a background')),
    kill9: async () => {
      isRunning = false;
      await firefox.kill9();
    },
    restart: async () => {
      await stop();
      firefox = await launch();
      isRunning = true;
    },
    close: async () => {
      // Firefox takes seconds to leave a profile in good order, which nobody wants of one that is deleted.
      if (isRunning && profile.isOurs) await firefox.kill9();
      else await stop();
      isRunning = false;
      profile.discard();
    },
  };
}

async function writeScreenshot(firefox: Firefox, file: string, { width, height, dark }: ScreenshotOptions) {
  if (dark !== undefined) await setColorScheme(firefox, dark);
  if (width !== undefined || height !== undefined) await resizePage(firefox, width, height);
  const picture = await firefox.marionette.send<string>('WebDriver:TakeScreenshot', { full: false, hash: false });
  writeFileSync(file, Buffer.from(picture, 'base64'));
}

async function setColorScheme({ exec, execChrome }: Firefox, isDark: boolean): Promise<void> {
  await execChrome(
    (scheme: number) => {
      // @ts-expect-error only Firefox's own windows have Services
      Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', scheme);
    },
    isDark ? 0 : 1,
  );
  const query = `(prefers-color-scheme: ${isDark ? 'dark' : 'light'})`;
  await waitUntil(() => exec((wanted: string) => matchMedia(wanted).matches, query), { what: query });
}

/** Sizes the page inside its window, as a window has a least width that a popup is narrower than. */
async function resizePage({ exec, execChrome }: Firefox, width?: number, height?: number): Promise<void> {
  const before = await exec(() => ({ width: innerWidth, height: innerHeight }));
  const size = { width: width ?? before.width, height: height ?? before.height };
  await execChrome((wanted: { width: number; height: number }) => {
    // @ts-expect-error only Firefox's own windows have gBrowser
    const { style } = gBrowser.selectedBrowser;
    style.setProperty('flex', 'none');
    style.setProperty('width', `${wanted.width}px`);
    style.setProperty('height', `${wanted.height}px`);
  }, size);
  const hasSize = ({ width, height }: { width: number; height: number }) =>
    innerWidth === width && innerHeight === height;
  await waitUntil(() => exec(hasSize, size), { what: `a page of ${size.width} x ${size.height}` });
}
