import type { PlayerText } from '../../model/player-view.ts';
import { childOf, children, type ElementHead, MAX_HEAD_BYTES, readHead, readText, readUint } from '../ebml.ts';
import { CLUSTER, CUES, EBML, INFO, MAX_ELEMENTS, SEEK_HEAD, SEGMENT, TRACKS } from '../matroska-names.ts';
import { NOTHING, seeksOf, TABLES, tickOf } from '../matroska-segment.ts';
import { type FileWindow, MAX_TABLE_BYTES } from './file-window.ts';
import { languageTag, MAX_TEXTS, trackName } from './inside-text.ts';
import { MATROSKA_TEXTS, type TextCodec } from './text-codecs.ts';

const SUBTITLE_TRACK = 17;
const MAX_PLACES = 50_000;

/** How the packets of a track are packed (ContentEncodings): bytes that are left off their beginning, or zlib. */
export type Packing = { readonly kind: 'zlib' } | { readonly kind: 'cut'; readonly start: Uint8Array };
export type MatroskaTrack = { readonly text: PlayerText; readonly codec: TextCodec; readonly packing: Packing | null };

/** A cluster may begin at this byte; times in it are from this one on, about. */
export type Place = { readonly byte: number; readonly timeS: number };
export type MatroskaHead = {
  readonly tracks: ReadonlyMap<number, MatroskaTrack>;
  readonly hasUnreadable: boolean;
  readonly tickS: number;
  /** In order, without the first twice. */
  readonly places: readonly Place[];
  readonly endByte: number;
};

/**
 * Reads what a file of Matroska or WebM says before its first cluster, and its index if that is here.
 * @returns null when it is none, or its head is not here or makes no sense.
 * @see RFC 9559
 */
export async function readMatroskaHead(file: FileWindow): Promise<MatroskaHead | null> {
  const ebml = await headAt(file, 0);
  if (ebml?.id !== EBML || ebml.size === null) return null;
  const segmentAt = ebml.headBytes + ebml.size;
  const segment = await headAt(file, segmentAt);
  if (segment?.id !== SEGMENT) return null;
  const startByte = segmentAt + segment.headBytes;
  const endByte = Math.min(startByte + (segment.size ?? Number.POSITIVE_INFINITY), file.lengthBytes);
  const found = new Map<number, Uint8Array>();
  let at = startByte;
  for (let count = 0; count < MAX_ELEMENTS; count++) {
    const head = await headAt(file, at);
    if (head === null || head.id === CLUSTER || head.size === null) break;
    if (TABLES.has(head.id) && !found.has(head.id)) await take(file, at, head, found);
    at += head.headBytes + head.size;
  }
  for (const { id, byte } of seeksOf(found.get(SEEK_HEAD))) {
    if (found.has(id) || !TABLES.has(id)) continue;
    const head = await headAt(file, startByte + byte);
    if (head?.id === id) await take(file, startByte + byte, head, found);
  }
  const tracks = found.get(TRACKS);
  if (tracks === undefined) return null;
  const tickS = tickOf(found.get(INFO));
  const places = [{ byte: at, timeS: 0 }, ...placesOf(found.get(CUES), startByte, tickS)];
  return { ...tracksOf(tracks), tickS, places: inOrder(places), endByte };
}

async function headAt(file: FileWindow, at: number): Promise<ElementHead | null> {
  const bytes = await file.some(at, MAX_HEAD_BYTES);
  return bytes && readHead(bytes);
}

async function take(file: FileWindow, at: number, head: ElementHead, into: Map<number, Uint8Array>): Promise<void> {
  if (head.size === null || head.size > MAX_TABLE_BYTES) return;
  const bytes = await file.at(at + head.headBytes, head.size);
  if (bytes !== null) into.set(head.id, bytes.slice(0, head.size));
}

function placesOf(cues: Uint8Array = NOTHING, startByte: number, tickS: number): Place[] {
  const places: Place[] = [];
  for (const { id, data } of children(cues)) {
    if (places.length >= MAX_PLACES) break;
    const [time, position] = [readUint(childOf(data, 0xb3)), childOf(data, 0xb7)];
    const byte = position && readUint(childOf(position, 0xf1));
    if (id === 0xbb && time !== null && byte !== null) places.push({ byte: startByte + byte, timeS: time * tickS });
  }
  return places;
}

/** By their bytes, and each once, with the first time that is told of it. */
function inOrder(places: readonly Place[]): Place[] {
  const sorted = [...places].sort((a, b) => a.byte - b.byte || a.timeS - b.timeS);
  return sorted.filter(({ byte }, at) => byte !== sorted[at - 1]?.byte);
}

function tracksOf(bytes: Uint8Array): Pick<MatroskaHead, 'tracks' | 'hasUnreadable'> {
  const tracks = new Map<number, MatroskaTrack>();
  let hasUnreadable = false;
  for (const { id, data } of children(bytes)) {
    if (id !== 0xae || readUint(childOf(data, 0x83)) !== SUBTITLE_TRACK) continue;
    if (tracks.size >= MAX_TEXTS) break;
    const number = readUint(childOf(data, 0xd7));
    const codec = MATROSKA_TEXTS.get(readText(childOf(data, 0x86)) ?? '');
    const packing = packingOf(childOf(data, 0x6d80));
    if (number === null || codec === undefined || packing === 'unknown') hasUnreadable = true;
    else tracks.set(number, { text: textOf(number, codec, data), codec, packing });
  }
  return { tracks, hasUnreadable };
}

function textOf(id: number, codec: TextCodec, data: Uint8Array): PlayerText {
  const isSet = (flag: number, unsaid: boolean) => (readUint(childOf(data, flag)) ?? Number(unsaid)) !== 0;
  // What says nothing is English, by the rules of the format.
  const language = readText(childOf(data, 0x22b59d)) ?? readText(childOf(data, 0x22b59c)) ?? 'eng';
  return {
    id,
    language: languageTag(language),
    name: trackName(readText(childOf(data, 0x536e))),
    codec: codec.name,
    isDefault: isSet(0x88, true),
    kind: isSet(0x55aa, false) ? 'forced' : isSet(0x55ab, false) ? 'described' : 'all',
  };
}

/** Only one way of packing is read: more than one are seen nowhere. */
function packingOf(encodings: Uint8Array | null): Packing | null | 'unknown' {
  if (encodings === null) return null;
  const each = [...children(encodings)].filter(({ id }) => id === 0x6240);
  const [encoding] = each;
  if (encoding === undefined) return null;
  const compression = childOf(encoding.data, 0x5034);
  const isOfPackets = ((readUint(childOf(encoding.data, 0x5032)) ?? 1) & 1) === 1;
  if (each.length > 1 || compression === null || !isOfPackets) return 'unknown';
  const algorithm = readUint(childOf(compression, 0x4254)) ?? 0;
  if (algorithm === 0) return { kind: 'zlib' };
  return algorithm === 3 ? { kind: 'cut', start: childOf(compression, 0x4255) ?? NOTHING } : 'unknown';
}
