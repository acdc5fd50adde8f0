import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { MAX_TORRENT_LENGTH_BYTES, readTorrent } from '../../engine/torrent/read-torrent.ts';
import type { MetaInfo } from '../../engine/torrent/torrent-description.ts';
import { TorrentError } from '../../engine/torrent/torrent-error.ts';
import type { PublishedFile } from '../published-file.ts';

/** What a .torrent below the publisher's folder says, and the file that it is for. */
export type Publication = {
  readonly file: PublishedFile;
  /** SHA-256 of the whole file by the torrent's word, lower-case hex; null when it says none. */
  readonly sha256: string | null;
  /** HTTP sources that the torrent names. */
  readonly origins: readonly string[];
  readonly torrentPath: string;
  /** Path of a Metalink document beside the file, if there is one. */
  readonly metalinkPath: string | null;
};

/** What was read, and what could not be read, with the reason in plain words. */
export type FolderReading = { readonly publications: readonly Publication[]; readonly problems: readonly string[] };

type Stamp = { readonly mtimeMs: number; readonly size: number };
/** Torrents as they were read before; those that did not change are not read again. */
export type TorrentCache = Map<string, Stamp & { readonly meta: MetaInfo | string }>;

const MAX_DEPTH = 16;
const MAX_TORRENTS = 100_000;

/** Reads all .torrent files below `folder`, except in hidden folders. Never throws for what a single one of them is. */
export async function readFolder(folder: string, cache: TorrentCache): Promise<FolderReading> {
  const publications: Publication[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const torrentPath of await torrentsBelow(folder, 0)) {
    if (seen.size >= MAX_TORRENTS) break;
    seen.add(torrentPath);
    const meta = await readCached(torrentPath, cache);
    if (typeof meta === 'string') problems.push(`${relative(folder, torrentPath)}: ${meta}`);
    else publications.push(await describe(folder, torrentPath, meta));
  }
  for (const path of cache.keys()) if (!seen.has(path)) cache.delete(path);
  return { publications, problems };
}

async function torrentsBelow(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth < MAX_DEPTH) found.push(...(await torrentsBelow(path, depth + 1)));
    else if (entry.name.toLowerCase().endsWith('.torrent')) found.push(path);
  }
  return found;
}

/** The torrent, or why it cannot be read. */
async function readCached(path: string, cache: TorrentCache): Promise<MetaInfo | string> {
  try {
    const { mtimeMs, size } = await stat(path);
    const known = cache.get(path);
    if (known !== undefined && known.mtimeMs === mtimeMs && known.size === size) return known.meta;
    const meta = await parse(path, size);
    cache.set(path, { mtimeMs, size, meta });
    return meta;
  } catch (error) {
    return (error as Error).message;
  }
}

async function parse(path: string, size: number): Promise<MetaInfo | string> {
  if (size > MAX_TORRENT_LENGTH_BYTES) return 'the file is larger than 32 MiB';
  try {
    return await readTorrent(await readFile(path), async (bytes) => createHash('sha1').update(bytes).digest());
  } catch (error) {
    if (!(error instanceof TorrentError)) throw error;
    return 'reason' in error.failure ? error.failure.reason : error.failure.code;
  }
}

async function describe(folder: string, torrentPath: string, { info, sources }: MetaInfo): Promise<Publication> {
  const [first] = info.files;
  const single = info.isMultiFile ? null : first;
  const localPath = await findContent(torrentPath, info.name, single?.lengthBytes ?? null);
  const shownPath = localPath ?? join(dirname(torrentPath), safeName(info.name) ?? info.infoHash);
  const metalinkPath = `${shownPath}.meta4`;
  const isThere = await stat(metalinkPath).then(
    (found) => found.isFile(),
    () => false,
  );
  return {
    file: {
      infoHash: info.infoHash,
      name: info.name,
      sizeBytes: info.lengthBytes,
      pieceLengthBytes: info.pieceLengthBytes,
      path: relative(folder, shownPath).split(sep).map(encodeURIComponent).join('/'),
      localPath,
    },
    sha256: single?.wholeHashes?.find(({ algorithm }) => algorithm === 'sha256')?.hex ?? null,
    origins: sources.origins,
    torrentPath,
    metalinkPath: isThere ? metalinkPath : null,
  };
}

/** The file of a torrent of one file, if it lies beside it with the right length: under its name, or the torrent's. */
async function findContent(torrentPath: string, name: string, sizeBytes: number | null): Promise<string | null> {
  if (sizeBytes === null) return null;
  const names = [basename(torrentPath).slice(0, -'.torrent'.length), safeName(name)];
  for (const candidate of names) {
    if (candidate === null || candidate === '') continue;
    const path = join(dirname(torrentPath), candidate);
    const found = await stat(path).catch(() => null);
    if (found?.isFile() && found.size === sizeBytes) return path;
  }
  return null;
}

/** The name, if it is one in this folder and not the way to another. */
function safeName(name: string): string | null {
  return name === basename(name) && !/^\.|[\0/\\]/.test(name) ? name : null;
}
