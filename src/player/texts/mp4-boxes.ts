import type { FileWindow } from './file-window.ts';

/** A box of MP4 (ISO 14496-12, 4.2): what is in it lies between two bytes of the file. */
export type Box = { readonly type: string; readonly dataByte: number; readonly endByte: number };

const MAX_HEAD_BYTES = 16;
/** No box that is looked into has more. */
const MAX_BOXES = 1_000;

/** The boxes between two bytes, as far as their heads are here. What has a wrong length ends where its parent does. */
export async function* boxesIn(file: FileWindow, startByte: number, endByte: number): AsyncGenerator<Box> {
  let at = startByte;
  for (let count = 0; count < MAX_BOXES && at + 8 <= endByte; count++) {
    const head = await file.some(at, Math.min(MAX_HEAD_BYTES, endByte - at));
    if (head === null || head.length < 8) return;
    const view = viewOf(head);
    const short = view.getUint32(0);
    if (short === 1 && head.length < MAX_HEAD_BYTES) return;
    const size = short === 1 ? Number(view.getBigUint64(8)) : short === 0 ? endByte - at : short;
    const dataByte = at + (short === 1 ? 16 : 8);
    if (at + size < dataByte) return;
    const end = Math.min(at + size, endByte);
    yield { type: String.fromCharCode(...head.subarray(4, 8)), dataByte, endByte: end };
    at = end;
  }
}

/** The first box that lies this deep: `['mdia', 'hdlr']`. */
export async function boxAt(file: FileWindow, parent: Omit<Box, 'type'>, path: readonly string[]): Promise<Box | null> {
  const [wanted, ...rest] = path;
  for await (const box of boxesIn(file, parent.dataByte, parent.endByte)) {
    if (box.type === wanted) return rest.length === 0 ? box : boxAt(file, box, rest);
  }
  return null;
}

/** What is in a box; null when it is not there, not here, or longer than so many bytes. */
export async function dataOf(file: FileWindow, box: Box | null, mostBytes: number): Promise<Uint8Array | null> {
  const lengthBytes = box === null ? 0 : box.endByte - box.dataByte;
  if (box === null || lengthBytes > mostBytes) return null;
  return lengthBytes === 0
    ? new Uint8Array(0)
    : ((await file.at(box.dataByte, lengthBytes))?.slice(0, lengthBytes) ?? null);
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
