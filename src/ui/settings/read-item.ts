import type { TurnServer } from '../../model/settings.ts';

/** Why something is not taken into a list. */
export type ItemRefusal = 'tracker' | 'stun' | 'turn' | 'site' | 'account' | 'twice' | 'full' | 'long';

export type ItemRead<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: ItemRefusal };

/** Limits of the door: what the background would refuse is refused here, with words. */
export const MAX_SERVERS = 100;
export const MAX_SITES = 1_000;
const MAX_ADDRESS_CHARS = 2_048;
const MAX_HOST_CHARS = 253;

/** Reads what is typed for a list that may have `most` entries, each once. */
export function readItem(
  text: string,
  list: readonly string[],
  { most, read }: { readonly most: number; readonly read: (text: string) => ItemRead<string> },
): ItemRead<string> {
  if (list.length >= most) return { ok: false, why: 'full' };
  const item = read(text.trim());
  return item.ok && list.includes(item.value) ? { ok: false, why: 'twice' } : item;
}

/** Trackers that a browser can ask: WebSockets (BEP 3 over WebTorrent's). */
export const readTracker = (text: string): ItemRead<string> => address(text, /^wss?:\/\/[^\s/]+/i, 'tracker');

/** @see RFC 7064 */
export const readStun = (text: string): ItemRead<string> => address(text, /^stuns?:[^\s/]\S*$/i, 'stun');

/** The name of a host out of what is typed or pasted, also out of an address. */
export function readSite(text: string): ItemRead<string> {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const isSite = text !== '' && !/\s/.test(text) && URL.canParse(url) && /^https?:/i.test(url);
  const host = isSite ? new URL(url).hostname : '';
  return host === '' || host.length > MAX_HOST_CHARS ? { ok: false, why: 'site' } : { ok: true, value: host };
}

/** @see RFC 7065. A TURN server serves nobody without an account. */
export function readTurn(given: TurnServer, list: readonly TurnServer[]): ItemRead<TurnServer> {
  const read = (text: string) => address(text, /^turns?:[^\s/]\S*$/i, 'turn');
  const urls = list.map(({ url }) => url);
  const url = readItem(given.url, urls, { most: MAX_SERVERS, read });
  if (!url.ok) return url;
  const [username, credential] = [given.username.trim(), given.credential];
  if (username === '' || credential === '') return { ok: false, why: 'account' };
  if (Math.max(username.length, credential.length) > MAX_ADDRESS_CHARS) return { ok: false, why: 'long' };
  return { ok: true, value: { url: url.value, username, credential } };
}

function address(text: string, scheme: RegExp, why: ItemRefusal): ItemRead<string> {
  if (text.length > MAX_ADDRESS_CHARS) return { ok: false, why: 'long' };
  return scheme.test(text) ? { ok: true, value: text } : { ok: false, why };
}
