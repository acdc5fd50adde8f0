/** A frame as a container gives it, in the order of decoding. Times in seconds. */
export type Frame = { readonly showAtS: number; readonly durationS: number; readonly isKey: boolean };
export type FrameTimes = { readonly decodeAt: number; readonly showAt: number; readonly duration: number };

const USUAL_DURATION_S = 1 / 25;

/**
 * Gives frames times of decoding, which containers but MP4 do not have, as they come and without waiting for the next key
 * frame: each is decoded when those before it have lasted. Key frames set them right again. Times never go back.
 */
export class DecodeTimes {
  readonly #timescale: number;
  /** In units: when the next one is decoded, and when the last one was. */
  #next: number | null = null;
  #last = -1;
  #duration: number;

  constructor(timescale: number) {
    this.#timescale = timescale;
    this.#duration = Math.round(USUAL_DURATION_S * timescale);
  }

  of({ showAtS, durationS, isKey }: Frame): FrameTimes {
    const showAt = Math.max(Math.round(showAtS * this.#timescale), 0);
    if (durationS > 0) this.#duration = Math.max(Math.round(durationS * this.#timescale), 1);
    const wanted = isKey ? showAt : (this.#next ?? showAt);
    const decodeAt = Math.max(wanted, this.#last + 1);
    this.#last = decodeAt;
    this.#next = decodeAt + this.#duration;
    return { decodeAt, showAt, duration: this.#duration };
  }
}
