import type { FluidPlayer as PlayerTraits } from './fluid-world.ts';

/**
 * Plays from the first byte once its buffer is full; when it runs dry it waits for the same buffer again, and after a jump,
 * too.
 */
export class FluidPlayer {
  positionByte = 0;
  startedAtS: number | null = null;
  stalls = 0;
  stallS = 0;
  /** Seconds from each jump until it played. */
  readonly jumpsS: number[] = [];
  #jumpedAtS: number | null = null;
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

  /** Jumps when it is time to. Returns whether it has. */
  jump(nowS: number): boolean {
    const jump = this.#traits.jumps?.[this.jumpsS.length];
    if (jump === undefined || this.#jumpedAtS !== null || nowS < jump.atS) return false;
    this.positionByte = jump.toByte;
    this.#isPlaying = false;
    this.#jumpedAtS = nowS;
    return true;
  }

  /** One step of playing, up to `nowS`, with everything before `readyByte` there to be read. */
  step(nowS: number, stepS: number, readyByte: number): void {
    if (this.isDone) return;
    const isStalled = !this.#isPlaying && this.startedAtS !== null && this.#jumpedAtS === null;
    if (isStalled) this.stallS += stepS;
    const wantedByte = Math.min(this.positionByte + this.#traits.bufferBytes, this.#lengthBytes);
    if (!this.#isPlaying && readyByte >= wantedByte) {
      this.#isPlaying = true;
      this.startedAtS ??= nowS;
      if (this.#jumpedAtS !== null) this.jumpsS.push(nowS - this.#jumpedAtS);
      this.#jumpedAtS = null;
      return;
    }
    if (!this.#isPlaying) return;
    const nextByte = Math.min(this.positionByte + this.#traits.bytesPerS * stepS, this.#lengthBytes);
    this.positionByte = Math.min(nextByte, readyByte);
    if (nextByte <= readyByte) return;
    this.#isPlaying = false;
    this.stalls += 1;
    this.stallS += (nextByte - readyByte) / this.#traits.bytesPerS;
  }
}
