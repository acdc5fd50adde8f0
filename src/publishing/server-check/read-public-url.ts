/** Longer addresses are refused by servers. */
const MAX_URL_CHARS = 8_192;

export type PublicUrl =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly code: 'empty' | 'not-an-address' | 'not-http' | 'has-login' };

/**
 * Reads what somebody typed as the public address of a file. `https://` may be left out; a fragment is dropped, because
 * no server sees it. An address with a login in it is refused: it would be published.
 */
export function readPublicUrl(text: string): PublicUrl {
  const typed = text.trim();
  if (typed === '') return { ok: false, code: 'empty' };
  const isBare = /^[\w.-]+\.[a-z]{2,}(?::\d+)?\//i.test(typed);
  const candidate = isBare ? `https://${typed}` : typed;
  if (candidate.length > MAX_URL_CHARS || /\s/.test(candidate) || !URL.canParse(candidate)) {
    return { ok: false, code: 'not-an-address' };
  }
  const url = new URL(candidate);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, code: 'not-http' };
  if (url.username !== '' || url.password !== '') return { ok: false, code: 'has-login' };
  url.hash = '';
  return { ok: true, url: url.href };
}
