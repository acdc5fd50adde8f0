import type { NetworkLeave } from '../model/host-link.ts';
import { PRIVATE_ADDRESSES } from './private-addresses.ts';

/** No tab: the background, and the engine's page and worker. */
const NO_TAB = -1;
/** A browser allows 5,000 rules of a session. */
const MAX_HOSTS = 1_000;

/** A rule of `declarativeNetRequest`, as far as we use them. */
export type GuardRule = {
  readonly id: number;
  readonly priority: number;
  readonly action: { readonly type: 'allow' | 'block' };
  readonly condition: {
    readonly initiatorDomains: string[];
    readonly tabIds: number[];
    readonly resourceTypes: ('xmlhttprequest' | 'websocket')[];
    readonly regexFilter?: string;
    readonly urlFilter?: string;
  };
};

/**
 * The rules by which Chrome stops requests of the extension's to private addresses, apart from the hosts that are let
 * through. None when the guard is lifted.
 * @param extensionId The host of the extension's own addresses, which is who makes the request.
 * @see https://developer.chrome.com/docs/extensions/reference/api/declarativeNetRequest
 */
export function guardRules({ isLifted, hosts }: NetworkLeave, extensionId: string): GuardRule[] {
  if (isLifted) return [];
  const blocks = PRIVATE_ADDRESSES.map((regexFilter, index) => ({
    id: index + 1,
    priority: 1,
    action: { type: 'block' as const },
    condition: { ...requestsOf(extensionId), regexFilter },
  }));
  const allowed = hosts
    .slice(0, MAX_HOSTS)
    .map((host, index) => allowRule(blocks.length + index + 1, host, extensionId));
  return [...blocks, ...allowed];
}

/** The rule that lets one host, and names below it, pass all blocks. */
export const allowRule = (id: number, host: string, extensionId: string): GuardRule => ({
  id,
  priority: 2,
  action: { type: 'allow' },
  condition: { ...requestsOf(extensionId), urlFilter: `||${host}^` },
});

const requestsOf = (extensionId: string) => ({
  initiatorDomains: [extensionId],
  tabIds: [NO_TAB],
  resourceTypes: ['xmlhttprequest' as const, 'websocket' as const],
});
