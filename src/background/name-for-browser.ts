/** Longer ones are no names; file systems take 255 bytes. */
const MAX_CHARS = 200;
/** What no file name may have in it on some system, and what browsers refuse in one. */
const REFUSED = /["*/:<>?\\|%~\p{Cc}\p{Cf}\p{Cs}]/u;

/**
 * The name under which the browser would save a link by its `download` attribute; null when it would choose itself, by
 * what the server says or by the address. A page names its own site's files and nobody else's, as HTML has it.
 * @param pageUrl The page that the link is in; null when it has no address.
 */
export function nameForBrowser(name: string | null, fileUrl: string, pageUrl: string | null): string | null {
  if (name === null || pageUrl === null || new URL(pageUrl).origin !== new URL(fileUrl).origin) return null;
  const isPlain = name.length <= MAX_CHARS && !REFUSED.test(name) && !/^[.\s]|[.\s]$/.test(name);
  return isPlain ? name : null;
}
