import { isPrivateHost } from '../model/private-host.ts';
import type { PageSource } from '../platform/webext/command-source.ts';

/** What a browser says of the request that an answer belongs to. Chrome knows the page's origin alone. */
export type AnsweredRequest = {
  readonly url: string;
  readonly tabId: number;
  readonly initiator?: string | undefined;
  readonly originUrl?: string | undefined;
  readonly incognito?: boolean | undefined;
  readonly cookieStoreId?: string | undefined;
};

/** One answer is taken from a tab within this time: a page cannot fill the list by going from file to file. */
const PAUSE_MS = 1_000;
const MAX_REMEMBERED = 100;

/**
 * Where a torrent came from that a server answered with, or null when it is to be left to the browser: what a page of
 * an extension asked for, what a public page finds in the local network, and more than one in a second. An address that
 * no page led to, as one that was typed, counts as the server's own.
 */
export class AnswerSources {
  readonly #takenAtMs = new Map<number, number>();

  of(
    { url, tabId, initiator, originUrl, incognito, cookieStoreId }: AnsweredRequest,
    nowMs: number,
  ): PageSource | null {
    const page = originUrl ?? initiator ?? url;
    const isOnWeb = /^https?:/i.test(page);
    if (tabId < 0 || /^(?:moz|chrome)-extension:/i.test(page)) return null;
    const isPublic = !isOnWeb || !isPrivateHost(new URL(page).hostname);
    if (isPublic && isPrivateHost(new URL(url).hostname)) return null;
    if (nowMs - (this.#takenAtMs.get(tabId) ?? Number.NEGATIVE_INFINITY) < PAUSE_MS) return null;
    if (this.#takenAtMs.size >= MAX_REMEMBERED) this.#takenAtMs.clear();
    this.#takenAtMs.set(tabId, nowMs);
    const isPrivateWindow = incognito === true;
    const isApart = isPrivateWindow || (cookieStoreId ?? 'firefox-default') !== 'firefox-default';
    return { kind: 'page', pageUrl: isOnWeb ? page : null, isApart, isPrivateWindow, atMs: nowMs, isUnasked: true };
  }
}
