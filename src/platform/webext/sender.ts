import { api } from './api.ts';

/** What the browser says of the sender of a message or the opener of a port. */
export type SenderFacts = {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  readonly origin?: string | undefined;
  readonly tab?: SenderTab | undefined;
};

type SenderTab = {
  readonly id?: number | undefined;
  readonly incognito?: boolean | undefined;
  /** Firefox: which jar of cookies the tab has. */
  readonly cookieStoreId?: string | undefined;
};

/** Who we are: the extension's id and the address of its root, with the slash at the end. */
export type Self = { readonly id: string; readonly rootUrl: string };

/** `ui` is a page of ours that a user sees, `page` the content script in somebody's page, `stranger` anything else. */
export type SenderKind = 'background' | 'engine-host' | 'ui' | 'page' | 'stranger';

/** Where Chrome runs the two processes that have no screen; the build gives these files their names. */
export const BACKGROUND_FILE = 'background.js';
export const HOST_PAGE = 'engine-host.html';

/**
 * Tells who sent a message, from the browser's facts alone. What cannot be told is a stranger: no address, a foreign
 * extension, or a page of ours with a foreign origin (a sandboxed frame).
 */
export function senderKind(sender: SenderFacts, self: Self): SenderKind {
  if (sender.id !== self.id || sender.url === undefined) return 'stranger';
  if (!sender.url.startsWith(self.rootUrl)) return sender.tab === undefined ? 'stranger' : 'page';
  if (sender.origin !== undefined && `${sender.origin}/` !== self.rootUrl) return 'stranger';
  if (sender.tab !== undefined) return 'ui';
  const path = sender.url.slice(self.rootUrl.length).replace(/[?#].*$/s, '');
  if (path === BACKGROUND_FILE) return 'background';
  return path === HOST_PAGE ? 'engine-host' : 'ui';
}

/**
 * The web address that a click came from: the frame's own, or its inherited origin (`about:blank`, `blob:`). Null when
 * it has neither, as in a sandboxed frame.
 */
export function pageUrlOf(sender: SenderFacts): string | null {
  const isWebUrl = (url: string | undefined): url is string => url !== undefined && /^https?:\/\//i.test(url);
  return [sender.url, sender.origin].find(isWebUrl) ?? null;
}

/** Whether a page is in a private window, or in a container of Firefox's: what it does has cookies of its own. */
export const isApart = ({ tab }: SenderFacts): boolean =>
  tab?.incognito === true || !ORDINARY_COOKIES.has(tab?.cookieStoreId ?? '');

/** Chrome names none, or `0`. */
const ORDINARY_COOKIES: ReadonlySet<string> = new Set(['', '0', 'firefox-default']);

/** This extension, as {@link senderKind} wants it. */
export const thisExtension = (): Self => ({ id: api.runtime.id, rootUrl: api.runtime.getURL('/') });
