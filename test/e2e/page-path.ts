import type { BrowserDriver, Tab } from '../support/browser-driver.ts';

/**
 * Finds a control by its accessible name inside the element that `scope` selects, waits for it, and returns a CSS path
 * to it: this is how a test presses what a user reads, with drivers that click by CSS. The control is marked, so that the
 * path leads to it wherever it is drawn next.
 */
export function pathOfControl(browser: BrowserDriver, tab: Tab, scope: string, name: string): Promise<string> {
  return browser.waitFor(tab, findControl, {}, scope, name);
}

/** Runs in the page. */
function findControl(scope: string, wanted: string): string | null {
  const nameOf = (control: Element): string => {
    const labels = (control.getAttribute('aria-labelledby') ?? '').split(' ').filter((id) => id !== '');
    const label = control.getAttribute('aria-label') ?? control.closest('label')?.textContent;
    const text = labels.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    return (text || (label ?? control.textContent ?? '')).trim();
  };
  const controls = document.querySelector(scope)?.querySelectorAll('button, input, select, a, summary') ?? [];
  const control = [...controls].find((candidate) => nameOf(candidate) === wanted);
  if (control === undefined) return null;
  const mark = control.getAttribute('data-found') ?? crypto.randomUUID();
  control.setAttribute('data-found', mark);
  return `[data-found="${mark}"]`;
}
