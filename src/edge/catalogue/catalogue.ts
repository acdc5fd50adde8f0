import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { PublishedFile } from '../published-file.ts';
import { makeContentCheck } from './check-contents.ts';
import { type Publication, readFolder, type TorrentCache } from './read-folder.ts';

/** What a publisher shares through this edge, kept up to date with its folder. */
export type Catalogue = {
  /** The same list as before while nothing has changed. */
  readonly files: () => readonly PublishedFile[];
  readonly find: (infoHash: string) => PublishedFile | null;
  /** What describes the file at this path of this machine, if anything does. */
  readonly atLocalPath: (localPath: string) => Publication | null;
  readonly publications: () => readonly Publication[];
  /** Whether the file, changed last at `mtimeMs`, is known to be what its .torrent describes. */
  readonly isAsDescribed: (publication: Publication, mtimeMs: number) => boolean;
  /** Reads the folder again now, and compares files that are newer than their .torrent. */
  readonly refresh: () => Promise<void>;
};

/** A folder is read again this often; a slow one (a network drive, a hundred thousand files) more seldom. */
const READ_EVERY_MS = 5_000;
const SHARE_OF_TIME = 20;

/**
 * The catalogue of a folder, or an empty one for null. Reading goes on until `signal` aborts; `warn` gets each new problem
 * once, in plain words.
 * @throws {Error} when the folder cannot be read now.
 */
export async function openCatalogue(
  folder: string | null,
  { signal, warn }: { readonly signal: AbortSignal; readonly warn: (text: string) => void },
): Promise<Catalogue> {
  const cache: TorrentCache = new Map();
  const contents = makeContentCheck(signal, warn);
  let publications: readonly Publication[] = [];
  let files: readonly PublishedFile[] = [];
  let byInfoHash: ReadonlyMap<string, Publication> = new Map();
  let byPath: ReadonlyMap<string, Publication> = new Map();
  let problems: ReadonlySet<string> = new Set();

  const read = async () => {
    if (folder === null) return;
    const reading = await readFolder(folder, cache);
    for (const problem of reading.problems) if (!problems.has(problem)) warn(problem);
    problems = new Set(reading.problems);
    if (isDeepStrictEqual(publications, reading.publications)) return;
    publications = reading.publications;
    files = publications.map(({ file }) => file);
    byInfoHash = new Map(publications.map((publication) => [publication.file.infoHash, publication]));
    byPath = new Map(
      publications.flatMap((publication) =>
        publication.file.localPath === null ? [] : [[publication.file.localPath, publication] as const],
      ),
    );
  };

  const refresh = async () => {
    await read();
    await contents.check(publications);
  };

  const keepReading = async () => {
    let restMs = READ_EVERY_MS;
    while (!signal.aborted) {
      await wait(restMs, undefined, { signal, ref: false });
      const begunMs = performance.now();
      // A folder that cannot be read for a moment (a drive that is away) keeps what was known of it.
      await refresh().catch((error: Error) => warn(`The folder cannot be read: ${error.message}`));
      restMs = Math.max(READ_EVERY_MS, (performance.now() - begunMs) * SHARE_OF_TIME);
    }
  };

  await read();
  if (folder !== null) {
    const going = contents.check(publications).then(keepReading);
    going.catch(() => {}); // ends when the signal aborts
  }

  return {
    files: () => files,
    find: (infoHash) => byInfoHash.get(infoHash)?.file ?? null,
    atLocalPath: (localPath) => byPath.get(localPath) ?? null,
    publications: () => publications,
    isAsDescribed: contents.isAsDescribed,
    refresh,
  };
}
