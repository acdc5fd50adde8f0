import { cueOf, type SubtitleCue } from '../../ui/player/subtitles/subtitle-cue.ts';
import { type ElementHead, MAX_HEAD_BYTES, readHead, readUint } from '../ebml.ts';
import { CLUSTER } from '../matroska-names.ts';
import { FileWindow, type PartlyHere } from './file-window.ts';
import type { InsideTexts, TextReader } from './inside-text.ts';
import { type Block, MAX_PACKET_BYTES, readBlock, readBlockGroup, trackOfBlock, unpack } from './matroska-block.ts';
import { type MatroskaHead, type MatroskaTrack, type Place, readMatroskaHead } from './matroska-head.ts';

const TIMESTAMP = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;
/** Names of one byte, and those of blocks' additions, are inside a cluster; those of four bytes stand beside it. */
const LEAST_TOP_ID = 0x10000000;
/** One call does no more: looking at an element is one, reading more of the file counts as several. */
const MAX_STEPS = 20_000;
const STEPS_OF_READING = 20;
const MAX_CLUSTERS = 100_000;
/** How long a text without a duration is shown. */
const USUAL_DURATION_S = 4;
/** A group's first child is mostly its block: so many bytes tell whose it is. */
const PEEK_BYTES = 2 * MAX_HEAD_BYTES;

/** The texts of a file of Matroska or WebM; null when it is none. */
export async function openMatroska(file: PartlyHere): Promise<InsideTexts | null> {
  const head = await readMatroskaHead(new FileWindow(file));
  if (head === null) return null;
  return {
    tracks: [...head.tracks.values()].map(({ text }) => text),
    hasUnreadable: head.hasUnreadable,
    open: (id) => {
      const track = head.tracks.get(id);
      return track === undefined ? { read: async () => [] } : new MatroskaReader(file, head, track);
    },
  };
}

/** A cluster that was begun: where reading goes on in it. `endByte`: null when the file leaves that open. */
type Cluster = { ticks: number; nextByte: number; endByte: number | null; isDone: boolean };
/** It fills space, anywhere. */
const VOID = 0xec;

/**
 * Reads the blocks of one track, cluster by cluster, and jumps over all others. Each cluster is read once, as far as it is
 * here; what the index names, or another cluster leads to, is found.
 */
class MatroskaReader implements TextReader {
  readonly #file: FileWindow;
  readonly #head: MatroskaHead;
  readonly #track: MatroskaTrack;
  /** Where clusters are known to begin, in order. */
  readonly #places: Place[];
  readonly #begun = new Map<number, Cluster>();
  #stepsLeft = 0;

  constructor(file: PartlyHere, head: MatroskaHead, track: MatroskaTrack) {
    this.#file = new FileWindow(file);
    this.#head = head;
    this.#track = track;
    this.#places = [...head.places];
  }

  async read(fromS: number, toS: number): Promise<readonly SubtitleCue[]> {
    this.#stepsLeft = MAX_STEPS;
    const cues: SubtitleCue[] = [];
    let at = Math.max(
      this.#places.findLastIndex(({ timeS }) => timeS <= fromS),
      0,
    );
    for (; at < this.#places.length && this.#stepsLeft > 0; at++) {
      const place = this.#places[at] as Place;
      if (place.timeS > toS) break;
      const cluster = this.#begun.get(place.byte) ?? (await this.#begin(place));
      if (cluster === null) continue;
      if (!cluster.isDone) cues.push(...(await this.#goOn(cluster)));
      const timeS = Math.max(place.timeS, cluster.ticks * this.#head.tickS);
      if (cluster.isDone && cluster.endByte !== null) this.#addPlace(at + 1, { byte: cluster.endByte, timeS });
    }
    return cues;
  }

  /** Begins a cluster, or what else stands at its place; null when that is not here. */
  async #begin({ byte }: Place): Promise<Cluster | null> {
    const head = await this.#headAt(byte);
    if (head === null || this.#begun.size >= MAX_CLUSTERS) return null;
    // Elements between clusters are jumped over; behind what is none nothing is looked for.
    const isElement = head !== 'broken' && (head.id >= LEAST_TOP_ID || head.id === VOID);
    const nextByte = byte + (isElement ? head.headBytes : 0);
    const endByte = isElement && head.size !== null ? Math.min(nextByte + head.size, this.#head.endByte) : null;
    const isDone = !isElement || head.id !== CLUSTER;
    const begun = { ticks: 0, nextByte, endByte, isDone };
    this.#begun.set(byte, begun);
    return begun;
  }

  /** Reads on in a cluster as far as it is here. */
  async #goOn(cluster: Cluster): Promise<SubtitleCue[]> {
    const cues: SubtitleCue[] = [];
    const endByte = cluster.endByte ?? this.#head.endByte;
    while (this.#stepsLeft > 0) {
      const head = cluster.nextByte < endByte ? await this.#headAt(cluster.nextByte) : 'broken';
      if (head === null) break;
      if (head === 'broken' || (cluster.endByte === null && head.id >= LEAST_TOP_ID)) {
        cluster.endByte ??= cluster.nextByte;
        cluster.isDone = true;
        break;
      }
      const dataByte = cluster.nextByte + head.headBytes;
      const size = Math.min(head.size ?? Number.POSITIVE_INFINITY, endByte - dataByte);
      const taken = await this.#element(cluster, head.id, dataByte, size);
      if (taken === null) break;
      cues.push(...taken);
      cluster.nextByte = dataByte + size;
    }
    return cues;
  }

  /** Takes one element of a cluster; null when it is not here and is wanted. */
  async #element(cluster: Cluster, id: number, byte: number, size: number): Promise<SubtitleCue[] | null> {
    if (id === TIMESTAMP && size <= 8) {
      const bytes = await this.#bytes(byte, size);
      if (bytes === null) return null;
      cluster.ticks = readUint(bytes.subarray(0, size)) ?? 0;
      return [];
    }
    if (id !== SIMPLE_BLOCK && id !== BLOCK_GROUP) return [];
    const peek = await this.#bytes(byte, Math.min(size, PEEK_BYTES));
    if (peek === null) return null;
    if (size > MAX_PACKET_BYTES || !this.#isOurs(id, peek)) return [];
    const bytes = (await this.#bytes(byte, size))?.subarray(0, size);
    if (bytes === undefined) return null;
    const block = id === SIMPLE_BLOCK ? readBlock(bytes, null) : readBlockGroup(bytes);
    const cue = block === null || block.track !== this.#track.text.id ? null : await this.#cueOf(cluster, block);
    return cue === null ? [] : [cue];
  }

  #isOurs(id: number, peek: Uint8Array): boolean {
    if (id === SIMPLE_BLOCK) return trackOfBlock(peek) === this.#track.text.id;
    const first = readHead(peek);
    return first?.id !== BLOCK || trackOfBlock(peek.subarray(first.headBytes)) === this.#track.text.id;
  }

  async #cueOf({ ticks }: Cluster, block: Block): Promise<SubtitleCue | null> {
    const { codec, packing } = this.#track;
    const packet = await unpack(block.packet, packing);
    const text = packet && codec.textOf(packet);
    if (text === null) return null;
    const startS = Math.max((ticks + block.ticks) * this.#head.tickS, 0);
    const durationS = block.durationTicks === null ? USUAL_DURATION_S : block.durationTicks * this.#head.tickS;
    return cueOf(startS, startS + durationS, text);
  }

  /** Something begins where a cluster ends, which the index may know already. */
  #addPlace(at: number, place: Place): void {
    const next = this.#places[at];
    if (place.byte >= this.#head.endByte || (next !== undefined && next.byte <= place.byte)) return;
    if (this.#places.length < MAX_CLUSTERS) this.#places.splice(at, 0, place);
  }

  /** Null when it is not here; broken when no element begins there. */
  async #headAt(byte: number): Promise<ElementHead | 'broken' | null> {
    this.#stepsLeft -= 1;
    const known = this.#file.inHand(byte, MAX_HEAD_BYTES);
    if (known !== null) return readHead(known) ?? 'broken';
    this.#stepsLeft -= STEPS_OF_READING;
    const bytes = await this.#file.some(byte, MAX_HEAD_BYTES);
    const isWhole = bytes !== null && (bytes.length >= MAX_HEAD_BYTES || byte + bytes.length >= this.#file.lengthBytes);
    return bytes && (readHead(bytes) ?? (isWhole ? 'broken' : null));
  }

  async #bytes(byte: number, length: number): Promise<Uint8Array | null> {
    return this.#file.inHand(byte, length) ?? (await this.#file.at(byte, length));
  }
}
