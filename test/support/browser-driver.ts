import type { BrowserName } from '../../tools/ensure-browsers.ts';
import { startChromiumDriver } from './chromium-driver.ts';
import { startFirefoxDriver } from './firefox-driver.ts';
import type { PageFunction } from './page-script.ts';
import type { ProcessMemory } from './processes.ts';
import type { SelfSigned } from './self-signed.ts';
import type { Truthy } from './wait-until.ts';

export type SelfSignedServer = {
  /** `https://HOST:PORT`. */
  readonly url: string;
  readonly certificate: SelfSigned;
};

/** One open tab of one browser; of no use after `closeTab`, `kill9` or `restart`. */
export type Tab = { readonly id: string };
export type ClickOptions = {
  /** `Control` opens links in a new tab, `Shift` in a new window. */
  readonly modifiers?: readonly ('Alt' | 'Control' | 'Meta' | 'Shift')[];
  readonly button?: 'left' | 'middle' | 'right';
};
export type ScreenshotOptions = {
  /** Size of the page in CSS pixels; the window's own when left out. */
  readonly width?: number;
  readonly height?: number;
  /** What `prefers-color-scheme` says, from now on. */
  readonly dark?: boolean;
};
export type BrowserOptions = {
  /** The folder of an unpacked extension. */
  readonly extensionDir?: string;
  /** A profile to go on with; a fresh one in the temporary folder when left out. */
  readonly profileDir?: string;
  /** A profile to begin with a copy of; only without `profileDir`. The browser that wrote it must have been closed. */
  readonly copiedProfile?: string;
  readonly isHeadless?: boolean;
  /** A server whose certificate, which nobody else has signed, is taken for valid. */
  readonly trusts?: SelfSignedServer;
  /** Names of hosts that lead to this machine, so that a page can have an address of the public web. */
  readonly namesOfThisMachine?: readonly string[];
  /** Preferences of Firefox, by their names in about:config; Chromium has nothing like them and ignores them. */
  readonly firefoxPreferences?: Readonly<Record<string, string | number | boolean>>;
};

/**
 * A real browser, driven the same way whichever it is, so that an end-to-end test is written once.
 * A missing element is waited for, 10 s at most. Input is trusted: pages see what a user's hand would cause.
 */
export type BrowserDriver = {
  readonly name: BrowserName;
  /** Where files that the user downloads land. */
  readonly downloadsDir: string;
  readonly profileDir: string;
  /** `chrome-extension://…` or `moz-extension://…`, without a slash at its end. */
  readonly extensionOrigin: string;
  /** Opens a URL in a new tab in front, and waits until it has loaded. */
  readonly open: (url: string) => Promise<Tab>;
  /** Opens a page of the extension, such as `popup.html`, in a new tab. */
  readonly openExtensionPage: (path: string) => Promise<Tab>;
  /** All open tabs, those that pages opened too. */
  readonly tabs: () => Promise<Tab[]>;
  readonly url: (tab: Tab) => Promise<string>;
  /** What the frames of a page show, by the browser's own word; a load that it refused is not there, or an error page. */
  readonly frameUrls: (tab: Tab) => Promise<string[]>;
  readonly closeTab: (tab: Tab) => Promise<void>;
  readonly click: (tab: Tab, css: string) => Promise<void>;
  readonly clickWith: (tab: Tab, css: string, options: ClickOptions) => Promise<void>;
  /** Empties a field and types into it; a long text may come all at once, as from a clipboard. */
  readonly fill: (tab: Tab, css: string, text: string) => Promise<void>;
  /** Presses one key in the element that has the focus: `Tab`, `Enter`, `Escape`, `ArrowDown`, or a letter. */
  readonly press: (tab: Tab, key: string) => Promise<void>;
  /**
   * Opens the context menu of an element and chooses an entry of the extension, by its id. Chromium draws that menu where
   * no program reaches it: there the extension's own listener is called, in its own process, with what the browser says.
   */
  readonly chooseFromMenu: (tab: Tab, css: string, entry: string) => Promise<void>;
  /** Types `rivulet`, a blank and a text into the address bar, and presses Enter. For Chromium see `chooseFromMenu`. */
  readonly enterAfterKeyword: (tab: Tab, text: string) => Promise<void>;
  readonly chooseFile: (tab: Tab, css: string, file: string) => Promise<void>;
  /**
   * Runs a function in the page, awaits it, and returns its result as JSON would carry it. Firefox runs it in a sandbox
   * that sees the page's globals but has Arrays and Uint8Arrays of its own: code that is long to stay in a page, such
   * as a library, belongs into a script of that page.
   */
  readonly evaluate: <Args extends readonly unknown[], Result>(
    tab: Tab,
    fn: PageFunction<Args, Result>,
    ...args: Args
  ) => Promise<Result>;
  /** Runs a function in the page until its result is truthy. */
  readonly waitFor: <Args extends readonly unknown[], Result>(
    tab: Tab,
    fn: PageFunction<Args, Result>,
    options?: { readonly timeoutMs?: number },
    ...args: Args
  ) => Promise<Truthy<Result>>;
  /** Writes a PNG of what the tab shows. */
  readonly screenshot: (tab: Tab, file: string, options?: ScreenshotOptions) => Promise<void>;
  /** Memory of each process of the browser, now. */
  readonly memory: () => ProcessMemory[];
  /**
   * Stops all service workers, as the browser does when they have been idle: Chromium's background is one. Firefox's
   * event page is stopped by a preference that says when.
   */
  readonly stopServiceWorkers: () => Promise<void>;
  /** Kills all processes of the browser at once, as a power cut would. `restart` is what remains possible. */
  readonly kill9: () => Promise<void>;
  /** Starts the browser again on the same profile, closing it first if it runs. */
  readonly restart: () => Promise<void>;
  /** Closes the browser; a profile that the lab made is deleted. */
  readonly close: () => Promise<void>;
};

/** Starts the named browser; installs it first where that is possible. */
export function startBrowser(name: BrowserName, options: BrowserOptions = {}): Promise<BrowserDriver> {
  return name === 'chromium' ? startChromiumDriver(options) : startFirefoxDriver(options);
}
