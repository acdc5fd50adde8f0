import { createHash } from 'node:crypto';

const REMEMBERED = 50_000;

/**
 * Names lines so that a log that is read again counts once. Two equal lines of one log are two answers (a client may ask
 * for the same range twice in a second), so a name is the line and how often it came before. Only near lines can be
 * equal, for each has a time; those of long ago are forgotten.
 */
export function createLineNames(): (line: string) => string {
  let recent = new Map<string, number>();
  let older = new Map<string, number>();
  return (line) => {
    const digest = createHash('sha256').update(line).digest('base64url').slice(0, 22);
    const times = recent.get(digest) ?? older.get(digest) ?? 0;
    recent.set(digest, times + 1);
    if (recent.size >= REMEMBERED) {
      older = recent;
      recent = new Map();
    }
    return `${digest}.${times}`;
  };
}
