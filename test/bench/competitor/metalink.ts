export type Metalink = {
  /** A plain file name, without characters that XML escapes. */
  readonly name: string;
  readonly lengthBytes: number;
  readonly urls: readonly string[];
  /** SHA-1 of each piece, end to end; null leaves them out. */
  readonly pieces: { readonly lengthBytes: number; readonly hashes: Buffer } | null;
};

/** A metalink of one file with its mirrors, all of the same priority. @see RFC 5854 */
export function metalinkOf({ name, lengthBytes, urls, pieces }: Metalink): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<metalink xmlns="urn:ietf:params:xml:ns:metalink">',
    `<file name="${name}">`,
    `<size>${lengthBytes}</size>`,
    ...(pieces === null ? [] : piecesOf(pieces.lengthBytes, pieces.hashes)),
    ...urls.map((url) => `<url priority="1">${url}</url>`),
    '</file>',
    '</metalink>',
    '',
  ].join('\n');
}

const SHA1_BYTES = 20;

function piecesOf(lengthBytes: number, hashes: Buffer): string[] {
  const count = hashes.length / SHA1_BYTES;
  const hashAt = (piece: number) => hashes.subarray(piece * SHA1_BYTES, (piece + 1) * SHA1_BYTES).toString('hex');
  const lines = Array.from({ length: count }, (_, piece) => `<hash>${hashAt(piece)}</hash>`);
  return [`<pieces type="sha-1" length="${lengthBytes}">`, ...lines, '</pieces>'];
}
