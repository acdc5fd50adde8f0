import { inject } from 'vitest';
import type { BrowserName } from '../../tools/ensure-browsers.ts';
import type { BrowserDriver, BrowserOptions, Tab } from '../support/browser-driver.ts';
import { type Lab, openLab } from '../support/lab.ts';
import { type MadeTorrent, makeTorrent, type TorrentInput } from '../support/make-torrent.ts';
import type { OriginServer } from '../support/origin-server.ts';
import { pseudoRandomBytes } from '../support/payload.ts';
import { extensionDir } from './extension-dir.ts';
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
  /** The magnet link of such a file, as an attribute has it. */
  readonly newMagnet: () => { readonly infoHash: string; readonly href: string };
  /** What the site was asked for at a path. */
  readonly requestsFor: (path: string) => OriginServer['requests'];
  /** Opens a page with one link and clicks it. */
  readonly clickLink: (href: string) => Promise<Tab>;
  readonly close: () => Promise<void>;
};

export type WorldOptions = BrowserOptions & {
  /** Leaves the add sheet on, as after installing; else what is clicked starts at once. */
  readonly asksFirst?: boolean;
};

/** Starts a browser with the built extension. */
export async function openWorld(name: BrowserName, options: WorldOptions = {}): Promise<World> {
  const { asksFirst = false, ...browserOptions } = options;
  const lab = openLab();
  const site = await lab.origin();
  const browser = await lab.browser(name, {
    extensionDir: extensionDir(name),
    ...(name === 'firefox' && !('extensionDir' in options) ? { copiedProfile: inject('firefoxProfile') } : {}),
    ...browserOptions,
  });
  const list = await TransferList.open(browser);
  if (!asksFirst) await list.startAtOnce();
  let torrentCount = 0;
  const newTorrent: World['newTorrent'] = (lengthBytes, more = {}) => {
    torrentCount += 1;
    const fileName = `${name} ${torrentCount}.bin`;
    const content = pseudoRandomBytes(torrentCount, lengthBytes);
    return makeTorrent({ name: fileName, content, pieceLengthBytes: 64 * KIB, ...more });
  };
  return {
    lab,
    browser,
    list,
    site,
    newTorrent,
    newMagnet: () => {
      const { infoHash, magnet } = newTorrent(KIB);
      return { infoHash, href: escaped(magnet()) };
    },
    requestsFor: (path) => site.requests.filter((request) => request.path === path),
    clickLink: async (href) => {
      site.servePage('/page', pageWith(href));
      const tab = await browser.open(`${site.url}/page`);
      await browser.click(tab, '#link');
      return tab;
    },
    close: () => lab.close(),
  };
}

/** A text as an attribute has it. */
export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

const pageWith = (href: string): string =>
  `<!doctype html><title>Page</title><a id="link" href="${escaped(href)}">link</a>`;
