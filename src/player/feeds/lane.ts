import type { EncodedPacket } from 'mediabunny';
import { DecodeTimes } from './decode-times.ts';
import { initSegment } from './init-segment.ts';
import type { MediaFile } from './media-file.ts';
import { mp4Fragment, type Sample, timescaleOf } from './mp4-fragment.ts';
import type { Packets } from './packets.ts';
import type { ProbedTrack } from './probe.ts';
import type { SegmentBuffer } from './segment-buffer.ts';

/** The first fragment is short, so that something is seen soon. */
const FIRST_FRAGMENT_S = 0.2;
const FRAGMENT_S = 0.6;
const MAX_FRAGMENT_BYTES = 2 * 1_048_576;

/** One track on its way into one source buffer: packet by packet, and in fragments. */
export class Lane {
  readonly #file: MediaFile;
  readonly #track: ProbedTrack;
  readonly #buffer: SegmentBuffer;
  #packets: Packets | null = null;
  #times = new DecodeTimes(1);
  #timescale = 1;
  #next: EncodedPacket | null = null;
  #samples: Sample[] = [];
  #sampleBytes = 0;
  #sampledS = 0;
  #sequenceNumber = 0;
  /** Up to where packets were taken, in seconds; infinite at the end of the track. */
  positionS = 0;
  /** Up to where they are in the buffer. */
  bufferedS = 0;

  constructor(file: MediaFile, track: ProbedTrack, buffer: SegmentBuffer) {
    this.#file = file;
    this.#track = track;
    this.#buffer = buffer;
  }

  get hasEnded(): boolean {
    return this.#next === null;
  }

  /** Begins at the last key frame before a time. */
  async begin(atS: number, signal: AbortSignal): Promise<void> {
    this.#packets = await this.#file.packetsOf(this.#track.track);
    this.#next = await this.#packets.begin(atS);
    if (this.#next === null) {
      this.positionS = Number.POSITIVE_INFINITY;
      this.bufferedS = Number.POSITIVE_INFINITY;
      return;
    }
    const init = await initSegment(this.#track.track, this.#next);
    this.#timescale = timescaleOf(init);
    this.#times = new DecodeTimes(this.#timescale);
    this.positionS = this.#next.timestamp;
    this.bufferedS = this.positionS;
    await this.#buffer.restart();
    await this.#buffer.append(init, signal);
  }

  /** Takes one packet more, and appends what has gathered when that is enough. */
  async step(signal: AbortSignal): Promise<void> {
    const packet = this.#next;
    if (packet === null || this.#packets === null) return;
    const following = await this.#packets.next();
    signal.throwIfAborted();
    this.#next = following;
    this.#take(packet, following);
    const isFirst = this.#sequenceNumber === 0;
    const isEnough = this.#sampledS >= (isFirst ? FIRST_FRAGMENT_S : FRAGMENT_S);
    if (following === null || isEnough || this.#sampleBytes >= MAX_FRAGMENT_BYTES) await this.#flush(signal);
    this.positionS = following === null ? Number.POSITIVE_INFINITY : Math.max(this.positionS, packet.timestamp);
  }

  #take(packet: EncodedPacket, following: EncodedPacket | null): void {
    const { timestamp, data } = packet;
    // What comes before the beginning (edit lists, priming) is not shown, and fragments know no such times.
    if (timestamp + packet.duration <= 0 && packet.type !== 'delta' && this.#track.track.isAudioTrack()) return;
    const isSound = this.#track.track.isAudioTrack();
    const untilNextS = following === null ? 0 : following.timestamp - timestamp;
    const isUntold = isSound || packet.duration === 0;
    const durationS = isUntold && untilNextS > 0 ? untilNextS : packet.duration;
    const isKey = packet.type === 'key';
    const times = this.#times.of({ showAtS: timestamp, durationS, isKey });
    this.#samples.push({ bytes: data, isKey, ...times });
    this.#sampleBytes += data.length;
    this.#sampledS += times.duration / this.#timescale;
  }

  async #flush(signal: AbortSignal): Promise<void> {
    const samples = this.#samples;
    if (samples.length > 0) {
      this.#samples = [];
      this.#sampleBytes = 0;
      this.#sampledS = 0;
      this.#sequenceNumber += 1;
      await this.#buffer.append(mp4Fragment(this.#sequenceNumber, samples), signal);
      const endS = Math.max(...samples.map(({ showAt, duration }) => showAt + duration)) / this.#timescale;
      this.bufferedS = Math.max(this.bufferedS, endS);
    }
    if (this.hasEnded) this.bufferedS = Number.POSITIVE_INFINITY;
  }
}
