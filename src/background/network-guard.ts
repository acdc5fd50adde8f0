import type { NetworkLeave } from '../model/host-link.ts';
import { isPrivateHost } from '../model/private-host.ts';
import { api } from '../platform/webext/api.ts';
import { turns } from '../platform/webext/turns.ts';
import { allowRule, guardRules } from './guard-rules.ts';

/** The engine's requests; pages of ours that a user sees are in tabs, and ask what their user named. */
export const OURS: chrome.webRequest.RequestFilter = {
  urls: ['<all_urls>'],
  types: ['xmlhttprequest', 'websocket'],
  tabId: -1,
};
const MAX_REMEMBERED = 100;

type Request = { readonly url: string; readonly initiator?: string; readonly originUrl?: string };

/** Above those of the engine's hosts. */
const OWN_RULE = 1_000_000;
const inTurn = turns();
let ownHost: string | null = null;

/** Where redirects began, by request. */
const firstUrls = new Map<string, string>();
/** Firefox's copy: there the engine lives in this same page, and says it anew whenever the page is loaded. */
let leave: NetworkLeave = { isLifted: false, hosts: [] };

/**
 * Guards this machine and the local network, whatever redirects say: no request of the engine's goes to an address that
 * is private by its name unless the engine has said that it may. Chrome keeps the rules itself, and while the background
 * sleeps; Firefox asks this page. To be called at once when the script runs.
 * @param onRedirect Hears of requests that were led inside, whether or not they got there.
 */
export function watchNetwork(onRedirect: (fromUrl: string, toUrl: string) => void): void {
  if (api.declarativeNetRequest === undefined) {
    api.webRequest.onBeforeRequest.addListener(
      (request) => ({ cancel: isOurs(request) && !mayReach(request.url) }),
      OURS,
      ['blocking'],
    );
  }
  api.webRequest.onBeforeRedirect.addListener((request) => {
    if (!isOurs(request)) return undefined;
    const fromUrl = firstUrls.get(request.requestId) ?? request.url;
    if (isPrivateHost(new URL(request.redirectUrl).hostname)) onRedirect(fromUrl, request.redirectUrl);
    if (firstUrls.size >= MAX_REMEMBERED) firstUrls.clear();
    firstUrls.set(request.requestId, fromUrl);
    return undefined;
  }, OURS);
}

/** Takes note of what the engine may reach. Resolves when that holds. */
export async function setLeave(allowed: NetworkLeave): Promise<void> {
  leave = allowed;
  if (api.declarativeNetRequest === undefined) return;
  const old = await api.declarativeNetRequest.getSessionRules();
  await api.declarativeNetRequest.updateSessionRules({
    removeRuleIds: old.map(({ id }) => id).filter((id) => id !== OWN_RULE),
    addRules: guardRules(allowed, api.runtime.id) as chrome.declarativeNetRequest.Rule[],
  });
}

/**
 * Lets a request of the background's own pass while `task` runs: it repeats what a tab has just done, to the same host.
 * One at a time.
 */
export function reachFor<T>(url: string, task: () => Promise<T>): Promise<T> {
  const { hostname } = new URL(url);
  if (!isPrivateHost(hostname)) return task();
  return inTurn(async () => {
    await setOwn(hostname);
    try {
      return await task();
    } finally {
      await setOwn(null);
    }
  });
}

async function setOwn(host: string | null): Promise<void> {
  ownHost = host;
  if (api.declarativeNetRequest === undefined) return;
  const rules = host === null ? [] : [allowRule(OWN_RULE, host, api.runtime.id)];
  await api.declarativeNetRequest.updateSessionRules({
    removeRuleIds: [OWN_RULE],
    addRules: rules as chrome.declarativeNetRequest.Rule[],
  });
}

/** Whether this extension sent a request; a page's own come from its site. */
export const isOurs = ({ initiator, originUrl }: Request): boolean =>
  `${initiator ?? originUrl ?? ''}/`.startsWith(api.runtime.getURL('/'));

function mayReach(url: string): boolean {
  const { hostname } = new URL(url);
  return leave.isLifted || !isPrivateHost(hostname) || hostname === ownHost || leave.hosts.includes(hostname);
}
