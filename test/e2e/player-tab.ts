import type { BrowserDriver, Tab } from '../support/browser-driver.ts';
import { waitUntil } from '../support/wait-until.ts';

/** What a player shows: its heading, and the words of a text. */
export type Shown = { readonly tab: Tab; readonly heading: string; readonly text: string };

/** Waits for the tab of a player whose address ends so, and for the text that it shows. */
export async function shownIn(browser: BrowserDriver, address: string): Promise<Shown> {
  const patience = { timeoutMs: 30_000, what: `${address} to open` };
  const tab = await waitUntil(async () => {
    for (const open of await browser.tabs()) if ((await browser.url(open)).endsWith(address)) return open;
    return null;
  }, patience);
  const read = () => {
    const text = document.querySelector('.text pre')?.textContent;
    const heading = document.querySelector('h1')?.textContent;
    return text == null || heading == null ? null : { text, heading };
  };
  return { tab, ...(await browser.waitFor(tab, read, patience)) };
}
