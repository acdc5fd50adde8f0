/** Bytes a second by the way that they went. */
export type Speeds = { readonly fromPeers: number; readonly fromOrigins: number; readonly uploaded: number };

const WAYS = 3;

/**
 * The last speeds, one sample each period. Nothing is kept in memory while all of them are zero, which is what most
 * transfers of a long list are doing; zeros are made up when somebody asks.
 */
export class SpeedRing {
  readonly #most: number;
  #samples: Float32Array | null = null;
  /** Samples so far, also those that had to make room. */
  #count = 0;
  /** Where the last sample lies that is not zero, counted like `#count`. */
  #lastMoving = -1;

  constructor(most: number) {
    this.#most = most;
  }

  push({ fromPeers, fromOrigins, uploaded }: Speeds): void {
    const at = this.#count;
    this.#count += 1;
    const isMoving = fromPeers > 0 || fromOrigins > 0 || uploaded > 0;
    if (isMoving) this.#lastMoving = at;
    else if (this.#samples === null) return;
    if (this.#count - this.#lastMoving > this.#most) {
      this.#samples = null;
      return;
    }
    this.#samples ??= new Float32Array(this.#most * WAYS);
    this.#samples.set([fromPeers, fromOrigins, uploaded], (at % this.#most) * WAYS);
  }

  /** Whether it takes memory now. */
  get isHeld(): boolean {
    return this.#samples !== null;
  }

  /** Oldest first, whole bytes; as many as there were, and no more than are kept. */
  all(): { readonly fromPeers: number[]; readonly fromOrigins: number[]; readonly uploaded: number[] } {
    const length = Math.min(this.#count, this.#most);
    const way = (offset: number) =>
      Array.from({ length }, (_, index) => {
        const at = (this.#count - length + index) % this.#most;
        return Math.round(this.#samples?.[at * WAYS + offset] ?? 0);
      });
    return { fromPeers: way(0), fromOrigins: way(1), uploaded: way(2) };
  }
}
