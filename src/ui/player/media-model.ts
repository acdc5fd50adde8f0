import { type ReadonlySignal, signal } from '@preact/signals';

/** How a media element is. Seconds; volume from 0 to 1. */
export type MediaNow = {
  readonly timeS: number;
  readonly durationS: number | null;
  readonly isPaused: boolean;
  readonly hasEnded: boolean;
  /** It has nothing to show at its place, and would go on if it had. */
  readonly isStalled: boolean;
  readonly hasError: boolean;
  readonly volume: number;
  readonly isMuted: boolean;
  readonly speed: number;
  readonly buffered: readonly (readonly [startS: number, endS: number])[];
  readonly isInPip: boolean;
  readonly canPip: boolean;
};

const STILL: MediaNow = {
  timeS: 0,
  durationS: null,
  isPaused: true,
  hasEnded: false,
  isStalled: false,
  hasError: false,
  volume: 1,
  isMuted: false,
  speed: 1,
  buffered: [],
  isInPip: false,
  canPip: false,
};

const EVENTS = (
  'timeupdate durationchange play pause playing waiting seeking seeked ended error volumechange ratechange progress ' +
  'loadedmetadata loadeddata canplay emptied enterpictureinpicture leavepictureinpicture'
).split(' ');
/** More holes than this are not drawn. */
const MAX_RANGES = 40;
const HAVE_METADATA = 1;
const HAVE_FUTURE_DATA = 3;

/** The page's one media element, as a signal, and the ways to change it. What it plays is the feed's matter. */
export class MediaModel {
  readonly #now = signal<MediaNow>(STILL);
  readonly now: ReadonlySignal<MediaNow> = this.#now;
  #element: HTMLVideoElement | null = null;
  /** A place that is gone to as soon as the element knows what it plays. */
  #laterS: number | null = null;

  get element(): HTMLVideoElement | null {
    return this.#element;
  }

  /** Begins to watch an element. @returns what ends that. */
  attach(element: HTMLVideoElement): () => void {
    this.#element = element;
    const look = () => this.#look(element);
    for (const event of EVENTS) element.addEventListener(event, look);
    look();
    return () => {
      for (const event of EVENTS) element.removeEventListener(event, look);
      if (this.#element === element) this.#element = null;
    };
  }

  seek(timeS: number): void {
    const element = this.#element;
    if (element === null) return;
    if (element.readyState < HAVE_METADATA) {
      this.#laterS = timeS;
      return;
    }
    const endS = Number.isFinite(element.duration) ? element.duration : Number.POSITIVE_INFINITY;
    element.currentTime = Math.min(Math.max(timeS, 0), endS);
    this.#look(element);
  }

  seekBy(seconds: number): void {
    this.seek(this.#now.peek().timeS + seconds);
  }

  /** Where no place is waited for any more: another file begins. */
  forgetPlace(): void {
    this.#laterS = null;
  }

  setVolume(volume: number): void {
    if (this.#element === null) return;
    this.#element.volume = Math.round(Math.min(Math.max(volume, 0), 1) * 100) / 100;
    this.#element.muted = this.#element.volume === 0;
  }

  setMuted(isMuted: boolean): void {
    if (this.#element === null) return;
    this.#element.muted = isMuted;
    if (!isMuted && this.#element.volume === 0) this.#element.volume = 0.5;
  }

  setSpeed(speed: number): void {
    if (this.#element === null) return;
    this.#element.defaultPlaybackRate = speed; // what a new source begins with
    this.#element.playbackRate = speed;
  }

  /** Shows the picture in a window of its own, or takes it back. Browsers that refuse leave all as it is. */
  async togglePip(): Promise<void> {
    const element = this.#element;
    if (element === null) return;
    try {
      if (document.pictureInPictureElement === element) await document.exitPictureInPicture();
      else await element.requestPictureInPicture();
    } catch {
      // Not before there is a picture, or the user forbids it.
    }
    this.#look(element);
  }

  #look(element: HTMLVideoElement): void {
    if (this.#laterS !== null && element.readyState >= HAVE_METADATA) {
      const timeS = this.#laterS;
      this.#laterS = null;
      element.currentTime = timeS;
    }
    const { duration, paused, ended, readyState, buffered } = element;
    this.#now.value = {
      timeS: this.#laterS ?? element.currentTime,
      durationS: Number.isFinite(duration) && duration > 0 ? duration : null,
      isPaused: paused,
      hasEnded: ended,
      isStalled: !paused && !ended && readyState < HAVE_FUTURE_DATA,
      hasError: element.error !== null,
      volume: element.volume,
      isMuted: element.muted,
      speed: element.playbackRate,
      buffered: Array.from(
        { length: Math.min(buffered.length, MAX_RANGES) },
        (_, at) => [buffered.start(at), buffered.end(at)] as const,
      ),
      isInPip: document.pictureInPictureElement === element,
      canPip: document.pictureInPictureEnabled === true && element.videoWidth > 0,
    };
  }
}
