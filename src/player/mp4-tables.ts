/** No box that is looked into has more in it. */
export const MAX_BOXES = 1_000;
/** Longer heads there are none. */
export const MAX_HEAD_BYTES = 16;

/** The head of a box of MP4 (ISO/IEC 14496-12 §4.2). `size`: of the whole box. */
export type BoxHead = { readonly type: string; readonly size: number; readonly headBytes: 8 | 16 };

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Four letters. */
export const lettersAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

/**
 * The head of a box from its first bytes; null where there is none, or not enough bytes for it.
 * @param restBytes How much is left of what the box is in, which one that says no size fills.
 */
export function readBoxHead(bytes: Uint8Array, restBytes: number): BoxHead | null {
  if (bytes.length < 8) return null;
  const view = viewOf(bytes);
  const short = view.getUint32(0);
  if (short === 1 && bytes.length < MAX_HEAD_BYTES) return null;
  const size = short === 1 ? Number(view.getBigUint64(8)) : short === 0 ? restBytes : short;
  const headBytes = short === 1 ? 16 : 8;
  return size < headBytes ? null : { type: lettersAt(bytes, 4), size, headBytes };
}

/** Units a second, which `mdhd` and `mvhd` have at the same place: behind two dates. */
export function timescaleOf(header: DataView): number {
  const at = header.getUint8(0) === 1 ? 20 : 12;
  return header.byteLength >= at + 4 ? header.getUint32(at) : 0;
}

/** The rows of a table: so many numbers of four bytes each, behind its version, its flags and their count (§8.6, §8.7). */
export const rowsOf = (table: Uint8Array, columns: number): number[][] =>
  entriesOf(table, 4 * columns, (view, at) =>
    Array.from({ length: columns }, (_, column) => view.getUint32(at + 4 * column)),
  );

/** Where chunks begin, by the table `stco` or the one with longer numbers, `co64`. */
export const offsetsOf = (table: Uint8Array, entryBytes: 4 | 8): number[] =>
  entriesOf(table, entryBytes, (view, at) => (entryBytes === 4 ? view.getUint32(at) : Number(view.getBigUint64(at))));

/** More rows than the longest film has. */
const MAX_ROWS = 2_000_000;

function entriesOf<T>(table: Uint8Array, entryBytes: number, read: (view: DataView, at: number) => T): T[] {
  if (table.length < 8) return [];
  const view = viewOf(table);
  const count = Math.min(view.getUint32(4), Math.floor((table.length - 8) / entryBytes), MAX_ROWS);
  return Array.from({ length: count }, (_, row) => read(view, 8 + row * entryBytes));
}
