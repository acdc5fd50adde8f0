import type { Firefox } from './firefox.ts';
import { clickElementWith } from './firefox-input.ts';
import { waitUntil } from './wait-until.ts';

/** Opens the context menu of an element of the tab in front, and chooses the entry of an extension that has this id. */
export async function chooseFromMenu({ marionette, execChrome }: Firefox, css: string, entry: string): Promise<void> {
  await clickElementWith(marionette, css, { button: 'right' });
  await waitUntil(() => execChrome(chooseIfOpen, `-menuitem-_${entry}`), { what: `the menu to have ${entry}` });
}

/** Types into the address bar, in front of the tab, and presses Enter. */
export async function enterInAddressBar({ execChrome }: Firefox, text: string): Promise<void> {
  await execChrome(enterText, text);
}

/** What the frames of the tab in front show. */
export const frameUrlsInFront = ({ execChrome }: Firefox): Promise<string[]> => execChrome(readFrameUrls);

/** Runs in the window. */
function readFrameUrls(): string[] {
  const { gBrowser } = globalThis as unknown as { gBrowser: FirefoxTabs };
  return gBrowser.selectedBrowser.browsingContext.children.map(({ currentWindowGlobal }) =>
    String(currentWindowGlobal?.documentURI?.spec),
  );
}

/** Runs in the window. */
function chooseIfOpen(idEnding: string): boolean {
  const menu = document.getElementById('contentAreaContextMenu') as (HTMLElement & FirefoxMenu) | null;
  if (menu?.state !== 'open') return false;
  const item = menu.querySelector<HTMLElement & FirefoxMenuItem>(`[id$="${idEnding}"]`);
  if (item === null || item.hidden) return false;
  item.doCommand();
  menu.hidePopup();
  return true;
}

/** Runs in the window. */
async function enterText(text: string): Promise<void> {
  const { gURLBar } = globalThis as unknown as { gURLBar: FirefoxAddressBar };
  gURLBar.focus();
  gURLBar.search(text);
  await gURLBar.lastQueryContextPromise;
  gURLBar.handleCommand(new KeyboardEvent('keydown', { key: 'Enter' }));
}

type FirefoxTabs = {
  readonly selectedBrowser: {
    readonly browsingContext: {
      readonly children: readonly {
        readonly currentWindowGlobal?: { readonly documentURI?: { readonly spec: string } };
      }[];
    };
  };
};
type FirefoxMenu = { readonly state: string; hidePopup(): void };
type FirefoxMenuItem = { doCommand(): void };
type FirefoxAddressBar = {
  focus(): void;
  search(text: string): void;
  readonly lastQueryContextPromise: Promise<unknown>;
  handleCommand(event: Event): void;
};
