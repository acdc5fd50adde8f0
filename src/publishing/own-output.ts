import { GENERATOR } from './write-metalink.ts';
import { CREATED_BY } from './write-torrent.ts';

const MARKS = [`10:created by${CREATED_BY.length}:${CREATED_BY}`, `<generator>${GENERATOR}</generator>`];
/** Both marks stand before anything long. */
const LOOKED_AT_BYTES = 65_536;

/** Whether a .torrent or .meta4 is one of ours, which may be written over or removed; nobody else's may. */
export function isOwnOutput(bytes: Uint8Array): boolean {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, LOOKED_AT_BYTES));
  return MARKS.some((mark) => start.includes(mark));
}
