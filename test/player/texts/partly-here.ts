import type { PartlyHere } from '../../../src/player/texts/file-window.ts';
import { type MediaKind, mediaFile } from '../../support/media.ts';

type Stretch = readonly [startByte: number, endByte: number];

/** A file of which some stretches are here, which may become more; it fails who reads any other byte, and counts. */
export class PartOfFile implements PartlyHere {
  readonly bytes: Uint8Array;
  here: readonly Stretch[];
  readBytes = 0;
  reads = 0;

  constructor(bytes: Uint8Array, here: readonly Stretch[] = [[0, bytes.length]]) {
    this.bytes = bytes;
    this.here = here;
  }

  static async of(kind: MediaKind): Promise<PartOfFile> {
    return new PartOfFile(await mediaFile(kind));
  }

  get lengthBytes(): number {
    return this.bytes.length;
  }

  readonly hereUntil = (byte: number): number =>
    this.here.find(([start, end]) => start <= byte && byte < end)?.[1] ?? byte;

  readonly read = async (startByte: number, endByte: number): Promise<Uint8Array> => {
    if (endByte > this.hereUntil(startByte)) throw new Error(`bytes ${startByte} to ${endByte} are not here`);
    this.readBytes += endByte - startByte;
    this.reads += 1;
    return this.bytes.slice(startByte, endByte);
  };
}

/** `1-4 The first line` for each. */
export const told = (cues: readonly { startS: number; endS: number; text: string }[]): string[] =>
  cues.map(({ startS, endS, text }) => `${startS}-${endS} ${text}`);
