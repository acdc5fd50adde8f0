import type { CurvePoint } from '../byte-curve.ts';
import { viewOf } from '../texts/mp4-boxes.ts';
import { timescaleOf } from '../texts/mp4-samples.ts';
import type { ReadBytes } from './matroska-index.ts';

const MAX_BOXES = 1_000;
const MAX_INDEX_BYTES = 64 * 1_048_576;
const MAX_CHUNKS = 2_000_000;

type Box = { readonly type: string; readonly data: Uint8Array };
/** The tables of a track that say where its samples are (ISO/IEC 14496-12 §8.6, §8.7). */
type Tables = { readonly timescale: number; readonly isVideo: boolean; readonly table: Map<string, Uint8Array> };

/**
 * Where the pictures of an MP4 file lie, chunk by chunk; sound, when it has none. Waits for the bytes of its index.
 * @returns none for other files, and for those that are made of fragments.
 */
export async function mp4Places(read: ReadBytes, lengthBytes: number): Promise<CurvePoint[]> {
  let at = 0;
  for (let count = 0; at + 16 <= lengthBytes && count < MAX_BOXES; count++) {
    const head = viewOf(await read(at, at + 16));
    const short = head.getUint32(0);
    const size = short === 1 ? Number(head.getBigUint64(8)) : short === 0 ? lengthBytes - at : short;
    if (size < 8) return [];
    if (typeAt(head, 4) === 'moov') {
      if (size > MAX_INDEX_BYTES || at + size > lengthBytes) return [];
      return placesIn(await read(at + (short === 1 ? 16 : 8), at + size));
    }
    at += size;
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
  const isVideo = hdlr !== null && hdlr.length >= 12 && typeAt(viewOf(hdlr), 8) === 'vide';
  return timescale === 0
    ? null
    : { timescale, isVideo, table: new Map([...boxes(stbl)].map((it) => [it.type, it.data])) };
}

/** Where each chunk begins, and when its first sample is decoded. */
function chunksOf({ timescale, table }: Tables): CurvePoint[] {
  const [stts, stsc] = [rows(table.get('stts'), 2), rows(table.get('stsc'), 3)];
  const short = rows(table.get('stco'), 1);
  const offsets = short.length > 0 ? short.map(([offset]) => offset as number) : longOffsets(table.get('co64'));
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

/** A table of numbers of four bytes, behind its version, flags and count. */
function rows(data: Uint8Array | undefined, columns: number): number[][] {
  if (data === undefined || data.length < 8) return [];
  const view = viewOf(data);
  const count = Math.min(view.getUint32(4), Math.floor((data.length - 8) / (4 * columns)), MAX_CHUNKS);
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: columns }, (_, column) => view.getUint32(8 + 4 * (row * columns + column))),
  );
}

function longOffsets(data: Uint8Array | undefined): number[] {
  if (data === undefined || data.length < 8) return [];
  const view = viewOf(data);
  const count = Math.min(view.getUint32(4), Math.floor((data.length - 8) / 8), MAX_CHUNKS);
  return Array.from({ length: count }, (_, row) => Number(view.getBigUint64(8 + 8 * row)));
}

function* boxes(data: Uint8Array): Generator<Box> {
  const view = viewOf(data);
  for (let at = 0; at + 8 <= data.length; ) {
    const size = view.getUint32(at);
    if (size < 8 || at + size > data.length) return;
    yield { type: typeAt(view, at + 4), data: data.subarray(at + 8, at + size) };
    at += size;
  }
}

function child(data: Uint8Array | null, wanted: string): Uint8Array | null {
  if (data !== null) for (const { type, data: found } of boxes(data)) if (type === wanted) return found;
  return null;
}

const typeAt = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((letter) => view.getUint8(at + letter)));
