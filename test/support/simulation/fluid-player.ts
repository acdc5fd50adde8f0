import { ByteCurve } from '../../../src/player/byte-curve.ts';
import { reservePart, reserveS } from '../../../src/player/start-rule.ts';
import type { FluidPlayer as PlayerTraits } from './fluid-world.ts';

/**
 * Plays from the first byte once enough is there for the pace of its sources, by the rule of the real player; when it
 * runs dry it waits for enough again, and after a jump, too.
 */
export class FluidPlayer {
  positionByte = 0;
  startedAtS: number | null = null;
  /** What it had ahead when it began. */
  startBytes = 0;
  /** While it does not play: how many bytes it wants ahead before it does. */
  waitsForBytes = 0;
  stalls = 0;
  stallS = 0;
  /** Seconds from each jump until it played. */
  readonly jumpsS: number[] = [];
  #jumpedAtS: number | null = null;
  readonly #traits: PlayerTraits;
  readonly #lengthBytes: number;
  readonly #pieceLengthBytes: number;
  readonly #curve: ByteCurve;
  #isPlaying = false;

  constructor(traits: PlayerTraits, lengthBytes: number, pieceLengthBytes: number) {
    this.#traits = traits;
    this.#lengthBytes = lengthBytes;
    this.#pieceLengthBytes = pieceLengthBytes;
    this.#curve = new ByteCurve([], lengthBytes / traits.bytesPerS, lengthBytes);
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

  /**
   * One step of playing, up to `nowS`, with everything before `readyByte` there to be read.
   * @param sourceBytesPerS What comes now, as far as the engine tells its players.
   */
  step(nowS: number, stepS: number, readyByte: number, sourceBytesPerS: number): void {
    if (this.isDone) return;
    if (!this.#isPlaying) {
      if (this.startedAtS !== null && this.#jumpedAtS === null) this.stallS += stepS;
      if (this.#hasEnough(readyByte, sourceBytesPerS)) this.#begin(nowS, readyByte);
      return;
    }
    const nextByte = Math.min(this.positionByte + this.#traits.bytesPerS * stepS, this.#lengthBytes);
    this.positionByte = Math.min(nextByte, readyByte);
    if (nextByte <= readyByte) return;
    this.#isPlaying = false;
    this.stalls += 1;
    this.stallS += (nextByte - readyByte) / this.#traits.bytesPerS;
  }

  #begin(nowS: number, readyByte: number): void {
    this.#isPlaying = true;
    this.waitsForBytes = 0;
    if (this.#jumpedAtS !== null) this.jumpsS.push(nowS - this.#jumpedAtS);
    this.#jumpedAtS = null;
    if (this.startedAtS !== null) return;
    this.startedAtS = nowS;
    this.startBytes = readyByte;
  }

  #hasEnough(readyByte: number, sourceBytesPerS: number): boolean {
    const { bytesPerS, bufferBytes } = this.#traits;
    const reserve = {
      curve: this.#curve,
      playedS: this.positionByte / bytesPerS,
      readyS: readyByte / bytesPerS,
      playbackRate: 1,
      sourceBytesPerS,
      pieceLengthBytes: this.#pieceLengthBytes,
      isWhole: readyByte >= this.#lengthBytes,
      standstills: this.stalls,
    };
    this.waitsForBytes = Math.max(bufferBytes, reserveS(reserve) * bytesPerS);
    if (readyByte < Math.min(this.positionByte + bufferBytes, this.#lengthBytes)) return false;
    return reservePart(reserve) >= 1;
  }
}
