import type { CurvePoint } from '../byte-curve.ts';
import {
  lettersAt,
  MAX_BOXES,
  MAX_HEAD_BYTES,
  offsetsOf,
  readBoxHead,
  rowsOf,
  timescaleOf,
  viewOf,
} from '../mp4-tables.ts';
import type { ReadBytes } from './matroska-index.ts';

const MAX_INDEX_BYTES = 64 * 1_048_576;
const NOTHING = new Uint8Array(0);

type Box = { readonly type: string; readonly data: Uint8Array };
/** The tables of a track that say where its samples are (ISO/IEC 14496-12 §8.6, §8.7). */
type Tables = { readonly timescale: number; readonly isVideo: boolean; readonly table: Map<string, Uint8Array> };

/**
 * Where the pictures of an MP4 file lie, chunk by chunk; sound, when it has none. Waits for the bytes of its index.
 * @returns none for other files, and for those that are made of fragments.
 */
export async function mp4Places(read: ReadBytes, lengthBytes: number): Promise<CurvePoint[]> {
  let at = 0;
  for (let count = 0; at + MAX_HEAD_BYTES <= lengthBytes && count < MAX_BOXES; count++) {
    const head = readBoxHead(await read(at, at + MAX_HEAD_BYTES), lengthBytes - at);
    if (head === null) return [];
    if (head.type === 'moov') {
      if (head.size > MAX_INDEX_BYTES || at + head.size > lengthBytes) return [];
      return placesIn(await read(at + head.headBytes, at + head.size));
    }
    at += head.size;
  }
  return [];
}

function placesIn(moov: Uint8Array): CurvePoint[] {
  const tracks = [...boxes(moov)].filter(({ type }) => type === 'trak').flatMap(({ data }) => tablesOf(data) ?? []);
  const track = tracks.find(({ isVideo }) => isVideo) ?? tracks[0];
  return track === undefined ? [] : chunksOf(track);
}

function tablesOf(trak: Uint8Array): Tables | null {
  const mdia = child(trak, 'mdia');
  const [mdhd, hdlr] = [child(mdia, 'mdhd'), child(mdia, 'hdlr')];
  const stbl = child(child(mdia, 'minf'), 'stbl');
  if (mdhd === null || stbl === null || mdhd.length < 24) return null;
  const timescale = timescaleOf(viewOf(mdhd));
  const isVideo = hdlr !== null && hdlr.length >= 12 && lettersAt(hdlr, 8) === 'vide';
  return timescale === 0
    ? null
    : { timescale, isVideo, table: new Map([...boxes(stbl)].map((it) => [it.type, it.data])) };
}

/** Where each chunk begins, and when its first sample is decoded. */
function chunksOf({ timescale, table }: Tables): CurvePoint[] {
  const of = (name: string) => table.get(name) ?? NOTHING;
  const [stts, stsc] = [rowsOf(of('stts'), 2), rowsOf(of('stsc'), 3)];
  const short = offsetsOf(of('stco'), 4);
  const offsets = short.length > 0 ? short : offsetsOf(of('co64'), 8);
  const places: CurvePoint[] = [];
  let [sample, timeAt, run, left] = [0, 0, 0, stts[0]?.[0] ?? 0];
  let group = 0;
  for (const [chunk, byte] of offsets.entries()) {
    while (group + 1 < stsc.length && (stsc[group + 1]?.[0] ?? 0) <= chunk + 1) group += 1;
    places.push({ timeS: timeAt / timescale, byte });
    let samples = stsc[group]?.[1] ?? 0;
    sample += samples;
    while (samples > 0 && run < stts.length) {
      const taken = Math.min(samples, left);
      timeAt += taken * (stts[run]?.[1] ?? 0);
      samples -= taken;
      left -= taken;
      if (left > 0) break;
      run += 1;
      left = stts[run]?.[0] ?? 0;
    }
  }
  return sample === 0 ? [] : places;
}

function* boxes(data: Uint8Array): Generator<Box> {
  for (let at = 0; at < data.length; ) {
    const head = readBoxHead(data.subarray(at, at + MAX_HEAD_BYTES), data.length - at);
    if (head === null || at + head.size > data.length) return;
    yield { type: head.type, data: data.subarray(at + head.headBytes, at + head.size) };
    at += head.size;
  }
}

function child(data: Uint8Array | null, wanted: string): Uint8Array | null {
  if (data !== null) for (const { type, data: found } of boxes(data)) if (type === wanted) return found;
  return null;
}
