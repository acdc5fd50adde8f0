import { base64Of } from './base64.ts';

/** An address that `fetch` takes, and the header that says the login of the address, if it had one. */
export type PlainAddress = {
  readonly address: string;
  readonly headers: { readonly Authorization?: string };
};

/**
 * Takes the login out of an address (`http://name:password@host/`): `fetch` refuses one that has it, and is told by a
 * header instead. Browsers leave that header out when they are redirected to another host.
 * @see RFC 7617 (Basic), in UTF-8; Fetch standard, "Request constructor".
 */
export function plainAddress(given: string): PlainAddress {
  const url = new URL(given);
  const { username, password } = url;
  if (username === '' && password === '') return { address: given, headers: {} };
  url.username = '';
  url.password = '';
  const login = new TextEncoder().encode(`${decoded(username)}:${decoded(password)}`);
  return { address: url.href, headers: { Authorization: `Basic ${base64Of(login)}` } };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray `%`
  }
}
