import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Publication } from './read-folder.ts';

/** Says of which files the bytes are those that their .torrent describes. */
export type ContentCheck = {
  /**
   * Whether the file as it was changed last at `mtimeMs` is known to be what its .torrent describes. Never reads the file
   * itself.
   */
  readonly isAsDescribed: (publication: Publication, mtimeMs: number) => boolean;
  /** Looks at what is new or has changed; reads whole files where only that can tell. */
  readonly check: (publications: readonly Publication[]) => Promise<void>;
};

type Verdict = { readonly mtimeMs: number; readonly sha256: string; readonly isSame: boolean };

/**
 * A file that is no newer than its .torrent is what was published. One that is newer was copied, or was changed: it is
 * read once and its SHA-256 compared. Lies would be told to everybody otherwise, as an ETag that stays when bytes change.
 */
export function makeContentCheck(signal: AbortSignal, warn: (text: string) => void): ContentCheck {
  const verdicts = new Map<string, Verdict>();

  const judge = async ({ file: { localPath, name }, sha256, torrentPath }: Publication) => {
    if (localPath === null || sha256 === null) return;
    const [content, torrent] = await Promise.all([stat(localPath), stat(torrentPath)]);
    const known = verdicts.get(localPath);
    if (known?.mtimeMs === content.mtimeMs && known.sha256 === sha256) return;
    const isSame = content.mtimeMs <= torrent.mtimeMs || (await hashFile(localPath, signal)) === sha256;
    verdicts.set(localPath, { mtimeMs: content.mtimeMs, sha256, isSame });
    if (!isSame) warn(`${name} is not what its .torrent describes: peers would get another file. Publish it again.`);
  };

  return {
    isAsDescribed: ({ file: { localPath }, sha256 }, mtimeMs) => {
      const verdict = localPath === null ? undefined : verdicts.get(localPath);
      return verdict?.isSame === true && verdict.sha256 === sha256 && verdict.mtimeMs === mtimeMs;
    },
    check: async (publications) => {
      // One after another: a disk that serves visitors has no time for more.
      for (const publication of publications) {
        if (signal.aborted) return;
        await judge(publication).catch((error: Error) => warn(`${publication.file.name}: ${error.message}`));
      }
    },
  };
}

async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest('hex');
}
