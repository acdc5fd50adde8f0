import type { Feed, OnProblem } from './feed.ts';
import { Lane } from './lane.ts';
import type { MediaFile } from './media-file.ts';
import type { Probe, ProbedTrack } from './probe.ts';
import { Pump } from './pump.ts';
import { SegmentBuffer } from './segment-buffer.ts';

/** Stretches that are so close are one; and a pump that is so near gets there by itself. */
const NEAR_S = 2;
/** Pictures and sound seldom begin at the very beginning: the element is helped over a gap that is no longer. */
const FIRST_GAP_S = 1;
const LOOK_EVERY_MS = 500;
const SMALL_GAP_S = 0.1;
const STUCK_LOOKS = 6;
/** HTMLMediaElement.HAVE_CURRENT_DATA: it has what it shows now. */
const HAS_CURRENT = 2;

export type MseFeedOptions = {
  readonly file: MediaFile;
  readonly probe: Probe;
  /** The soundtrack to play; null for none. */
  readonly audioId: number | null;
  readonly onProblem: OnProblem;
};

/**
 * Plays a file by making fragments of MP4 of its packets for a media source: for files that an element does not take from
 * an address, and in a browser that has nobody to answer at one. Nothing is decoded or encoded.
 */
export class MseFeed implements Feed {
  readonly #options: MseFeedOptions;
  readonly #source = new MediaSource();
  readonly #stopping = new AbortController();
  #media: HTMLMediaElement | null = null;
  #url: string | null = null;
  #video: SegmentBuffer | null = null;
  #audio: SegmentBuffer | null = null;
  #audioTrack: ProbedTrack | null;
  #pump: Pump | null = null;
  #pumping = new AbortController();
  #moved: (() => void)[] = [];
  #looksAtGap = 0;

  constructor(options: MseFeedOptions) {
    this.#options = options;
    this.#audioTrack = this.#trackOf(options.audioId);
  }

  start(media: HTMLMediaElement, atS: number): void {
    this.#media = media;
    this.#url = URL.createObjectURL(this.#source);
    const { signal } = this.#stopping;
    this.#source.addEventListener('sourceopen', () => this.#open(atS), { once: true, signal });
    for (const event of ['timeupdate', 'seeking', 'play', 'ratechange']) {
      media.addEventListener(event, () => this.#look(), { signal });
    }
    media.addEventListener('error', () => this.#failed(new DOMException(media.error?.message)), { signal });
    const timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    signal.addEventListener('abort', () => clearInterval(timer));
    media.src = this.#url;
  }

  stop(): void {
    this.#stopping.abort();
    this.#pumping.abort();
    this.#options.file.letGo();
    if (this.#url !== null) URL.revokeObjectURL(this.#url);
  }

  chooseAudio(id: number): boolean {
    const track = this.#trackOf(id);
    if (track?.segmentType == null || this.#audio === null || this.#media === null) return false;
    this.#audioTrack = track;
    const atS = this.#media.currentTime;
    void this.#audio.change(track.segmentType).then(
      () => this.#restart(atS),
      (error: unknown) => this.#failed(error),
    );
    return true;
  }

  #open(atS: number): void {
    const { probe } = this.#options;
    const playedAtS = () => this.#media?.currentTime ?? 0;
    try {
      this.#source.duration = probe.durationS ?? Number.POSITIVE_INFINITY;
      const add = (type: string) => new SegmentBuffer(this.#source.addSourceBuffer(type), playedAtS);
      if (probe.video?.segmentType != null) this.#video = add(probe.video.segmentType);
      if (this.#audioTrack?.segmentType != null) this.#audio = add(this.#audioTrack.segmentType);
    } catch (error) {
      return this.#failed(error);
    }
    if (atS > 0 && this.#media !== null) this.#media.currentTime = atS;
    this.#restart(atS);
  }

  /** Fills from this time on, and no longer from where it did. */
  #restart(targetS: number): void {
    this.#pumping.abort();
    this.#options.file.letGo();
    if (this.#stopping.signal.aborted) return;
    this.#pumping = new AbortController();
    const { signal } = this.#pumping;
    const { file, probe } = this.#options;
    const lanes = [
      ...(probe.video && this.#video ? [new Lane(file, probe.video, this.#video)] : []),
      ...(this.#audioTrack && this.#audio ? [new Lane(file, this.#audioTrack, this.#audio)] : []),
    ];
    const playedAtS = () => this.#media?.currentTime ?? 0;
    const pump = new Pump(targetS, { lanes, playedAtS, moved: (stop) => this.#untilMoved(stop), signal });
    this.#pump = pump;
    pump.run().then(
      () => this.#ended(),
      (error: unknown) => {
        if (!signal.aborted) this.#failed(error);
      },
    );
  }

  /** Whether the element gets what it plays; else filling begins where it is. */
  #look(): void {
    for (const resolve of this.#moved.splice(0)) resolve();
    const media = this.#media;
    if (media === null || this.#pump === null || media.ended) return;
    const atS = media.currentTime;
    const endS = bufferedEnd(media.buffered, atS);
    const { bufferedS, targetS } = this.#pump;
    if (endS === null) {
      const gapEnd = startAfter(media.buffered, atS);
      if (bufferedS === Number.POSITIVE_INFINITY && atS >= lastEnd(media.buffered) - 0.1) return;
      const isSoon = bufferedS <= atS + NEAR_S && atS <= Math.max(bufferedS, targetS) + NEAR_S;
      const isAtGap = gapEnd !== null && gapEnd - atS < FIRST_GAP_S;
      this.#looksAtGap = isAtGap ? this.#looksAtGap + 1 : 0;
      if (isAtGap) {
        // Browsers bear with a small one, and a jump over what is no trouble costs a start.
        const isStuck =
          media.readyState < HAS_CURRENT && (gapEnd - atS > SMALL_GAP_S || this.#looksAtGap > STUCK_LOOKS);
        if (isStuck) media.currentTime = gapEnd + 0.001;
      } else if (!isSoon) this.#restart(atS);
    } else if (Math.abs(endS - bufferedS) > NEAR_S && endS < (media.duration || 0) - NEAR_S && bufferedS !== endS) {
      const isAtEnd = bufferedS === Number.POSITIVE_INFINITY && endS >= lastEnd(media.buffered);
      if (!isAtEnd) this.#restart(endS);
    }
  }

  #ended(): void {
    if (this.#source.readyState === 'open') this.#source.endOfStream();
  }

  #failed(error: unknown): void {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    const isDecoder = error instanceof DOMException;
    this.#options.onProblem({ what: isDecoder ? 'decoder' : 'bytes', reason: String(error) });
  }

  #untilMoved(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#moved.push(resolve);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }

  #trackOf(id: number | null): ProbedTrack | null {
    return this.#options.probe.audio.find((track) => track.id === id) ?? null;
  }
}

/** The end of the stretch that has this time; null when none has. */
export function bufferedEnd(buffered: TimeRanges, atS: number): number | null {
  for (let range = 0; range < buffered.length; range++) {
    if (buffered.start(range) <= atS + 0.01 && atS < buffered.end(range)) return buffered.end(range);
  }
  return null;
}

function startAfter(buffered: TimeRanges, atS: number): number | null {
  for (let range = 0; range < buffered.length; range++) if (buffered.start(range) > atS) return buffered.start(range);
  return null;
}

const lastEnd = (buffered: TimeRanges): number => (buffered.length === 0 ? 0 : buffered.end(buffered.length - 1));
