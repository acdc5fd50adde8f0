import { readVint } from '../ebml.ts';

/** The bits of a block's flags that say how several frames lie in it. */
export const LACING = { xiph: 0x02, fixed: 0x04, ebml: 0x06 } as const;

/**
 * The frames of a block, from what follows its flags. One that makes no sense has as many as do. Pure.
 * @see RFC 9559 §10.3
 */
export function framesOfBlock(data: Uint8Array, lacing: number): Uint8Array[] {
  if (lacing === 0) return [data];
  const count = (data[0] ?? 0) + 1;
  const { sizes, at: dataAt } = SIZES[lacing as (typeof LACING)[keyof typeof LACING]](data, count);
  let at = dataAt;
  const frames: Uint8Array[] = [];
  for (const size of sizes) {
    if (size <= 0 || at + size > data.length) return frames;
    frames.push(data.subarray(at, at + size));
    at += size;
  }
  if (at < data.length && frames.length < count) frames.push(data.subarray(at));
  return frames;
}

/** The sizes of frames, without the last where that has the rest, and where the first begins. */
type Sizes = { readonly sizes: readonly number[]; readonly at: number };

const SIZES: Readonly<Record<(typeof LACING)[keyof typeof LACING], (data: Uint8Array, count: number) => Sizes>> = {
  [LACING.fixed]: (data, count) => ({ sizes: new Array(count).fill(Math.floor((data.length - 1) / count)), at: 1 }),
  [LACING.xiph]: (data, count) => {
    const sizes: number[] = [];
    let at = 1;
    for (let frame = 1; frame < count; frame++) {
      let size = 0;
      let part = 255;
      while (part === 255 && at < data.length) {
        part = data[at++] as number;
        size += part;
      }
      sizes.push(size);
    }
    return { sizes, at };
  },
  [LACING.ebml]: (data, count) => {
    const sizes: number[] = [];
    let at = 1;
    for (let frame = 1; frame < count; frame++) {
      const number = readVint(data.subarray(at, at + 8));
      if (number === null) break;
      at += number.length;
      // All but the first tell how much more or less than the one before.
      const bias = 2 ** (7 * number.length - 1) - 1;
      sizes.push(frame === 1 ? number.value : (sizes.at(-1) as number) + number.value - bias);
    }
    return { sizes, at };
  },
};
