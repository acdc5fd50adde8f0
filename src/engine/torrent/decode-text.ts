// A BOM is kept: a name is what an origin's URL is made of (BEP 19), so nothing may be lost.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder('windows-1252');

/**
 * Decodes a name or URL of a torrent. BEP 3 wants UTF-8; bytes that are not are read as windows-1252, as old clients in
 * the West wrote them. Never throws, and gives no lone surrogates.
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return windows1252.decode(bytes);
  }
}
