const LOOK_EVERY_MS = 100;
/** An element has what it needs for now; HTMLMediaElement.HAVE_FUTURE_DATA and HAVE_ENOUGH_DATA. */
const HAS_NEXT = 3;
const HAS_ENOUGH = 4;
/** HTMLMediaElement.NETWORK_IDLE: it wants no more for now. */
const IDLE = 1;
const NEAR_END_S = 0.25;

export type PlayControlPorts = {
  /** How much of what must be there first is there (start-rule.ts), when it has stood still so often. */
  readonly reservePart: (standstills: number) => number;
  /** Seconds that are ready beyond the playhead. */
  readonly aheadS: () => number;
  /** `readyPart`: null while it plays or is paused; else how much of what must be there first is there. */
  readonly onChange: (wantsToPlay: boolean, readyPart: number | null) => void;
};

/** Has an element play when the user wants it to and enough is there, and wait when it has run dry. */
export class PlayControl {
  readonly #media: HTMLMediaElement;
  readonly #ports: PlayControlPorts;
  #wants = false;
  /** It is to wait for enough. */
  #isHeld = true;
  #standstills = 0;
  #told = '';

  constructor(media: HTMLMediaElement, ports: PlayControlPorts) {
    this.#media = media;
    this.#ports = ports;
    media.addEventListener('waiting', () => this.#ranDry());
    // Both events come a task later than what they tell of, which may have been taken back meanwhile.
    media.addEventListener('play', () => {
      if (!media.paused) this.#wants = true; // by a key, the browser's own controls, or us
      this.#look();
    });
    media.addEventListener('pause', () => {
      if (media.paused && !this.#isHeld && !media.ended && !media.seeking) this.#wants = false;
      this.#look();
    });
    media.addEventListener('ended', () => {
      this.#wants = false;
      this.#look();
    });
    for (const event of ['progress', 'canplay', 'seeked', 'playing']) media.addEventListener(event, () => this.#look());
    setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  get standstills(): number {
    return this.#standstills;
  }

  play(): void {
    this.#wants = true;
    this.#look();
  }

  pause(): void {
    this.#wants = false;
    this.#isHeld = true;
    this.#media.pause();
    this.#look();
  }

  /** Another source comes into the element: it waits for enough of it. */
  begin(): void {
    this.#isHeld = true;
    this.#standstills = 0;
    this.#look();
  }

  #ranDry(): void {
    const media = this.#media;
    if (media.paused || media.readyState >= HAS_NEXT) return;
    if (!media.seeking && media.currentTime > 0) this.#standstills += 1;
    this.#isHeld = true;
    media.pause();
    this.#look();
  }

  #look(): void {
    const media = this.#media;
    if (this.#wants && media.paused && this.#isHeld && this.#readyPart() >= 1) {
      this.#isHeld = false;
      media.play().catch((error: unknown) => {
        if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
        this.#wants = false; // the browser wants a click first
        this.#isHeld = true;
        this.#tell();
      });
    } else if (this.#wants && media.paused && !media.ended && !media.seeking) this.#isHeld = true;
    this.#tell();
  }

  #readyPart(): number {
    const media = this.#media;
    if (media.readyState < HAS_NEXT || media.seeking) return Math.min(this.#ports.reservePart(this.#standstills), 0.99);
    const isNearEnd = media.currentTime + this.#ports.aheadS() >= media.duration - NEAR_END_S;
    const wantsNoMore = media.readyState === HAS_ENOUGH && media.networkState === IDLE;
    return isNearEnd || wantsNoMore ? 1 : this.#ports.reservePart(this.#standstills);
  }

  #tell(): void {
    const isFilling = this.#isHeld && this.#wants && this.#media.paused;
    const readyPart = isFilling ? Math.round(this.#readyPart() * 20) / 20 : null;
    const told = `${this.#wants} ${readyPart}`;
    if (told === this.#told) return;
    this.#told = told;
    this.#ports.onChange(this.#wants, readyPart);
  }
}
