import { offsetsOf, rowsOf, timescaleOf, viewOf } from '../mp4-tables.ts';
import type { FileWindow } from './file-window.ts';
import { type Box, boxAt, dataOf } from './mp4-boxes.ts';

/** Where one subtitle lies, and when it is shown. */
export type Sample = {
  readonly byte: number;
  readonly lengthBytes: number;
  readonly startS: number;
  readonly endS: number;
};

/** More than the longest film has. */
const MAX_SAMPLES = 100_000;
/** Tables of texts are short: those of so many samples are. */
const MAX_TABLE_BYTES = 16 * MAX_SAMPLES;

/**
 * Where the samples of a track lie, from its tables (ISO 14496-12, 8.6 and 8.7); null when these make no sense.
 * @param movieTimescale Units a second of the whole film, in which edits count.
 */
export async function samplesOf(file: FileWindow, trak: Box, movieTimescale: number): Promise<Sample[] | null> {
  const table = async (...path: string[]) => {
    const bytes = await dataOf(file, await boxAt(file, trak, path), MAX_TABLE_BYTES);
    return bytes !== null && bytes.length >= 8 ? bytes : null;
  };
  const ofSamples = (name: string) => table('mdia', 'minf', 'stbl', name);
  const [mdhd, elst] = [await table('mdia', 'mdhd'), await table('edts', 'elst')];
  const [stts, stsc, stsz] = [await ofSamples('stts'), await ofSamples('stsc'), await ofSamples('stsz')];
  const [stco, co64] = [await ofSamples('stco'), await ofSamples('co64')];
  const chunks = stco === null ? co64 && offsetsOf(co64, 8) : offsetsOf(stco, 4);
  const timescale = mdhd === null ? 0 : timescaleOf(viewOf(mdhd));
  if (stts === null || stsc === null || stsz === null || chunks === null || timescale === 0) return null;
  const sizes = sizesOf(viewOf(stsz));
  const places = placesOf(sizes, rowsOf(stsc, 3), chunks);
  const shiftS = elst === null ? 0 : shiftOf(viewOf(elst), timescale, movieTimescale);
  const samples: Sample[] = [];
  let units = 0;
  for (const [count = 0, delta = 0] of rowsOf(stts, 2)) {
    for (let nth = 0; nth < count && samples.length < places.length; nth++) {
      const startS = units / timescale + shiftS;
      units += delta;
      const [byte, lengthBytes] = [places[samples.length] ?? 0, sizes[samples.length] ?? 0];
      samples.push({ byte, lengthBytes, startS, endS: units / timescale + shiftS });
    }
  }
  return samples;
}

function sizesOf(stsz: DataView): number[] {
  if (stsz.byteLength < 12) return [];
  const [same, wanted] = [stsz.getUint32(4), Math.min(stsz.getUint32(8), MAX_SAMPLES)];
  if (same !== 0) return new Array<number>(wanted).fill(same);
  const count = Math.min(wanted, Math.floor((stsz.byteLength - 12) / 4));
  return Array.from({ length: count }, (_, nth) => stsz.getUint32(12 + nth * 4));
}

/** Where each sample begins: chunks have so many each, from a first chunk on, and lie there one behind the other. */
function placesOf(sizes: readonly number[], runs: readonly (readonly number[])[], chunks: number[]): number[] {
  const places: number[] = [];
  let run = 0;
  for (let chunk = 1; chunk <= chunks.length && places.length < sizes.length; chunk++) {
    while ((runs[run + 1]?.[0] ?? Number.POSITIVE_INFINITY) <= chunk) run++;
    let byte = chunks[chunk - 1] ?? 0;
    const count = runs[run]?.[1] ?? 0;
    for (let nth = 0; nth < count && places.length < sizes.length; nth++) {
      byte += sizes[places.push(byte) - 1] ?? 0;
    }
  }
  return places;
}

/** By how much edits have a track begin later: an empty one waits, the first other one may begin within the track. */
function shiftOf(elst: DataView, timescale: number, movieTimescale: number): number {
  const isLong = elst.getUint8(0) === 1;
  const entryBytes = isLong ? 20 : 12;
  let waitS = 0;
  for (let at = 8; at + entryBytes <= elst.byteLength; at += entryBytes) {
    const duration = isLong ? Number(elst.getBigUint64(at)) : elst.getUint32(at);
    const mediaTime = isLong ? Number(elst.getBigInt64(at + 8)) : elst.getInt32(at + 4);
    if (mediaTime >= 0) return waitS - mediaTime / timescale;
    waitS += movieTimescale > 0 ? duration / movieTimescale : 0;
  }
  return waitS;
}
