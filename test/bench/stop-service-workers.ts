import type { BrowserDriver } from '../support/browser-driver.ts';

/** Stops every service worker of a Chromium, as the browser itself does after half a minute without work. */
export async function stopServiceWorkers(browser: BrowserDriver): Promise<void> {
  const tab = await browser.open('chrome://serviceworker-internals/');
  await browser.waitFor(tab, () => {
    const statuses = [...document.querySelectorAll('.serviceworker-running-status .value')].map((it) => it.textContent);
    for (const button of document.querySelectorAll<HTMLElement>('[data-command="stop"]')) button.click();
    return statuses.length > 0 && statuses.every((status) => status?.trim() === 'STOPPED');
  });
  await browser.closeTab(tab);
}
