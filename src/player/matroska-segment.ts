import { childOf, children, readUint } from './ebml.ts';
import { CUES, INFO, MAX_ELEMENTS, SEEK_HEAD, TRACKS } from './matroska-names.ts';

/** The tables that stand before the first cluster, or that the seek head names. */
export const TABLES: ReadonlySet<number> = new Set([SEEK_HEAD, INFO, TRACKS, CUES]);
/** Ticks of a file that does not say how long they are. */
const USUAL_TICK_NS = 1_000_000;
export const NS_PER_S = 1e9;
export const NOTHING = new Uint8Array(0);

/** How long a tick is, by the table `INFO`. */
export function tickOf(info: Uint8Array = NOTHING): number {
  const tickNs = readUint(childOf(info, 0x2ad7b1)) ?? USUAL_TICK_NS;
  return (tickNs > 0 ? tickNs : USUAL_TICK_NS) / NS_PER_S;
}

/** Where the seek head says that elements are, in bytes from the beginning of the segment. */
export function seeksOf(seekHead: Uint8Array = NOTHING): { readonly id: number; readonly byte: number }[] {
  const found: { id: number; byte: number }[] = [];
  for (const { id, data } of children(seekHead)) {
    if (id !== 0x4dbb || found.length >= MAX_ELEMENTS) continue;
    const [target, byte] = [readUint(childOf(data, 0x53ab)), readUint(childOf(data, 0x53ac))];
    if (target !== null && byte !== null) found.push({ id: target, byte });
  }
  return found;
}
