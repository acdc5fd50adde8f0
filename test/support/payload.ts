import { createHash } from 'node:crypto';

/**
 * Bytes that look random and are the same for the same seed on every machine (about 500 MB/s).
 * A longer payload of one seed begins with the shorter one. Not for cryptography.
 * @see Marsaglia, "Xorshift RNGs", 2003 (the 32-bit generator 13, 17, 5).
 */
export function pseudoRandomBytes(seed: number, lengthBytes: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(lengthBytes / 4));
  // Zero is the one state that xorshift never leaves; the multiplication keeps neighbouring seeds apart.
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  for (let index = 0; index < words.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return new Uint8Array(words.buffer, 0, lengthBytes);
}

/** SHA-256 in lower-case hex: how tests compare a file in Downloads with what was served. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
