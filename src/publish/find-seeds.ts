import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { MAX_TORRENT_LENGTH_BYTES, readTorrent } from '../engine/torrent/read-torrent.ts';
import type { TorrentInfo } from '../engine/torrent/torrent-description.ts';
import { TorrentError } from '../engine/torrent/torrent-error.ts';
import { TORRENT_SUFFIX } from '../publishing/publication.ts';
import { PublishingError } from '../publishing/publishing-error.ts';
import { sha1 } from './stored-hashes.ts';

/** A file that can be seeded, and what its .torrent says. */
export type Seed = {
  /** How it is called in what is printed. */
  readonly name: string;
  readonly absolutePath: string;
  readonly info: TorrentInfo;
  /** Those that browsers reach, as the .torrent names them. */
  readonly trackers: readonly string[];
};

export type FoundSeeds = {
  readonly seeds: readonly Seed[];
  /** What cannot be seeded, with the reason as the end of a sentence. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
};

/**
 * Finds what is to be seeded: .torrent files, those below folders too, each with the file that lies beside it. Hidden
 * folders are left out. The same torrent is taken once.
 * @throws {PublishingError} when a path that was typed is nothing.
 */
export async function findSeeds(paths: readonly string[], from: string): Promise<FoundSeeds> {
  const seeds = new Map<string, Seed>();
  const skipped: { path: string; reason: string }[] = [];
  for (const typed of paths) {
    const path = resolve(from, typed);
    const found = await stat(path).catch(() => null);
    if (found === null) throw new PublishingError(`There is no ${path}.`);
    for (const torrentPath of found.isDirectory() ? await torrentsBelow(path) : [path]) {
      const seed = await readSeed(torrentPath);
      if (typeof seed === 'string') skipped.push({ path: relative(from, torrentPath), reason: seed });
      else if (!seeds.has(seed.info.infoHash)) seeds.set(seed.info.infoHash, seed);
    }
  }
  return { seeds: [...seeds.values()], skipped };
}

async function torrentsBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    const { name } = entry;
    if (name.startsWith('.')) continue;
    if (entry.isDirectory()) found.push(...(await torrentsBelow(join(folder, name))));
    else if (name.endsWith(TORRENT_SUFFIX)) found.push(join(folder, name));
  }
  return found.sort();
}

/** The seed of a .torrent, or why there is none. */
async function readSeed(torrentPath: string): Promise<Seed | string> {
  const { size } = await stat(torrentPath);
  if (size > MAX_TORRENT_LENGTH_BYTES) return 'it is too large to be a .torrent';
  const meta = await readTorrent(await readFile(torrentPath), sha1).catch((error: unknown) => {
    if (!(error instanceof TorrentError)) throw error;
    return null;
  });
  if (meta === null) return 'it is no .torrent that can be read';
  const { info, sources } = meta;
  if (info.isMultiFile) return 'its torrent has several files; "rivulet publish" makes one for each';
  const absolutePath = await contentOf(torrentPath, info);
  if (absolutePath === null) return `its file, ${info.name}, does not lie beside it in the right length`;
  const trackers = sources.trackers.filter((url) => /^wss?:/i.test(url));
  return { name: basename(absolutePath), absolutePath, info, trackers };
}

/** The file beside a .torrent: under its name, or under the one that the torrent gives it. */
async function contentOf(torrentPath: string, { name, lengthBytes }: TorrentInfo): Promise<string | null> {
  const own = torrentPath.endsWith(TORRENT_SUFFIX) ? [basename(torrentPath, TORRENT_SUFFIX)] : [];
  for (const candidate of [...own, name]) {
    // A torrent's word must not lead elsewhere.
    if (candidate !== basename(candidate) || candidate.startsWith('.') || candidate === '') continue;
    const path = join(dirname(torrentPath), candidate);
    const found = await stat(path).catch(() => null);
    if (found?.isFile() && found.size === lengthBytes) return path;
  }
  return null;
}
