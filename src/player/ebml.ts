/** The head of an element. `size`: null when the file leaves open where it ends. */
export type ElementHead = { readonly id: number; readonly size: number | null; readonly headBytes: number };

/** No head is longer: four bytes of name, eight of size. */
export const MAX_HEAD_BYTES = 12;

/**
 * The head of an element of EBML (RFC 8794); null where there is none, or not enough bytes for it.
 * Sizes beyond 2^53 are not exact, and beyond any file anyway.
 */
export function readHead(bytes: Uint8Array): ElementHead | null {
  const [first = 0] = bytes;
  const idBytes = Math.clz32(first) - 23;
  if (first === 0 || idBytes > 4 || bytes.length <= idBytes) return null;
  let id = 0;
  for (let at = 0; at < idBytes; at++) id = id * 256 + (bytes[at] ?? 0);
  const size = readVint(bytes.subarray(idBytes));
  return size && { id, size: size.isOpen ? null : size.value, headBytes: idBytes + size.length };
}

/** A number of variable length. `isOpen`: all its bits are set, which stands for "not known". */
export function readVint(bytes: Uint8Array): { value: number; length: number; isOpen: boolean } | null {
  const [first = 0] = bytes;
  const length = Math.clz32(first) - 23;
  if (first === 0 || bytes.length < length) return null;
  let value = first & (0xff >> length);
  let isOpen = value === 0xff >> length;
  for (let at = 1; at < length; at++) {
    value = value * 256 + (bytes[at] ?? 0);
    isOpen &&= bytes[at] === 0xff;
  }
  return { value, length, isOpen };
}

/** The elements in one that is here whole. What has a wrong length ends where its parent does. */
export function* children(bytes: Uint8Array): Generator<{ readonly id: number; readonly data: Uint8Array }> {
  for (let at = 0; at < bytes.length; ) {
    const head = readHead(bytes.subarray(at, at + MAX_HEAD_BYTES));
    if (head === null) return;
    const start = at + head.headBytes;
    const end = Math.min(start + (head.size ?? Number.POSITIVE_INFINITY), bytes.length);
    yield { id: head.id, data: bytes.subarray(start, end) };
    at = end;
  }
}

/** The data of the first child of this name. */
export function childOf(bytes: Uint8Array, wanted: number): Uint8Array | null {
  for (const { id, data } of children(bytes)) if (id === wanted) return data;
  return null;
}

/** A whole number of up to eight bytes; null when it is longer. */
export function readUint(data: Uint8Array | null): number | null {
  if (data === null || data.length > 8) return null;
  let value = 0;
  for (const byte of data) value = value * 256 + byte;
  return value;
}

/** A text, which may be filled up with zeros. */
export function readText(data: Uint8Array | null, maxBytes = 1_000): string | null {
  if (data === null) return null;
  return new TextDecoder().decode(data.subarray(0, maxBytes)).replace(/\0.*$/s, '');
}
