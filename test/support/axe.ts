import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { BrowserDriver, Tab } from './browser-driver.ts';

/** WCAG 2.2 at the levels A and AA, and what axe-core itself advises. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
/** What dark colours can change: everything else was found in the light ones. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * A script for a page that axe-core is to look at: axe, and what calls it. The page's server, or the folder of the
 * extension, must have it, as the pages' policies demand; {@link faultsIn} then asks it.
 */
export async function axeScript(): Promise<string> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  return `${axe}
    document.addEventListener('check', async () => {
      const root = document.documentElement;
      const faults = [];
      // What lies behind a question or a menu is looked at where it lies open.
      const include = document.querySelector('dialog[open], [role="dialog"], [role="menu"]') ?? document;
      const exclude = [...document.querySelectorAll('[role="row"]:nth-child(n + 8)')]; // alike, and many
      const look = async (scheme, type, values) => {
        root.style.colorScheme = scheme; // our colours are all of light-dark()
        for (const moving of document.getAnimations()) if (moving.effect.getTiming().iterations !== Infinity) moving.finish();
        const { violations } = await axe.run({ include, exclude }, { runOnly: { type, values }, resultTypes: ['violations'] });
        for (const { id, nodes } of violations)
          for (const { target, html } of nodes) faults.push(scheme + ' ' + id + ': ' + target + ' ' + html.slice(0, 160));
      };
      await look('light', 'tag', ${JSON.stringify(TAGS)});
      await look('dark', 'rule', ${JSON.stringify(COLOUR_RULES)});
      root.style.removeProperty('color-scheme');
      root.dataset.faults = JSON.stringify(faults);
    });`;
}

/** What axe-core finds in a page as it is now, in light and in dark colours. `script` is where its server has {@link axeScript}. */
export async function faultsIn(browser: BrowserDriver, tab: Tab, script: string): Promise<string[]> {
  await bringAxe(browser, tab, script);
  await browser.evaluate(tab, () => {
    delete document.documentElement.dataset.faults;
    document.dispatchEvent(new CustomEvent('check'));
  });
  // A page of many rows takes a loaded machine long.
  const told = await browser.waitFor(tab, () => document.documentElement.dataset.faults, { timeoutMs: 60_000 });
  return JSON.parse(told);
}

/** Has a page load {@link axeScript}. It stays there, also when its server has gone. */
export const bringAxe = (browser: BrowserDriver, tab: Tab, script: string): Promise<void> =>
  browser.evaluate(tab, bringScript, script);

/** Runs in the page. */
async function bringScript(src: string): Promise<void> {
  if (document.documentElement.dataset.hasAxe !== undefined) return;
  document.documentElement.dataset.hasAxe = '';
  await new Promise<unknown>((loaded, failed) => {
    const script = document.createElement('script');
    script.onload = loaded;
    script.onerror = () => failed(new Error(`the page has no ${src}`));
    script.src = src;
    document.head.append(script);
  });
}
