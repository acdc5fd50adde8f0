import type { FileIndex, OriginUrl } from '../../model/ids.ts';
import type { TorrentInfo } from './torrent-description.ts';

/**
 * The address at which an origin has one file of a torrent, by the rules of BEP 19. Names are the torrent's own, not
 * the safe ones, each encoded as UTF-8 with `#`, `?`, `%`, `/` and the like escaped.
 *
 * - Multi-file torrent (also with one file only): `<url>/<name>/<path…>`. A missing slash is added, as libtorrent does.
 * - Single file: a URL that ends in a slash is a folder, and the name is appended; any other is the file itself.
 *
 * A query is kept: it may be a signature. For a multi-file torrent it comes after the appended path; a single-file URL
 * with a query is taken as the file itself, because a script reads it (`/get/?id=5`).
 * @throws {RangeError} when the torrent has no such file.
 */
export function originFileUrl(
  origin: OriginUrl,
  info: Pick<TorrentInfo, 'name' | 'isMultiFile' | 'files'>,
  file: FileIndex,
): string {
  const path = info.files[file]?.path;
  if (path === undefined) throw new RangeError(`the torrent has no file ${file}`);
  const url = new URL(origin);
  const isFolder = url.pathname.endsWith('/');
  if (info.isMultiFile) {
    url.pathname += (isFolder ? '' : '/') + encodePath([info.name, ...path]);
  } else if (isFolder && url.search === '') {
    url.pathname += encodePath([info.name]);
  }
  return url.href;
}

/**
 * The folder origin at which a file of a multi-file torrent has this address by the rules of BEP 19, whatever the
 * address leaves unencoded; null when there is none, or when the address has a query, which is that file's own.
 */
export function folderOfFileUrl(
  address: string,
  info: Pick<TorrentInfo, 'name' | 'isMultiFile' | 'files'>,
  file: FileIndex,
): OriginUrl | null {
  const url = new URL(address);
  const names = [info.name, ...(info.files[file]?.path ?? [])];
  const parts = url.pathname.split('/');
  const isThere = names.every((name, index) => decoded(parts.at(index - names.length)) === name);
  if (!info.isMultiFile || url.search !== '' || parts.length <= names.length || !isThere) return null;
  url.pathname = `${parts.slice(0, -names.length).join('/')}/`;
  return url.href as OriginUrl;
}

function decoded(part: string | undefined): string | null {
  try {
    return decodeURIComponent(part ?? '');
  } catch {
    return null; // a stray `%`
  }
}

function encodePath(parts: readonly string[]): string {
  return parts.map((part) => encodeURIComponent(part)).join('/');
}
