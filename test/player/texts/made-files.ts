/** Bytes one behind the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** A whole number in as few bytes as hold it, the highest first. */
export function number(value: number, leastBytes = 1): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; rest > 0 || bytes.length < leastBytes; rest = Math.floor(rest / 256))
    bytes.unshift(rest % 256);
  return Uint8Array.from(bytes);
}

/** An element of EBML. `size`: as it is written, where that is not the truth. */
export function element(id: number, data: Uint8Array, size = data.length): Uint8Array {
  return joined(number(id), Uint8Array.of(0x01), number(size, 7), data);
}

/** A box of MP4. */
export const box = (type: string, data: Uint8Array, size = 8 + data.length): Uint8Array =>
  joined(number(size, 4), text(type), data);

export type MadeTrack = { readonly codec?: string; readonly more?: readonly Uint8Array[] };

/** A file of Matroska with one text, track 1, whose packets lie in one cluster, a second apart and two seconds long. */
export function madeMatroska(packets: readonly Uint8Array[], { codec = 'S_TEXT/UTF8', more = [] }: MadeTrack = {}) {
  const entry = [element(0xd7, number(1)), element(0x83, number(17)), element(0x86, text(codec)), ...more];
  const groups = packets.map((packet, at) => {
    const block = joined(Uint8Array.of(0x81), number(at * 1000, 2), Uint8Array.of(0), packet);
    return element(0xa0, joined(element(0xa1, block), element(0x9b, number(2000))));
  });
  const tracks = element(0x1654ae6b, element(0xae, joined(...entry)));
  return matroskaOf(tracks, element(0x1f43b675, joined(element(0xe7, number(0)), ...groups)));
}

/** A file of Matroska with these elements in its segment. */
export const matroskaOf = (...elements: readonly Uint8Array[]): Uint8Array =>
  joined(element(0x1a45dfa3, element(0x4282, text('matroska'))), element(0x18538067, joined(...elements)));
