import type { BrowserDriver, ClickOptions, Tab } from '../support/browser-driver.ts';
import { waitUntil } from '../support/wait-until.ts';
import { pathOfControl } from './page-path.ts';

/** One transfer as the manager's grid shows it. */
export type ManagerRow = {
  readonly id: string;
  readonly state: string;
  /** The accessible name of the row. */
  readonly name: string;
  readonly isChosen: boolean;
  /** What each cell says, by its column. */
  readonly cells: Readonly<Record<string, string>>;
};

/** The page of all transfers, driven and read as a user would: by roles, names and words. */
export class ManagerPage {
  readonly #browser: BrowserDriver;
  readonly tab: Tab;

  private constructor(browser: BrowserDriver, tab: Tab) {
    this.#browser = browser;
    this.tab = tab;
  }

  /** Opens the page in a tab, and waits until it knows what there is. */
  static async open(browser: BrowserDriver): Promise<ManagerPage> {
    const tab = await browser.openExtensionPage('manager.html');
    const page = new ManagerPage(browser, tab);
    const isKnown = () =>
      document.querySelector('[role="grid"][aria-label="Transfers"] [role="row"], [aria-labelledby="empty-title"]') !==
      null;
    await browser.waitFor(tab, isKnown, { timeoutMs: 20_000 });
    return page;
  }

  rows(): Promise<ManagerRow[]> {
    return this.#browser.evaluate(this.tab, readGrid);
  }

  /** Waits until the rows are as wished. @throws {Error} that tells how they were last. */
  async until(wish: (rows: readonly ManagerRow[]) => boolean, { timeoutMs = 20_000 } = {}): Promise<ManagerRow[]> {
    let last: ManagerRow[] = [];
    try {
      return await waitUntil(
        async () => {
          last = await this.rows();
          return wish(last) ? last : null;
        },
        { timeoutMs, what: wish.toString() },
      );
    } catch (error) {
      throw new Error(`${(error as Error).message}\nThe rows were last: ${JSON.stringify(last)}`, { cause: error });
    }
  }

  /** Waits until these transfers, and no others, are shown, in this order. */
  untilShown(...ids: readonly string[]): Promise<ManagerRow[]> {
    const wanted = ids.join();
    return this.until((rows) => rows.map(({ id }) => id).join() === wanted);
  }

  untilState(state: string, ...ids: readonly string[]): Promise<ManagerRow[]> {
    return this.until((rows) => ids.every((id) => rows.find((row) => row.id === id)?.state === state));
  }

  /** Clicks a row, on its name. */
  async click(id: string, options: ClickOptions = {}): Promise<void> {
    await this.#browser.clickWith(this.tab, `[role="row"][data-id="${id}"] [data-column="name"]`, options);
  }

  /** Presses a control by its name. */
  async press(name: string, scope = 'body'): Promise<void> {
    await this.#browser.click(this.tab, await pathOfControl(this.#browser, this.tab, scope, name));
  }

  key(key: string): Promise<void> {
    return this.#browser.press(this.tab, key);
  }

  fill(css: string, text: string): Promise<void> {
    return this.#browser.fill(this.tab, css, text);
  }

  /** All that the page says, on one line. */
  words(): Promise<string> {
    return this.#browser.evaluate(this.tab, () => (document.body.textContent ?? '').replaceAll(/\s+/g, ' '));
  }

  async untilSays(words: RegExp): Promise<string> {
    return waitUntil(
      async () => {
        const said = await this.words();
        return words.test(said) ? said : null;
      },
      { what: `the page to say ${words}` },
    );
  }

  close(): Promise<void> {
    return this.#browser.closeTab(this.tab);
  }
}

/** Runs in the page. */
function readGrid(): ManagerRow[] {
  const rows = [...document.querySelectorAll<HTMLElement>('[role="grid"][aria-label="Transfers"] [data-id]')];
  return rows
    .sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
    .map((row) => ({
      id: row.dataset.id ?? '',
      state: row.dataset.state ?? '',
      name: document.getElementById(row.getAttribute('aria-labelledby') ?? '')?.textContent ?? '',
      isChosen: row.getAttribute('aria-selected') === 'true',
      cells: Object.fromEntries(
        [...row.querySelectorAll<HTMLElement>('[role="gridcell"][data-column]')].map((cell) => [
          cell.dataset.column ?? '',
          (cell.textContent ?? '').trim(),
        ]),
      ),
    }));
}
