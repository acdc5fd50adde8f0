import { MAX_BOXES, MAX_HEAD_BYTES, readBoxHead } from '../mp4-tables.ts';
import type { FileWindow } from './file-window.ts';

/** A box of MP4 (ISO 14496-12, 4.2): what is in it lies between two bytes of the file. */
export type Box = { readonly type: string; readonly dataByte: number; readonly endByte: number };

/** The boxes between two bytes, as far as their heads are here. What has a wrong length ends where its parent does. */
export async function* boxesIn(file: FileWindow, startByte: number, endByte: number): AsyncGenerator<Box> {
  let at = startByte;
  for (let count = 0; count < MAX_BOXES && at + 8 <= endByte; count++) {
    const bytes = await file.some(at, Math.min(MAX_HEAD_BYTES, endByte - at));
    const head = bytes && readBoxHead(bytes, endByte - at);
    if (head === null) return;
    const end = Math.min(at + head.size, endByte);
    yield { type: head.type, dataByte: at + head.headBytes, endByte: end };
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
