import type { BrowserDriver, Tab } from '../support/browser-driver.ts';
import { waitUntil } from '../support/wait-until.ts';
import { sendFrom } from './ask-engine.ts';
import { pathOfControl } from './page-path.ts';

const LIST = 'ul[aria-label="Transfers"]';
/** The choices of "Policy", in their order. */
export const POLICY_NAMES = ['Fastest', 'Balanced', 'Spare the origin', 'Peers off', 'Origins off'];
const BUSY = /^Adding/;
const FIELD = 'input[aria-label="Magnet link, torrent URL or info hash"]';

/** One transfer as the popup shows it. */
export type Row = {
  readonly id: string;
  readonly state: string;
  /** The accessible name of the item. */
  readonly name: string;
  readonly peerBytes: number;
  readonly originBytes: number;
  readonly percent: number;
  readonly status: string;
  /** The choice in its combobox "Policy", as it reads. */
  readonly policy: string;
  /** Share of downloaded bytes that peers brought, 0 to 1. */
  readonly offload: number;
  /** Accessible names of its buttons. */
  readonly buttons: readonly string[];
  /** Everything that can be read in it, on one line, a blank between two elements. */
  readonly text: string;
};

/** The list of transfers, driven and read as a user would: by names and words. */
export class TransferList {
  readonly #browser: BrowserDriver;
  readonly tab: Tab;

  private constructor(browser: BrowserDriver, tab: Tab) {
    this.#browser = browser;
    this.tab = tab;
  }

  /** Opens the popup in a tab and waits until the engine has told it what there is. */
  static async open(browser: BrowserDriver): Promise<TransferList> {
    const tab = await browser.openExtensionPage('popup.html');
    const isKnown = (list: string) => document.querySelector(`${list} > li, [aria-labelledby="empty-title"]`) !== null;
    await browser.waitFor(tab, isKnown, { timeoutMs: 20_000 }, LIST);
    return new TransferList(browser, tab);
  }

  /** Switches off that the add sheet asks before anything starts, by the command that its switch in the settings sends. */
  async startAtOnce(): Promise<void> {
    await sendFrom({ browser: this.#browser, tab: this.tab }, 'settings.set', { askFirst: false });
  }

  close(): Promise<void> {
    return this.#browser.closeTab(this.tab);
  }

  rows(): Promise<Row[]> {
    return this.#browser.evaluate(this.tab, readRows, LIST);
  }

  /** The row of a transfer, by its info hash, or by its name while that is unknown. */
  async row(key: string): Promise<Row | null> {
    const rows = await this.rows();
    return rows.find(({ id, name }) => id === key || name === key) ?? null;
  }

  /**
   * Waits until a row is as wished, and returns it.
   * @throws {Error} that tells how the row was last.
   */
  async until(key: string, wish: (row: Row) => boolean, { timeoutMs = 20_000 } = {}): Promise<Row> {
    let last: Row | null = null;
    try {
      return await waitUntil(
        async () => {
          last = await this.row(key);
          return last !== null && wish(last) ? last : null;
        },
        { timeoutMs, what: wish.toString() },
      );
    } catch (error) {
      throw new Error(`${(error as Error).message}\nThe row was last: ${JSON.stringify(last)}`, { cause: error });
    }
  }

  untilDone(key: string, options: { readonly timeoutMs?: number } = {}): Promise<Row> {
    return this.until(key, ({ state }) => state === 'done' || state === 'failed', options);
  }

  async untilGone(key: string): Promise<void> {
    await waitUntil(async () => (await this.row(key)) === null, { what: `${key} to leave the list` });
  }

  /** Presses a button of a row, or of the question that a row asks. */
  async press(key: string, button: string): Promise<void> {
    const { id } = await this.until(key, () => true);
    const path = await pathOfControl(this.#browser, this.tab, `li[data-id="${id}"]`, button);
    await this.#browser.click(this.tab, path);
  }

  /** Chooses a policy by its name, with the keyboard, as in every browser a closed list can be used. */
  async choosePolicy(key: string, policy: string): Promise<void> {
    const { id } = await this.until(key, () => true);
    const row = `li[data-id="${id}"]`;
    await pathOfControl(this.#browser, this.tab, row, 'Policy');
    const focus = (css: string) =>
      document.querySelector<HTMLElement>(`${css} select[aria-label=Policy]`)?.focus() ?? true;
    await this.#browser.evaluate(this.tab, focus, row);
    for (const key of ['Home', ...Array<string>(POLICY_NAMES.indexOf(policy)).fill('ArrowDown')]) {
      await this.#browser.press(this.tab, key);
    }
    await this.until(id, (row) => row.policy === policy);
  }

  /** Presses a control anywhere in the popup. */
  async pressAnywhere(name: string): Promise<void> {
    await this.#browser.click(this.tab, await pathOfControl(this.#browser, this.tab, 'body', name));
  }

  /** Adds a text when what was added before has been: until then the button does nothing. */
  async add(text: string): Promise<void> {
    await waitUntil(async () => !BUSY.test((await this.field()).words), { what: 'the last thing to be added' });
    await this.#browser.fill(this.tab, FIELD, text);
    await this.pressAnywhere('Add');
  }

  /** What is in the field, and what is written under it. */
  field(): Promise<{ text: string; words: string }> {
    return this.#browser.evaluate(
      this.tab,
      (css: string) => {
        const field = document.querySelector<HTMLInputElement>(css);
        const words = document.getElementById(field?.getAttribute('aria-describedby') ?? '')?.textContent ?? '';
        return { text: field?.value ?? '', words };
      },
      FIELD,
    );
  }

  async untilFieldSays(words: RegExp): Promise<{ text: string; words: string }> {
    return waitUntil(
      async () => {
        const field = await this.field();
        if (!words.test(field.words)) throw new Error(`it says: ${JSON.stringify(field)}`);
        return field;
      },
      { what: `the field to say ${words}` },
    );
  }
}

/** Runs in the popup. */
function readRows(list: string): Row[] {
  // Not innerText: it is empty where nothing is drawn, as in a tab at the back.
  const wordsOf = (element: Element): string => {
    if (element instanceof HTMLSelectElement) return element.selectedOptions[0]?.text ?? '';
    if (element.childElementCount === 0) return element.textContent ?? '';
    const isClosed = element instanceof HTMLDetailsElement && !element.open;
    const shown = isClosed ? [...element.children].slice(0, 1) : [...element.childNodes];
    return shown.map((node) => (node instanceof Element ? wordsOf(node) : node.textContent)).join(' ');
  };
  return [...document.querySelectorAll<HTMLElement>(`${list} > li`)].map((item) => ({
    id: item.dataset.id ?? '',
    state: item.dataset.state ?? '',
    name: item.getAttribute('aria-label') ?? '',
    peerBytes: Number(item.dataset.peerBytes),
    originBytes: Number(item.dataset.originBytes),
    percent: Number(item.querySelector('[role="progressbar"]')?.getAttribute('aria-valuenow')),
    status: item.querySelector('[role="status"]')?.textContent ?? '',
    policy: item.querySelector<HTMLSelectElement>('select[aria-label="Policy"]')?.selectedOptions[0]?.text ?? '',
    offload: Number(item.dataset.offload),
    buttons: [...item.querySelectorAll('button')].map(
      (button) => button.getAttribute('aria-label') ?? button.textContent ?? '',
    ),
    text: wordsOf(item).replaceAll(/\s+/g, ' ').trim(),
  }));
}
