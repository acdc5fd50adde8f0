import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { decodeFeed } from '../publishing/feed-text.ts';
import { makePublication } from '../publishing/make-publication.ts';
import { isOwnOutput } from '../publishing/own-output.ts';
import { choosePieceLength } from '../publishing/piece-length.ts';
import { patchPodcastFeed } from '../publishing/podcast-feed.ts';
import { METALINK_SUFFIX, type Publication, type Site, TORRENT_SUFFIX } from '../publishing/publication.ts';
import { PublishingError } from '../publishing/publishing-error.ts';
import { siteFiles } from '../publishing/site-files.ts';
import { writeMetalink } from '../publishing/write-metalink.ts';
import type { FileHashes, HashJob } from './hash-file.ts';
import { type HashingOptions, hashFiles } from './hash-files.ts';
import { entryOf, type PublishedEntry, readState, writeState } from './publication-state.ts';
import { sha1, storedHashes } from './stored-hashes.ts';
import { type FoundFile, OUTPUT_FOLDER, type SkippedFile, walkFolder } from './walk-folder.ts';
import { readIfThere, writeIfChanged } from './write-if-changed.ts';

export type PublishRequest = {
  readonly folder: string;
  readonly site: Site;
  /** Absolute path of an RSS feed; null for none. */
  readonly feed: string | null;
  readonly rehashes: boolean;
};

/** What publishing needs of the machine and tells meanwhile. */
export type PublishWorld = Pick<HashingOptions, 'threads' | 'startThread' | 'signal'> & {
  readonly onStart: (filesToHash: number, bytesToHash: number) => void;
  readonly onProgress: (doneBytes: number) => void;
  readonly onHashed: (file: FoundFile) => void;
};

export type PublishReport = {
  readonly publications: readonly Publication[];
  /** Paths below the folder, as all paths here. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  readonly skipped: readonly SkippedFile[];
  readonly hashedBytes: number;
  /** Enclosures of the feed that are published files; null without a feed. */
  readonly enclosures: number | null;
};

const STATE_NAME = 'publication.json';
export const FEED_NAME = 'podcast.xml';
/** Enough to see why: those that follow are passed over for the same few reasons. */
const MAX_REASONS = 3;
const SUFFIXES = [TORRENT_SUFFIX, METALINK_SUFFIX];

/**
 * Publishes a folder: hashes what is new, writes what has changed, removes what belonged to files that are gone. Stopped in
 * the middle, it keeps what it has; nothing is half-written.
 * @throws {PublishingError} with what the publisher can do.
 */
export async function publishFolder(request: PublishRequest, world: PublishWorld): Promise<PublishReport> {
  const { folder, site } = request;
  const statePath = join(folder, OUTPUT_FOLDER, STATE_NAME);
  const known = await readKnown(folder, statePath);
  const walk = await walkFolder(folder);
  const files = walk.files.filter(({ absolutePath }) => resolve(absolutePath) !== request.feed);
  if (files.length === 0 && known.size === 0) throw nothingIn(folder, walk.skipped);
  await refuseForeignOutputs(files, known);

  const written: string[] = [];
  let unchanged = 0;
  const write = async (path: readonly string[], content: string | Uint8Array, mode?: number) => {
    world.signal.throwIfAborted();
    if (await writeIfChanged(join(folder, ...path), content, mode)) written.push(path.join('/'));
    else unchanged += 1;
  };

  const publications = new Map<string, Publication>();
  const entries = new Map(known);
  const publish = async (file: FoundFile, hashes: FileHashes) => {
    const pieceLengthBytes = choosePieceLength(file.sizeBytes);
    const publication = await makePublication({ ...file, ...hashes, pieceLengthBytes }, site, sha1);
    await write(beside(file.path, TORRENT_SUFFIX), publication.torrentBytes);
    await write(beside(file.path, METALINK_SUFFIX), writeMetalink(publication));
    publications.set(file.absolutePath, publication);
    entries.set(file.path.join('/'), entryOf(publication));
  };

  const jobs = new Map<HashJob, FoundFile>();
  let isDone = false;
  try {
    for (const file of files) {
      const torrentBytes = await readIfThere(file.absolutePath + TORRENT_SUFFIX);
      const entry = request.rehashes ? undefined : known.get(file.path.join('/'));
      const hashes = await storedHashes(file, entry, torrentBytes);
      if (hashes !== null) await publish(file, hashes);
      else jobs.set({ ...file, pieceLengthBytes: choosePieceLength(file.sizeBytes) }, file);
    }
    world.onStart(jobs.size, bytesOf(jobs.keys()));
    const onHashed = async (job: HashJob, hashes: FileHashes) => {
      const file = jobs.get(job) as FoundFile;
      await publish(file, hashes);
      world.onHashed(file);
    };
    await hashFiles([...jobs.keys()], { ...world, onHashed });
    isDone = true;
  } finally {
    // What is hashed need not be hashed again; what is gone is still known, and removed by the next run.
    if (!isDone && publications.size > 0) await writeIfChanged(statePath, writeState(site, entries.values()));
  }

  const inOrder = files.flatMap((file) => publications.get(file.absolutePath) ?? []);
  for (const { name, text, isScript } of siteFiles(inOrder, site)) {
    await write([OUTPUT_FOLDER, name], text, isScript ? 0o755 : 0o644);
  }
  const removed = await removeGone(folder, known, new Set(files.map(({ path }) => path.join('/'))));
  await write([OUTPUT_FOLDER, STATE_NAME], writeState(site, inOrder.map(entryOf)));
  const enclosures = request.feed === null ? null : await patchFeed(request.feed, inOrder, site, write);
  return {
    publications: inOrder,
    written,
    removed,
    unchanged,
    skipped: walk.skipped,
    hashedBytes: bytesOf(jobs.keys()),
    enclosures,
  };
}

function nothingIn(folder: string, skipped: readonly SkippedFile[]): PublishingError {
  const reasons = skipped.slice(0, MAX_REASONS).map(({ path, reason }) => ` Passed over ${path}: ${reason}.`);
  return new PublishingError(`There is nothing to publish in ${folder}.${reasons.join('')}`);
}

/** What an earlier run left, by path. */
async function readKnown(folder: string, statePath: string): Promise<ReadonlyMap<string, PublishedEntry>> {
  const stats = await stat(folder).catch(() => null);
  if (!stats?.isDirectory())
    throw new PublishingError(`${folder} is not a folder. Name the folder that holds the files.`);
  const state = await readIfThere(statePath);
  if (state !== null) return readState(state.toString());
  const there = await readdir(join(folder, OUTPUT_FOLDER)).catch(() => []);
  if (there.some((name) => !name.startsWith('.'))) {
    throw new PublishingError(
      `${join(folder, OUTPUT_FOLDER)} is there already and was not made by this program. Rename it.`,
    );
  }
  return new Map();
}

/** A .torrent that somebody else made of a file is not written over. */
async function refuseForeignOutputs(
  files: readonly FoundFile[],
  known: ReadonlyMap<string, PublishedEntry>,
): Promise<void> {
  const unknown = files.filter(({ path }) => !known.has(path.join('/')));
  for (const output of unknown.flatMap(({ absolutePath }) => SUFFIXES.map((suffix) => absolutePath + suffix))) {
    const bytes = await readIfThere(output);
    if (bytes !== null && !isOwnOutput(bytes)) {
      throw new PublishingError(`${output} was not made by this program. Move it away, then run this again.`);
    }
  }
}

/** Removes what was written beside files that are gone. */
async function removeGone(
  folder: string,
  known: ReadonlyMap<string, PublishedEntry>,
  present: ReadonlySet<string>,
): Promise<string[]> {
  const gone = [...known.keys()].filter((file) => !present.has(file));
  const removed: string[] = [];
  for (const output of gone.flatMap((file) => SUFFIXES.map((suffix) => file + suffix))) {
    const bytes = await readIfThere(join(folder, output));
    if (bytes === null || !isOwnOutput(bytes)) continue;
    await rm(join(folder, output));
    removed.push(output);
  }
  return removed;
}

async function patchFeed(
  feed: string,
  publications: readonly Publication[],
  { baseUrl }: Site,
  write: (path: readonly string[], content: string) => Promise<void>,
): Promise<number> {
  const bytes = await readIfThere(feed);
  if (bytes === null) throw new PublishingError(`There is no feed at ${feed}.`);
  const { text, matched } = patchPodcastFeed(decodeFeed(bytes), publications);
  if (matched.length === 0) {
    throw new PublishingError(
      `No enclosure of ${feed} is one of the files: none has an address below ${baseUrl} that is there. Check --base.`,
    );
  }
  await write([OUTPUT_FOLDER, FEED_NAME], text);
  return matched.length;
}

const beside = (path: readonly string[], suffix: string) => [...path.slice(0, -1), `${path.at(-1)}${suffix}`];

const bytesOf = (files: Iterable<{ readonly sizeBytes: number }>) =>
  [...files].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
