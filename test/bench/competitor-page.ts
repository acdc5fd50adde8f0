import type { BrowserName } from '../../tools/ensure-browsers.ts';
import type { BrowserDriver, Tab } from '../support/browser-driver.ts';
import type { Lab } from '../support/lab.ts';
import type { PlainInPage, PlainResult } from './competitor/plain-fetch.ts';
import type { RawInPage, RawResult } from './competitor/raw-channel.ts';
import type { StockInPage, StockResult, WireResult } from './competitor/stock-webtorrent.ts';
import type { Workplace } from './workplace.ts';

type InPage = Window & PlainInPage & StockInPage & RawInPage;

/** The competitors, in a page of an extension of their own, in a browser of their own. */
export class CompetitorPage {
  readonly #browser: BrowserDriver;
  readonly #tab: Tab;

  private constructor(browser: BrowserDriver, tab: Tab) {
    this.#browser = browser;
    this.#tab = tab;
  }

  static async open(workplace: Workplace, lab: Lab, name: BrowserName): Promise<CompetitorPage> {
    const browser = await lab.browser(name, { extensionDir: await workplace.competitorExtension(name) });
    const tab = await browser.openExtensionPage('competitor.html');
    await browser.waitFor(tab, () => 'plainFetch' in window && 'stockDownload' in window && 'rawOffer' in window);
    return new CompetitorPage(browser, tab);
  }

  plainFetch(url: string): Promise<PlainResult> {
    return this.#browser.evaluate(this.#tab, (it: string) => (window as unknown as InPage).plainFetch(it), url);
  }

  /** Six requests at a time, each to a file of its own. */
  plainFiles(urls: readonly string[]): Promise<PlainResult> {
    return this.#browser.evaluate(
      this.#tab,
      (them: readonly string[]) => (window as unknown as InPage).plainFiles(them),
      urls,
    );
  }

  hashedFetch(url: string, pieceLengthBytes: number): Promise<PlainResult> {
    return this.#browser.evaluate(
      this.#tab,
      (it: string, length: number) => (window as unknown as InPage).hashedFetch(it, length),
      url,
      pieceLengthBytes,
    );
  }

  stockDownload(torrentUrl: string, limitMs: number): Promise<StockResult> {
    return this.#browser.evaluate(
      this.#tab,
      (url: string, limit: number) => (window as unknown as InPage).stockDownload(url, limit),
      torrentUrl,
      limitMs,
    );
  }

  /** Takes every block from one webtorrent seeder and keeps none. */
  wireDownload(torrentUrl: string, lengthBytes: number, pieceLengthBytes: number): Promise<WireResult> {
    return this.#browser.evaluate(
      this.#tab,
      (url: string, length: number, pieceLength: number) =>
        (window as unknown as InPage).wireDownload(url, length, pieceLength),
      torrentUrl,
      lengthBytes,
      pieceLengthBytes,
    );
  }

  /** Receives from a page in another browser that has the same functions. */
  async rawDownload(sender: BrowserDriver, senderTab: Tab, lengthBytes: number): Promise<RawResult> {
    for (;;) {
      const result = await this.#tryRaw(sender, senderTab, lengthBytes);
      if (result !== null) return result;
    }
  }

  async #tryRaw(sender: BrowserDriver, senderTab: Tab, lengthBytes: number): Promise<RawResult | null> {
    const offer = await this.#browser.evaluate(
      this.#tab,
      (length: number) => (window as unknown as InPage).rawOffer(length),
      lengthBytes,
    );
    const answer = await sender.evaluate(
      senderTab,
      (description: string, length: number) => (window as unknown as InPage).rawSend(description, length),
      offer,
      lengthBytes,
    );
    return this.#browser.evaluate(
      this.#tab,
      (description: string) => (window as unknown as InPage).rawReceive(description),
      answer,
    );
  }
}
