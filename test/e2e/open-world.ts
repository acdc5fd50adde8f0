import type { BrowserName } from '../../tools/ensure-browsers.ts';
import type { BrowserDriver, BrowserOptions, Tab } from '../support/browser-driver.ts';
import { type Lab, openLab } from '../support/lab.ts';
import { type MadeTorrent, makeTorrent, type TorrentInput } from '../support/make-torrent.ts';
import type { OriginServer } from '../support/origin-server.ts';
import { pseudoRandomBytes } from '../support/payload.ts';
import { TransferList } from './transfer-list.ts';

/** Both browsers: each end-to-end test is written once and runs in either. */
export const BROWSERS = ['chromium', 'firefox'] as const;

export const KIB = 1_024;
export const MIB = 1_048_576;

/** One browser with the extension as a user has it after installing it, its list in a tab, and the lab around it. */
export type World = {
  readonly lab: Lab;
  readonly browser: BrowserDriver;
  readonly list: TransferList;
  /** The server of the pages that are visited; often an origin too. */
  readonly site: OriginServer;
  /** A single file of random bytes, which no other test shares. */
  readonly newTorrent: (lengthBytes: number, more?: Partial<TorrentInput>) => MadeTorrent;
  /** Opens a page with one link and clicks it. */
  readonly clickLink: (href: string) => Promise<Tab>;
  readonly close: () => Promise<void>;
};

/** Starts a browser with the built extension. */
export async function openWorld(name: BrowserName, options: BrowserOptions = {}): Promise<World> {
  const lab = openLab();
  const site = await lab.origin();
  const browser = await lab.browser(name, { extensionDir: extensionDir(name), ...options });
  const list = await TransferList.open(browser);
  await browser.evaluate(list.tab, startAtOnce);
  let torrentCount = 0;
  return {
    lab,
    browser,
    list,
    site,
    newTorrent: (lengthBytes, more = {}) => {
      torrentCount += 1;
      const fileName = `${name} ${torrentCount}.bin`;
      const content = pseudoRandomBytes(torrentCount, lengthBytes);
      return makeTorrent({ name: fileName, content, pieceLengthBytes: 64 * KIB, ...more });
    },
    clickLink: async (href) => {
      site.servePage('/page', pageWith(href));
      const tab = await browser.open(`${site.url}/page`);
      await browser.click(tab, '#link');
      return tab;
    },
    close: () => lab.close(),
  };
}

/** Runs in the list: what a click adds starts without a question, unless a test says otherwise. */
const startAtOnce = (): Promise<unknown> =>
  chrome.runtime.sendMessage({
    to: 'background',
    kind: 'command',
    command: 'settings.set',
    input: { askFirst: false },
  });

/** Where the build of one browser is. */
export const extensionDir = (name: BrowserName): string => (name === 'chromium' ? 'dist/chrome' : 'dist/firefox');

const pageWith = (href: string): string =>
  `<!doctype html><title>Page</title><a id="link" href="${href.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">link</a>`;
