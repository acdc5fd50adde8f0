/** A hash of the whole file as a server announces it. */
export type AnnouncedDigest = {
  readonly algorithm: 'sha-256' | 'sha-512';
  readonly digest: Uint8Array<ArrayBuffer>;
};

const LENGTHS = { 'sha-512': 64, 'sha-256': 32 } as const;

/**
 * Reads `Repr-Digest: sha-256=:…:` (RFC 9530), or the older `Digest: SHA-256=…` (RFC 3230) in its stead. Weak
 * algorithms are passed over.
 * @returns null when neither is there; `unreadable` when one is, and has no hash of the right length.
 */
export function readDigest(headers: Headers): AnnouncedDigest | 'unreadable' | null {
  const modern = headers.get('repr-digest');
  const value = modern ?? headers.get('digest');
  if (value === null) return null;
  for (const algorithm of ['sha-512', 'sha-256'] as const) {
    const item = modern === null ? `${algorithm}=([^,\\s]+)` : `${algorithm}=:([^:]*):`;
    const text = new RegExp(`(?:^|[,\\s])${item}`, 'i').exec(value)?.[1];
    if (text === undefined) continue;
    const digest = bytesOfBase64(text);
    return digest !== null && digest.length === LENGTHS[algorithm] ? { algorithm, digest } : 'unreadable';
  }
  return 'unreadable';
}

function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}
