import { type FluidPlayer as PlayerTraits, startBytesOf } from './fluid-world.ts';

/** Plays from the first byte once enough is there for the pace of its sources; when it runs dry it waits for enough again. */
export class FluidPlayer {
  positionByte = 0;
  startedAtS: number | null = null;
  /** What it wanted to have before it began. */
  startBytes = 0;
  stalls = 0;
  stallS = 0;
  readonly #traits: PlayerTraits;
  readonly #lengthBytes: number;
  #isPlaying = false;

  constructor(traits: PlayerTraits, lengthBytes: number) {
    this.#traits = traits;
    this.#lengthBytes = lengthBytes;
  }

  get isDone(): boolean {
    return this.positionByte >= this.#lengthBytes;
  }

  /**
   * One step of playing, up to `nowS`, with everything before `readyByte` there to be read.
   * @param sourceBytesPerS What comes now, as far as the engine tells its players.
   */
  step(nowS: number, stepS: number, readyByte: number, sourceBytesPerS: number): void {
    if (this.isDone) return;
    if (!this.#isPlaying && this.startedAtS !== null) this.stallS += stepS;
    if (!this.#isPlaying) {
      const bytes = startBytesOf(this.#traits, sourceBytesPerS, this.stalls);
      if (readyByte < Math.min(this.positionByte + bytes, this.#lengthBytes)) return;
      this.#isPlaying = true;
      if (this.startedAtS !== null) return;
      this.startedAtS = nowS;
      this.startBytes = bytes;
      return;
    }
    const nextByte = Math.min(this.positionByte + this.#traits.bytesPerS * stepS, this.#lengthBytes);
    this.positionByte = Math.min(nextByte, readyByte);
    if (nextByte <= readyByte) return;
    this.#isPlaying = false;
    this.stalls += 1;
    this.stallS += (nextByte - readyByte) / this.#traits.bytesPerS;
  }
}
