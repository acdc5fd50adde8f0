import type { Settings } from '../../model/settings.ts';
import type { PortableTransfer } from './state-document.ts';

/** Keys that trackers give their users have 32 digits, others fewer; words of an address have not so many. */
const KEY_CHARS = 16;

/**
 * Whether an address may carry a secret of the user's: a login, a query (signed addresses have their signature there,
 * old trackers their key), or a stretch of the path that looks like a key. An address that cannot be read counts as one.
 * It is a guess, and on the safe side: some addresses that everybody may know count as secret too. Pure.
 */
export function mayBeSecret(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { username, password, search, hash, pathname } = new URL(address);
  return `${username}${password}${search}${hash}` !== '' || pathname.split('/').some(looksLikeKey);
}

/** A long stretch without the dots, blanks and hyphens of names, that has digits and letters. */
const looksLikeKey = (part: string): boolean =>
  part
    .split(/%20|[-._~+ ]/)
    .some(
      (word) => word.length >= KEY_CHARS && /\d/.test(word) && /[a-z]/i.test(word.replaceAll(/%[0-9a-f]{2}/gi, '')),
    );

type Document = { readonly settings: Partial<Settings>; readonly transfers: readonly PortableTransfer[] };

/**
 * The same without what may be secret: such addresses, all trackers of private torrents, and TURN servers, which have a
 * login each. `leftOut` says how many addresses. A transfer of which only a secret address was known has none then, and
 * is left out too. Pure.
 */
export function leaveOutSecrets<T extends Document>(document: T): { readonly document: T; readonly leftOut: number } {
  let leftOut = 0;
  const plain = <A extends string>(addresses: readonly A[], isSecret: (address: A) => boolean = mayBeSecret): A[] => {
    const kept = addresses.filter((address) => !isSecret(address));
    leftOut += addresses.length - kept.length;
    return kept;
  };
  const transfers = document.transfers
    .map((transfer) => ({
      ...transfer,
      trackers: plain(transfer.trackers, transfer.isPrivate ? () => true : mayBeSecret),
      origins: plain(transfer.origins),
      torrentUrls: plain(transfer.torrentUrls),
    }))
    .filter(({ id, torrentUrls }) => /^[0-9a-f]{40}$/.test(id) || torrentUrls.length > 0);
  const { extraTrackers = [], turnServers = [], ...settings } = document.settings;
  leftOut += turnServers.length;
  return {
    document: { ...document, transfers, settings: { ...settings, extraTrackers: plain(extraTrackers) } },
    leftOut,
  };
}
