import type { Command, Input, Output, Reply } from '../../src/model/commands.ts';
import type { BrowserDriver, Tab } from '../support/browser-driver.ts';
import { waitUntil } from '../support/wait-until.ts';
import { pathOfControl } from './page-path.ts';

const PANE = '.detail-pane';

/** The detail of one transfer in the page of all transfers, driven and read as a user would: by roles, names and words. */
export class DetailPage {
  readonly #browser: BrowserDriver;
  readonly tab: Tab;

  private constructor(browser: BrowserDriver, tab: Tab) {
    this.#browser = browser;
    this.tab = tab;
  }

  /** Opens the page in a tab, and in it the transfer. */
  static async open(browser: BrowserDriver, id: string): Promise<DetailPage> {
    const tab = await browser.openExtensionPage('manager.html');
    const row = `[role="row"][data-id="${id}"] [data-column="name"]`;
    await browser.waitFor(tab, (css: string) => document.querySelector(css) !== null, { timeoutMs: 20_000 }, row);
    await browser.click(tab, row);
    await browser.waitFor(tab, () => document.querySelector('.detail [role="tab"]') !== null);
    return new DetailPage(browser, tab);
  }

  /** The names of its tabs, and the one that is chosen. */
  tabs(): Promise<{ readonly names: readonly string[]; readonly chosen: string | null }> {
    return this.#browser.evaluate(this.tab, () => {
      const tabs = [...document.querySelectorAll('[role="tablist"] [role="tab"]')];
      const chosen = tabs.find((tab) => tab.getAttribute('aria-selected') === 'true');
      return { names: tabs.map((tab) => tab.textContent ?? ''), chosen: chosen?.textContent ?? null };
    });
  }

  /** Chooses a tab by its name. */
  choose(name: string): Promise<void> {
    return this.press(name, `${PANE} [role="tablist"]`);
  }

  async press(name: string, scope = PANE): Promise<void> {
    await this.#browser.click(this.tab, await pathOfControl(this.#browser, this.tab, scope, name));
  }

  /** A path to the field that has this label. */
  field(label: string): Promise<string> {
    return this.#browser.waitFor(
      this.tab,
      (pane: string, label: string) => {
        const labels = [...document.querySelectorAll<HTMLLabelElement>(`${pane} label`)];
        const id = labels.find(({ textContent }) => textContent === label)?.htmlFor ?? '';
        return id === '' ? null : `[id="${id}"]`;
      },
      {},
      PANE,
      label,
    );
  }

  /** What the region "Diagnosis" says. */
  diagnosis(): Promise<string> {
    return this.#browser.evaluate(
      this.tab,
      () => document.querySelector('section[aria-label="Diagnosis"]')?.textContent ?? '',
    );
  }

  /** How many pieces the map's legend counts, by look. */
  pieces(): Promise<Readonly<Record<string, number>>> {
    return this.#browser.evaluate(this.tab, () =>
      Object.fromEntries(
        [...document.querySelectorAll<HTMLElement>('.map-legend [data-look]')].map((item) => [
          item.dataset.look ?? '',
          Number(item.dataset.count),
        ]),
      ),
    );
  }

  /** All that the detail says, on one line. */
  words(): Promise<string> {
    return this.#browser.evaluate(
      this.tab,
      (pane: string) => {
        const text = (document.querySelector<HTMLElement>(pane)?.innerText ?? '').replaceAll(/\s+/g, ' ');
        return text;
      },
      PANE,
    );
  }

  /** Waits until what is read is as wished. @throws {Error} that tells how it was last. */
  async until<T>(read: () => Promise<T>, wish: (told: T) => boolean): Promise<T> {
    let last: T | undefined;
    try {
      return await waitUntil(
        async () => {
          last = await read();
          return wish(last) ? { last } : null;
        },
        { timeoutMs: 30_000, what: wish.toString() },
      ).then(({ last }) => last);
    } catch (error) {
      throw new Error(`${(error as Error).message}\nIt was last: ${JSON.stringify(last)}`, { cause: error });
    }
  }

  /** What the engine answers to a command of a page of ours. */
  async ask<C extends Command>(command: C, input: Input<C>): Promise<Output<C>> {
    const message = JSON.stringify({ to: 'background', kind: 'command', command, input });
    const text = await this.#browser.evaluate(
      this.tab,
      async (sent: string) => JSON.stringify(await chrome.runtime.sendMessage(JSON.parse(sent))),
      message,
    );
    const reply = JSON.parse(text) as Reply<C>;
    if (!reply.ok) throw new Error(JSON.stringify(reply.failure));
    return reply.output;
  }

  close(): Promise<void> {
    return this.#browser.closeTab(this.tab);
  }
}
