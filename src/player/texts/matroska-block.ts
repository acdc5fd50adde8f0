import { children, readUint, readVint } from '../ebml.ts';
import type { Packing } from './matroska-head.ts';

/** A subtitle of more bytes is none. */
export const MAX_PACKET_BYTES = 65_536;
/** Bits of the flags that say that several frames lie in the block, which texts do not. */
const LACING = 0x06;

export type Block = {
  readonly track: number;
  /** Ticks after the time of its cluster; may be less than 0. */
  readonly ticks: number;
  readonly packet: Uint8Array;
  /** Null when it is not said. */
  readonly durationTicks: number | null;
};

/** The track that a block belongs to, from its first bytes. */
export const trackOfBlock = (bytes: Uint8Array): number | null => readVint(bytes.subarray(0, 8))?.value ?? null;

/** A SimpleBlock, or the Block of a group (RFC 9559, 10.1); null when it is cut off or holds several frames. */
export function readBlock(bytes: Uint8Array, durationTicks: number | null): Block | null {
  const track = readVint(bytes);
  if (track === null || bytes.length < track.length + 3) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + track.length, 3);
  if ((view.getUint8(2) & LACING) !== 0) return null;
  const packet = bytes.subarray(track.length + 3);
  return { track: track.value, ticks: view.getInt16(0), packet, durationTicks };
}

/** The block of a BlockGroup, with the time that it is shown for. */
export function readBlockGroup(bytes: Uint8Array): Block | null {
  let block: Uint8Array | null = null;
  let durationTicks: number | null = null;
  for (const { id, data } of children(bytes)) {
    if (id === 0xa1) block ??= data;
    else if (id === 0x9b) durationTicks ??= readUint(data);
  }
  return block && readBlock(block, durationTicks);
}

/** A packet as it was before it was packed; null when that does not work out, or is longer than a subtitle. */
export async function unpack(packet: Uint8Array, packing: Packing | null): Promise<Uint8Array | null> {
  if (packing === null) return packet;
  if (packing.kind === 'cut') {
    const whole = new Uint8Array(packing.start.length + packet.length);
    whole.set(packing.start);
    whole.set(packet, packing.start.length);
    return whole;
  }
  const inflating = new Blob([new Uint8Array(packet)]).stream().pipeThrough(new DecompressionStream('deflate'));
  const into = new Uint8Array(MAX_PACKET_BYTES);
  let length = 0;
  const reader = inflating.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return into.subarray(0, length);
      if (length + value.length > MAX_PACKET_BYTES) return null;
      into.set(value, length);
      length += value.length;
    }
  } catch {
    return null; // no zlib
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
