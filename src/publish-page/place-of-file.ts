import { readFolderUrl } from '../publishing/published-urls.ts';
import { PublishingError } from '../publishing/publishing-error.ts';

/** Where a file lies: its folder's address and its own name, decoded. */
export type Place =
  | { readonly ok: true; readonly folderUrl: string; readonly name: string }
  | { readonly ok: false; readonly code: 'has-query' | 'is-folder' | 'odd-name' };

/**
 * Takes an address apart. One with a query is refused: the .torrent lies beside the file under the same name, which an
 * address with a query has not.
 */
export function placeOf(url: string): Place {
  const { origin, pathname, search } = new URL(url);
  if (search !== '') return { ok: false, code: 'has-query' };
  const slash = pathname.lastIndexOf('/') + 1;
  if (slash === pathname.length) return { ok: false, code: 'is-folder' };
  try {
    const name = decodeURIComponent(pathname.slice(slash));
    if (name.includes('/')) return { ok: false, code: 'odd-name' };
    return { ok: true, folderUrl: readFolderUrl(origin + pathname.slice(0, slash)), name };
  } catch (error) {
    if (error instanceof URIError || error instanceof PublishingError) return { ok: false, code: 'odd-name' };
    throw error;
  }
}
