import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tokenDigest } from './admin-access.ts';

/** `made`: the token itself, when this start made it; it is shown once and kept nowhere. */
export type AdminToken = { readonly digest: Buffer; readonly made: string | null };

const FILE = 'admin-token.sha256';

/**
 * The digest of the token that was given, else of the one of an earlier start, else of a new one, which is kept as its
 * SHA-256 in the data folder, readable for this user alone.
 * @throws {Error} in plain words when the file is there and is no digest.
 */
export async function loadAdminToken(given: string | null, dataDir: string): Promise<AdminToken> {
  if (given !== null) return { digest: tokenDigest(given), made: null };
  const path = join(dataDir, FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) {
    const made = randomBytes(24).toString('base64url');
    await writeFile(path, `${tokenDigest(made).toString('hex')}\n`, { mode: 0o600 });
    return { digest: tokenDigest(made), made };
  }
  if (!/^[0-9a-f]{64}\s*$/.test(text)) throw new Error(`${path} is damaged. Delete it, and a new token is made.`);
  return { digest: Buffer.from(text.trim(), 'hex'), made: null };
}
