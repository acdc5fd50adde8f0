import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export type Profile = {
  readonly dir: string;
  /** Deletes the folder, unless a test gave it. */
  readonly discard: () => void;
};

/** The folder that a browser keeps everything in: the given one, or a new one in the temporary folder. */
export function openProfile(givenDir: string | undefined): Profile {
  if (givenDir !== undefined) {
    mkdirSync(givenDir, { recursive: true });
    return { dir: resolve(givenDir), discard: () => {} };
  }
  const dir = mkdtempSync(join(tmpdir(), 'rivulet-profile-'));
  // A browser's last helpers may still write while it is deleted, hence the retries.
  return { dir, discard: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}
