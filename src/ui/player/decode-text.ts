/** As much of a text without a mark is looked at to tell its encoding. */
const LOOKED_AT_BYTES = 4096;
/** Share of zero bytes at even or odd places above which a text is UTF-16: Western letters have one in each unit. */
const ZEROS_OF_UTF16 = 0.3;

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * Reads text whose encoding nobody tells: by its byte order mark, by the zeros of UTF-16, as UTF-8 if it is that
 * throughout, and as windows-1252 otherwise, which has a letter for every byte.
 * @param isCut The bytes are the beginning of more, and may end in the middle of a letter.
 */
export function decodeText(
  bytes: Uint8Array,
  isCut = false,
): { readonly text: string; readonly encoding: TextEncoding } {
  const encoding = markOf(bytes) ?? utf16Of(bytes) ?? (isUtf8(bytes, isCut) ? 'utf-8' : 'windows-1252');
  const text = new TextDecoder(encoding).decode(bytes);
  return { text: isCut ? text.replace(/\ufffd$/u, '') : text, encoding };
}

function markOf([first, second, third]: Uint8Array): TextEncoding | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return null;
}

function utf16Of(bytes: Uint8Array): TextEncoding | null {
  const looked = bytes.subarray(0, LOOKED_AT_BYTES);
  const zeros: [even: number, odd: number] = [0, 0];
  for (const [at, byte] of looked.entries()) if (byte === 0) zeros[(at % 2) as 0 | 1] += 1;
  const [even, odd] = zeros.map((count) => count / Math.max(looked.length / 2, 1)) as [number, number];
  if (odd > ZEROS_OF_UTF16 && even < odd / 4) return 'utf-16le';
  if (even > ZEROS_OF_UTF16 && odd < even / 4) return 'utf-16be';
  return null;
}

function isUtf8(bytes: Uint8Array, isCut: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
    return true;
  } catch {
    return false;
  }
}
