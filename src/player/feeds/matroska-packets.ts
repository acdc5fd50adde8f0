import { EncodedPacket } from 'mediabunny';
import { children, type ElementHead, readHead, readUint, readVint } from '../ebml.ts';
import { CLUSTER, SEGMENT } from '../matroska-names.ts';
import type { MatroskaIndex, MatroskaTrack, ReadBytes } from './matroska-index.ts';
import { framesOfBlock } from './matroska-lacing.ts';
import type { Packets } from './packets.ts';

const TIMESTAMP = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;
const BLOCK_DURATION = 0x9b;
const REFERENCE_BLOCK = 0xfb;
/** Heads of an element, of the block in it and of the track in that. */
const PEEK_BYTES = 32;
/** Times of an index and of blocks are rounded. */
const ROUNDING_S = 0.02;
/** Sound lies about where the pictures are that it belongs to. */
const SOUND_BEFORE_S = 0.1;
const SIMPLE_KEY = 0x80;
const LACING = 0x06;

type Element = ElementHead & { readonly dataByte: number; readonly endByte: number; readonly peek: Uint8Array };

/**
 * The packets of one track of Matroska, block by block: nothing of a cluster is waited for but what comes before.
 * @see RFC 9559 §10 (blocks), §12 (cues)
 */
export class MatroskaPackets implements Packets {
  readonly #read: ReadBytes;
  readonly #lengthBytes: number;
  readonly #index: MatroskaIndex;
  readonly #id: number;
  readonly #track: MatroskaTrack;
  #atByte = 0;
  #clusterTicks = 0;
  #ready: EncodedPacket[] = [];
  #count = 0;

  /** @throws {RangeError} when there is no such track. */
  constructor(read: ReadBytes, lengthBytes: number, index: MatroskaIndex, id: number) {
    const track = index.tracks.get(id);
    if (track === undefined) throw new RangeError(`no track ${id}`);
    [this.#read, this.#lengthBytes, this.#index, this.#id, this.#track] = [read, lengthBytes, index, id, track];
  }

  async begin(atS: number): Promise<EncodedPacket | null> {
    const { places, firstCluster } = this.#index;
    const known = atS <= ROUNDING_S ? [] : await places();
    if (atS > ROUNDING_S && known.length === 0) throw new RangeError('an index that names nothing');
    const place = known.findLast(({ timeS }) => timeS <= atS + ROUNDING_S) ?? firstCluster;
    this.#atByte = place.byte;
    this.#ready = [];
    const fromS = place.timeS - (this.#track.kind === 'video' ? ROUNDING_S : SOUND_BEFORE_S);
    for (;;) {
      const packet = await this.next();
      if (packet === null || (packet.type === 'key' && packet.timestamp >= fromS)) return packet;
    }
  }

  async next(): Promise<EncodedPacket | null> {
    for (;;) {
      const ready = this.#ready.shift();
      if (ready !== undefined) return ready;
      const element = await this.#elementAt(this.#atByte);
      if (element === null) {
        if (!(await this.#skipToNextPlace())) return null;
        continue;
      }
      if (element.id === CLUSTER || element.id === SEGMENT) this.#atByte = element.dataByte;
      else {
        await this.#take(element);
        this.#atByte = element.endByte;
      }
    }
  }

  /** Null where none is, or none that ends in the file. */
  async #elementAt(at: number): Promise<Element | null> {
    if (at >= this.#lengthBytes) return null;
    const peek = await this.#read(at, Math.min(at + PEEK_BYTES, this.#lengthBytes));
    const head = readHead(peek);
    if (head === null) return null;
    const dataByte = at + head.headBytes;
    const isParent = head.id === CLUSTER || head.id === SEGMENT;
    const endByte = isParent ? dataByte : dataByte + (head.size ?? Number.POSITIVE_INFINITY);
    return endByte > this.#lengthBytes ? null : { ...head, dataByte, endByte, peek: peek.subarray(head.headBytes) };
  }

  /** What is damaged ends where the index says that something begins. */
  async #skipToNextPlace(): Promise<boolean> {
    if (this.#atByte >= this.#lengthBytes) return false;
    const next = (await this.#index.places()).find(({ byte }) => byte > this.#atByte);
    if (next === undefined) return false;
    this.#atByte = next.byte;
    return true;
  }

  async #take({ id, dataByte, endByte, peek }: Element): Promise<void> {
    if (id === TIMESTAMP) this.#clusterTicks = readUint(await this.#read(dataByte, endByte)) ?? 0;
    if (id === SIMPLE_BLOCK && readVint(peek)?.value === this.#id) {
      this.#give(await this.#read(dataByte, endByte), null, null);
    }
    if (id !== BLOCK_GROUP) return;
    const first = readHead(peek);
    if (first?.id === BLOCK && readVint(peek.subarray(first.headBytes))?.value !== this.#id) return;
    let [block, ticks, isKey] = [null as Uint8Array | null, null as number | null, true];
    for (const child of children(await this.#read(dataByte, endByte))) {
      if (child.id === BLOCK) block = child.data;
      if (child.id === BLOCK_DURATION) ticks = readUint(child.data);
      if (child.id === REFERENCE_BLOCK) isKey = false;
    }
    if (block !== null && readVint(block)?.value === this.#id) this.#give(block, ticks, isKey);
  }

  /** @param isKey Null when the block says so itself. */
  #give(block: Uint8Array, ticks: number | null, isKey: boolean | null): void {
    const { tickS } = this.#index;
    const track = readVint(block);
    if (track === null || block.length < track.length + 3) return;
    const view = new DataView(block.buffer, block.byteOffset + track.length, 3);
    const flags = view.getUint8(2);
    const frames = framesOfBlock(block.subarray(track.length + 3), flags & LACING);
    const startS = (this.#clusterTicks + view.getInt16(0)) * tickS;
    const frameS = ticks === null ? this.#track.frameS : (ticks * tickS) / frames.length;
    const key = this.#track.kind !== 'video' || (isKey ?? (flags & SIMPLE_KEY) !== 0);
    for (const [at, frame] of frames.entries()) {
      this.#count += 1;
      const timeS = startS + at * frameS;
      this.#ready.push(new EncodedPacket(frame, key ? 'key' : 'delta', timeS, frameS, this.#count));
    }
  }
}
