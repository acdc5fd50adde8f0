import { PublishingError } from './publishing-error.ts';

/** Quotes, blanks, `$` and the like mean something to servers' configurations, shells and pages that URLs are pasted in. */
const TOUCHY = /["'()*!$,;\\`|^{}<>\s]/g;

/**
 * Reads the address of a folder that holds what is published, as `--base` and `--mirror` give it. It gets a slash at its
 * end, and characters that servers' configurations would misread are percent-encoded, which changes nothing for servers.
 * @throws {PublishingError} when it is not http or https, or carries a login, a query or a fragment: it is put into
 * public files, and names of files are appended to it.
 */
export function readFolderUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new PublishingError(`"${text}" is not an address. Give one such as https://cdn.example/media/.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new PublishingError(
      `"${url.host}" comes with a login, which everybody could read. Give the address without it.`,
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new PublishingError(
      `"${text}" has a "?" or "#". Give the address of a folder; names of files are appended to it.`,
    );
  }
  if (!isDecodable(url.pathname)) {
    throw new PublishingError(`"${text}" has a "%" that encodes nothing. Write %25 for a percent sign.`);
  }
  const path = url.pathname.replace(TOUCHY, encodeCharacter);
  return `${url.origin}${path}${path.endsWith('/') ? '' : '/'}`;
}

/** The address of a file below a folder: each part of the path as UTF-8, all but letters, digits and `-._~` encoded. */
export function fileUrl(folderUrl: string, path: readonly string[]): string {
  return folderUrl + encodePath(path);
}

/**
 * A path as URLs have it, without a leading slash. Stricter than `encodeURIComponent`, which leaves quotes, parentheses
 * and asterisks: those end attributes, Markdown links and matchers.
 * @throws {URIError} for a lone surrogate, which no file name that can be read has.
 */
export function encodePath(path: readonly string[]): string {
  return path.map(encodeStrictly).join('/');
}

/** One component of a URL, with everything encoded but letters, digits and `-._~` (RFC 3986, unreserved). */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, encodeCharacter);
}

/**
 * Whether a name can be part of a URL and of a server's configuration: control characters cannot, nor can names that are no
 * text, which have lone surrogates or U+FFFD by the time we see them.
 */
export function isPublishableName(name: string): boolean {
  return !/[\p{Cc}\p{Surrogate}\ufffd]/u.test(name);
}

/** The path of an address as servers see it after decoding, with its leading slash. */
export function decodedPathOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname);
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function encodeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
