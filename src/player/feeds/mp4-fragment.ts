/** One coded frame, or piece of sound, in units of its track. Decoding times never go back. */
export type Sample = {
  readonly bytes: Uint8Array;
  readonly isKey: boolean;
  readonly decodeAt: number;
  readonly showAt: number;
  readonly duration: number;
};

const TRACK_ID = 1;
/** tfhd: offsets count from the beginning of the moof box (ISO/IEC 14496-12 §8.8.7). */
const DEFAULT_BASE_IS_MOOF = 0x020000;
/** trun: data offset, and for each sample duration, size, flags and composition offset (§8.8.8). */
const TRUN_FLAGS = 0x000f01;
const KEY_SAMPLE = 0x02000000;
const OTHER_SAMPLE = 0x01010000;
const TRUN_HEADER_BYTES = 20;
const TRUN_SAMPLE_BYTES = 16;

/**
 * A movie fragment of one track: a moof and a mdat box, as a media segment of MSE wants them. Offsets of composition are
 * signed (version 1), so frames may be shown before they are decoded, as far as numbers go. Pure.
 * @throws {RangeError} without samples.
 * @see ISO/IEC 14496-12 §8.8 (movie fragments); W3C MSE byte stream format for ISO BMFF.
 */
export function mp4Fragment(sequenceNumber: number, samples: readonly Sample[]): Uint8Array<ArrayBuffer> {
  const [first] = samples;
  if (first === undefined) throw new RangeError('a fragment without samples');
  const trunBytes = TRUN_HEADER_BYTES + TRUN_SAMPLE_BYTES * samples.length;
  const trafBytes = 8 + 16 + 20 + trunBytes;
  const moofBytes = 8 + 16 + trafBytes;
  const mdatBytes = samples.reduce((sum, { bytes }) => sum + bytes.length, 8);
  const out = new Uint8Array(moofBytes + mdatBytes);
  const view = new DataView(out.buffer);
  let at = 0;
  const u32 = (value: number) => {
    view.setUint32(at, value);
    at += 4;
  };
  const box = (length: number, type: string) => {
    u32(length);
    for (const letter of type) view.setUint8(at++, letter.charCodeAt(0));
  };
  box(moofBytes, 'moof');
  box(16, 'mfhd');
  u32(0);
  u32(sequenceNumber);
  box(trafBytes, 'traf');
  box(16, 'tfhd');
  u32(DEFAULT_BASE_IS_MOOF);
  u32(TRACK_ID);
  box(20, 'tfdt');
  u32(0x01000000);
  view.setBigUint64(at, BigInt(first.decodeAt));
  at += 8;
  box(trunBytes, 'trun');
  u32(0x01000000 | TRUN_FLAGS);
  u32(samples.length);
  u32(moofBytes + 8);
  for (const { bytes, isKey, decodeAt, showAt, duration } of samples) {
    u32(duration);
    u32(bytes.length);
    u32(isKey ? KEY_SAMPLE : OTHER_SAMPLE);
    view.setInt32(at, showAt - decodeAt);
    at += 4;
  }
  box(mdatBytes, 'mdat');
  for (const { bytes } of samples) {
    out.set(bytes, at);
    at += bytes.length;
  }
  return out;
}

/** Units a second of the first track of an initialization segment (its mdhd box, §8.4.2). */
export function timescaleOf(initSegment: Uint8Array): number {
  const view = new DataView(initSegment.buffer, initSegment.byteOffset, initSegment.byteLength);
  const find = (type: string, from: number, to: number): { start: number; end: number } => {
    for (let at = from; at + 8 <= to; at += Math.max(view.getUint32(at), 8)) {
      const name = String.fromCharCode(...initSegment.subarray(at + 4, at + 8));
      if (name === type) return { start: at + 8, end: at + view.getUint32(at) };
    }
    throw new RangeError(`no ${type} box`);
  };
  let place = { start: 0, end: initSegment.length };
  for (const type of ['moov', 'trak', 'mdia', 'mdhd']) place = find(type, place.start, place.end);
  return view.getUint32(place.start + (view.getUint8(place.start) === 1 ? 20 : 12));
}
