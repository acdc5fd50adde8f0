import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserDriver, Tab } from '../support/browser-driver.ts';

/**
 * Copies a built extension, and has the copy count what its engine sends to screens and to the background. Its own code is
 * not touched: a script before it counts calls. The copy has a page more, which is no screen, to read the count in; and
 * its manager can be told that it cannot be seen, because a browser without a screen shows all of its tabs.
 */
export function withTrafficCount(extensionDir: string, outDir: string): void {
  cpSync(extensionDir, outDir, { recursive: true });
  writeFileSync(join(outDir, 'count.js'), `(${countSent})();`);
  writeFileSync(join(outDir, 'hide.js'), `(${hideWhenTold})();`);
  writeFileSync(join(outDir, 'bare.html'), '<!doctype html><title>Bare</title>');
  const host = join(outDir, 'engine-host.html');
  if (existsSync(host)) addScript(host, 'count.js');
  else {
    const file = join(outDir, 'manifest.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    manifest.background.scripts = ['count.js', ...manifest.background.scripts];
    writeFileSync(file, JSON.stringify(manifest));
  }
  // The welcome page is open since the extension was installed, and is at the back as far as the user sees.
  for (const page of ['manager.html', 'welcome.html']) addScript(join(outDir, page), 'hide.js');
}

/** How many messages the engine has sent since it began, by a page of such a copy. */
export const sentSoFar = (browser: BrowserDriver, bare: Tab): Promise<number> =>
  browser.evaluate(bare, () => Number(localStorage.getItem('test-sent') ?? 0));

/** Has a page of the manager, in such a copy, believe that it can be seen, or that it cannot. */
export const letBeSeen = (browser: BrowserDriver, tab: Tab, isSeen: boolean): Promise<void> =>
  browser.evaluate(
    tab,
    (event: string) => void document.dispatchEvent(new Event(event)),
    isSeen ? 'test-show' : 'test-hide',
  );

function addScript(page: string, script: string): void {
  const html = readFileSync(page, 'utf8').replace('<head>', `<head><script src="/${script}"></script>`);
  writeFileSync(page, html);
}

/** Runs where the engine does, before it. */
function countSent(): void {
  let sent = 0;
  const count = () => {
    sent += 1;
    localStorage.setItem('test-sent', String(sent));
  };
  const { runtime } = chrome;
  const send = runtime.sendMessage.bind(runtime) as (...args: unknown[]) => unknown;
  Object.assign(runtime, {
    sendMessage: (...args: unknown[]) => {
      count();
      return send(...args);
    },
  });
  runtime.onConnect.addListener((port) => {
    const post = port.postMessage.bind(port);
    port.postMessage = (message: unknown) => {
      count();
      post(message);
    };
  });
}

/** Runs in a screen, before its own script. */
function hideWhenTold(): void {
  let isHidden = location.pathname === '/welcome.html';
  Object.defineProperty(document, 'hidden', { get: () => isHidden });
  const tell = (hidden: boolean) => () => {
    isHidden = hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  document.addEventListener('test-hide', tell(true));
  document.addEventListener('test-show', tell(false));
}
