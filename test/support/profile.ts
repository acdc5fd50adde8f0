import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export type Profile = {
  readonly dir: string;
  /** It goes with the browser, which therefore need not be left in good order. */
  readonly isOurs: boolean;
  /** Deletes the folder, unless a test gave it. */
  readonly discard: () => void;
};

/**
 * The folder that a browser keeps everything in: the given one, or a new one in the temporary folder, which begins as a
 * copy of `copiedFrom` if that is given.
 */
export function openProfile(givenDir: string | undefined, copiedFrom?: string): Profile {
  if (givenDir !== undefined) {
    mkdirSync(givenDir, { recursive: true });
    return { dir: resolve(givenDir), isOurs: false, discard: () => {} };
  }
  const dir = mkdtempSync(join(tmpdir(), 'rivulet-profile-'));
  if (copiedFrom !== undefined) cpSync(copiedFrom, dir, { recursive: true });
  // A browser's last helpers may still write while it is deleted, hence the retries.
  return {
    dir,
    isOurs: true,
    discard: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}
