import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserDriver, Tab } from '../support/browser-driver.ts';

const LIMIT_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** How the popup calls the policies. */
export type PolicyWords = 'Fastest' | 'Balanced' | 'Spare the origin' | 'Peers off' | 'Origins off';

/**
 * Chooses the policy of one transfer in the list called "Policy" of its row in the popup.
 * @throws {Error} when the row has no such list, or the list no such policy, within ten seconds.
 */
export async function choosePolicy(browser: BrowserDriver, tab: Tab, id: string, words: PolicyWords): Promise<void> {
  let outcome = 'no row';
  const until = performance.now() + LIMIT_MS;
  while (performance.now() < until) {
    outcome = await browser.evaluate(tab, choose, id, words);
    if (outcome === 'chosen') return;
    await wait(LOOK_EVERY_MS);
  }
  throw new Error(`the policy "${words}" could not be chosen in the popup's row: ${outcome}`);
}

/** Runs in the popup. A script cannot open a native list; it can do what follows the choice. */
function choose(id: string, words: string): string {
  const row = document.querySelector(`li[data-id="${id}"]`);
  if (row === null) return 'there is no row of the transfer';
  const nameOf = (list: HTMLSelectElement): string => {
    const by = document.getElementById(list.getAttribute('aria-labelledby') ?? '')?.textContent;
    const label = [...(list.labels ?? [])].map((it) => [...it.childNodes].find((part) => part !== list)?.textContent);
    return (list.getAttribute('aria-label') ?? by ?? label[0] ?? '').trim();
  };
  const list = [...row.querySelectorAll('select')].find((it) => nameOf(it) === 'Policy');
  if (list === undefined) return 'the row has no list called "Policy"';
  const option = [...list.options].find((it) => it.text.trim() === words);
  if (option === undefined) return `the list has ${[...list.options].map((it) => it.text.trim()).join(', ')}`;
  list.value = option.value;
  list.dispatchEvent(new Event('input', { bubbles: true }));
  list.dispatchEvent(new Event('change', { bubbles: true }));
  return 'chosen';
}
