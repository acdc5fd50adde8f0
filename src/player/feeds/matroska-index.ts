import { childOf, children, type ElementHead, MAX_HEAD_BYTES, readHead, readUint } from '../ebml.ts';
import { CLUSTER, CUES, EBML, INFO, MAX_ELEMENTS, SEEK_HEAD, SEGMENT, TRACKS } from '../matroska-names.ts';
import { NOTHING, NS_PER_S, seeksOf, TABLES, tickOf } from '../matroska-segment.ts';

const KINDS: ReadonlyMap<number, MatroskaTrack['kind']> = new Map([
  [1, 'video'],
  [2, 'audio'],
]);
const MAX_TABLE_BYTES = 8 * 1_048_576;
const CUES_NAME = [0x1c, 0x53, 0xbb, 0x6b];

/** Reads bytes of a file, when they are here. */
export type ReadBytes = (startByte: number, endByte: number) => Promise<Uint8Array>;
export type MatroskaTrack = {
  readonly kind: 'video' | 'audio' | 'other';
  /** Of each of its frames; 0 when it is not said. */
  readonly frameS: number;
  /** Its frames are compressed once more, or encrypted. */
  readonly isPacked: boolean;
};
/** A cluster begins at this byte, and has the first key frame from this time on. */
export type Place = { readonly byte: number; readonly timeS: number };
export type MatroskaIndex = {
  readonly tickS: number;
  readonly tracks: ReadonlyMap<number, MatroskaTrack>;
  readonly firstCluster: Place;
  /** By time. Waits for the bytes of the index, which are mostly at the end of the file. */
  readonly places: () => Promise<readonly Place[]>;
  /** Where the seek head names the index; null when that stands before the first cluster. */
  readonly cuesNamedAtByte: number | null;
};

/**
 * Reads what a file of Matroska or WebM says before its first cluster: where its index is, and how long frames last. Waits
 * for those bytes only.
 * @returns null when it is no such file, or has no index.
 * @see RFC 9559 §5.1 (segment, seek head, tracks, cues)
 */
export async function readMatroskaIndex(read: ReadBytes, lengthBytes: number): Promise<MatroskaIndex | null> {
  const headAt = async (at: number) =>
    at >= lengthBytes ? null : readHead(await read(at, Math.min(at + MAX_HEAD_BYTES, lengthBytes)));
  const ebml = await headAt(0);
  if (ebml?.id !== EBML || ebml.size === null) return null;
  const segmentByte = ebml.headBytes + ebml.size;
  const segment = await headAt(segmentByte);
  if (segment?.id !== SEGMENT) return null;
  const startByte = segmentByte + segment.headBytes;
  const found = new Map<number, Uint8Array>();
  let seekHeadByte = 0;
  const take = async (at: number, { id, headBytes, size }: ElementHead) => {
    const dataByte = at + headBytes;
    if (size === null || size > MAX_TABLE_BYTES || dataByte + size > lengthBytes || found.has(id)) return;
    if (id === SEEK_HEAD) seekHeadByte = dataByte;
    if (TABLES.has(id)) found.set(id, await read(dataByte, dataByte + size));
  };
  let at = startByte;
  let head = await headAt(at);
  for (let count = 0; head !== null && head.id !== CLUSTER && head.size !== null && count < MAX_ELEMENTS; count++) {
    await take(at, head);
    at += head.headBytes + head.size;
    head = await headAt(at);
  }
  const tracks = found.get(TRACKS);
  if (head?.id !== CLUSTER || tracks === undefined) return null;
  const cuesByte = found.has(CUES) ? null : (seeksOf(found.get(SEEK_HEAD)).find(({ id }) => id === CUES)?.byte ?? null);
  if (cuesByte === null && !found.has(CUES)) return null;
  const tickS = tickOf(found.get(INFO));
  const known = tracksOf(tracks);
  const findPlaces = async () => {
    const cues = cuesByte === null ? null : await headAt(startByte + cuesByte);
    if (cuesByte !== null && cues?.id === CUES) await take(startByte + cuesByte, cues);
    return placesOf(found.get(CUES), startByte, tickS, known);
  };
  let places: Promise<readonly Place[]> | null = null;
  return {
    tickS,
    tracks: known,
    firstCluster: { byte: at, timeS: 0 },
    places: () => {
      places ??= findPlaces().catch((error: unknown) => {
        places = null; // it was given up: whoever asks next tries again
        throw error;
      });
      return places;
    },
    cuesNamedAtByte: cuesByte === null ? null : nameAt(seekHeadByte, found.get(SEEK_HEAD)),
  };
}

/** Where the bytes stand that name the index. */
function nameAt(startByte: number, seekHead: Uint8Array = NOTHING): number | null {
  for (let at = 0; at + CUES_NAME.length <= seekHead.length; at++) {
    if (CUES_NAME.every((byte, place) => seekHead[at + place] === byte)) return startByte + at;
  }
  return null;
}

function tracksOf(bytes: Uint8Array): Map<number, MatroskaTrack> {
  const tracks = new Map<number, MatroskaTrack>();
  for (const { id, data } of children(bytes)) {
    const number = id === 0xae ? readUint(childOf(data, 0xd7)) : null;
    if (number === null) continue;
    tracks.set(number, {
      kind: KINDS.get(readUint(childOf(data, 0x83)) ?? 0) ?? 'other',
      frameS: (readUint(childOf(data, 0x23e383)) ?? 0) / NS_PER_S,
      isPacked: childOf(data, 0x6d80) !== null,
    });
  }
  return tracks;
}

/** Key frames of pictures, or whatever the index names when it names none of these. */
function placesOf(
  cues: Uint8Array = NOTHING,
  startByte: number,
  tickS: number,
  tracks: ReadonlyMap<number, MatroskaTrack>,
): Place[] {
  const all: (Place & { readonly isVideo: boolean })[] = [];
  for (const { id, data } of children(cues)) {
    const time = id === 0xbb ? readUint(childOf(data, 0xb3)) : null;
    if (time === null) continue;
    for (const { id, data: position } of children(data)) {
      const byte = id === 0xb7 ? readUint(childOf(position, 0xf1)) : null;
      const track = readUint(childOf(position, 0xf7));
      const isVideo = track !== null && tracks.get(track)?.kind === 'video';
      if (byte !== null) all.push({ byte: startByte + byte, timeS: time * tickS, isVideo });
    }
  }
  const ofVideo = all.filter(({ isVideo }) => isVideo);
  return (ofVideo.length > 0 ? ofVideo : all).sort((a, b) => a.timeS - b.timeS);
}
