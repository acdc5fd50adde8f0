import type { Failure } from '../../model/failure.ts';
import { leadsInward } from '../origin/private-host.ts';
import type { FetchedTorrent } from '../ports.ts';
import { folderOfFileUrl } from '../torrent/origin-url.ts';
import { looksLikeMetalink, type Metalink, type MetalinkFile, readMetalink } from '../torrent/read-metalink.ts';
import { readTorrent } from '../torrent/read-torrent.ts';
import { makeSourceList } from '../torrent/source-list.ts';
import type { MetaInfo, TorrentFile, TorrentInfo } from '../torrent/torrent-description.ts';
import { TorrentError, unreadable } from '../torrent/torrent-error.ts';
import type { HashesOfFile, WholeHash } from '../torrent/whole-hashes.ts';
import { failureOfError } from './transfer-error.ts';

const MAX_TRIES = 4;
const TORRENT_TYPES: ReadonlySet<string> = new Set(['torrent', 'application/x-bittorrent']);

export type MetalinkPorts = {
  /** Fetches a .torrent without anybody's cookies: the user has not asked for that address. */
  readonly fetchTorrent: (url: string) => Promise<FetchedTorrent>;
  readonly sha1: (bytes: Uint8Array) => Promise<Uint8Array>;
};

/**
 * Reads a .torrent, or a Metalink (told by its content) that leads to one: fetches the torrent that it names, and adds
 * its addresses of the file as origins, and its hashes of whole files.
 * @param from Where the bytes came from; null for a file of the user's.
 * @throws {TorrentError} when neither can be used, with what is wrong; what `fetchTorrent` throws.
 * @see RFC 5854 (Metalink).
 */
export async function readTorrentOrMetalink(
  bytes: Uint8Array,
  from: string | null,
  ports: MetalinkPorts,
): Promise<MetaInfo> {
  if (!looksLikeMetalink(bytes)) return readTorrent(bytes, ports.sha1);
  const metalink = readMetalink(bytes);
  const isOutward = ({ url }: { readonly url: string }) => from === null || !leadsInward(from, url);
  const torrentUrls = torrentUrlsOf(metalink, isOutward);
  let firstFailure: Failure | null = null;
  for (const url of torrentUrls) {
    try {
      return withOrigins(await fetchOne(url, ports), metalink, isOutward);
    } catch (error) {
      const failure = failureOfError(error);
      if (failure === null) throw error;
      firstFailure ??= failure;
    }
  }
  throw new TorrentError(firstFailure ?? NO_TORRENT);
}

const NO_TORRENT: Failure = {
  code: 'unreadable-torrent',
  reason: 'it is a Metalink that describes a download without a torrent, which Rivulet cannot take yet',
};

/** The addresses of the one torrent that all files of a Metalink are in, the preferred first. */
function torrentUrlsOf({ files }: Metalink, isWanted: (meta: { readonly url: string }) => boolean): string[] {
  const [first, ...others] = files.map((file) =>
    file.metaUrls.filter((meta) => TORRENT_TYPES.has(meta.mediaType) && isWanted(meta)).map(({ url }) => url),
  );
  const shared = (first ?? []).filter((url) => others.every((urls) => urls.includes(url)));
  if (shared.length === 0 && [first, ...others].some((urls) => urls !== undefined && urls.length > 0)) {
    throw unreadable('it is a Metalink of several downloads, and Rivulet takes one at a time');
  }
  return [...new Set(shared)].slice(0, MAX_TRIES);
}

async function fetchOne(url: string, { fetchTorrent, sha1 }: MetalinkPorts): Promise<MetaInfo> {
  const fetched = await fetchTorrent(url);
  if (!fetched.ok) throw new TorrentError(fetched.failure);
  return readTorrent(fetched.bytes, sha1);
}

/**
 * What a Metalink says of a file that is the whole torrent goes for the torrent; the addresses of a folder's files are
 * origins as far as they lie in a folder as a web seed's do. Its hashes are as good as the torrent that it chose.
 */
function withOrigins(
  { info, sources }: MetaInfo,
  { files }: Metalink,
  isWanted: (url: { readonly url: string }) => boolean,
): MetaInfo {
  const fileHashes: HashesOfFile[] = [];
  const folders: { readonly url: string; readonly priority: number }[] = [];
  for (const file of files) {
    if (file.sizeBytes === null) continue;
    const found = findFile(info, file, file.sizeBytes);
    if (found === undefined) throw unreadable('it is a Metalink that speaks of another file than its torrent');
    const hashes = wholeHashesOf(file);
    if (hashes.length > 0) fileHashes.push({ file: found.index, hashes });
    for (const { url, priority } of file.urls) {
      const folder = folderOfFileUrl(url, info, found.index);
      if (folder !== null) folders.push({ url: folder, priority });
    }
  }
  const [only] = files;
  // A private torrent keeps to the sources that it names itself.
  if (info.isPrivate || only === undefined || (!info.isMultiFile && files.length > 1))
    return { info, sources, fileHashes };
  const addresses = info.isMultiFile ? folders.sort((a, b) => a.priority - b.priority) : only.urls;
  const urls = addresses.filter(isWanted).map(({ url }) => url);
  return { info, sources: makeSourceList(sources.trackers, [...sources.origins, ...urls]), fileHashes };
}

/** Names as IANA has them, the strongest first. */
const HASHES = [
  { name: 'sha-256', algorithm: 'sha256' },
  { name: 'sha-512', algorithm: 'sha512' },
  { name: 'sha-1', algorithm: 'sha1' },
  { name: 'md5', algorithm: 'md5' },
] as const;

const wholeHashesOf = ({ hashes }: MetalinkFile): WholeHash[] =>
  HASHES.flatMap(({ name, algorithm }) => {
    const hex = hashes.get(name);
    return hex === undefined ? [] : [{ algorithm, hex }];
  });

function findFile(info: TorrentInfo, file: MetalinkFile, sizeBytes: number): TorrentFile | undefined {
  if (!info.isMultiFile) return info.files.find(({ lengthBytes }) => lengthBytes === sizeBytes);
  // The path may begin with the folder that the torrent makes, or below it.
  const names = [file.path.join('/'), ...file.metaUrls.flatMap(({ name }) => name ?? [])];
  return info.files.find(({ path, lengthBytes, isPadding }) => {
    const inFolder = path.join('/');
    const isNamed = names.includes(inFolder) || names.includes(`${info.name}/${inFolder}`);
    return isNamed && lengthBytes === sizeBytes && !isPadding;
  });
}
