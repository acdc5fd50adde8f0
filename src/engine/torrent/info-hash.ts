import type { InfoHash } from '../../model/ids.ts';

const HEX_40 = /^[0-9a-f]{40}$/i;
const BASE32_32 = /^[a-z2-7]{32}$/i;
const BASE32_DIGITS = 'abcdefghijklmnopqrstuvwxyz234567';

/** Reads an info hash as magnets spell it: 40 hex digits or 32 base32 digits, any case (BEP 9). Null if it is neither. */
export function readInfoHash(text: string): InfoHash | null {
  if (HEX_40.test(text)) return text.toLowerCase() as InfoHash;
  if (!BASE32_32.test(text)) return null;
  let hex = '';
  // Four base32 digits are 20 bits, which are five hex digits.
  for (let at = 0; at < text.length; at += 4) {
    let bits = 0;
    for (const digit of text.slice(at, at + 4).toLowerCase()) bits = bits * 32 + BASE32_DIGITS.indexOf(digit);
    hex += bits.toString(16).padStart(5, '0');
  }
  return hex as InfoHash;
}

/** Writes the 20 bytes of a SHA-1 as an info hash. */
export function infoHashOfDigest(digest: Uint8Array): InfoHash {
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') as InfoHash;
}
