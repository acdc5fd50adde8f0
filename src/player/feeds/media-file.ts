import {
  ADTS,
  CustomSource,
  FLAC,
  Input,
  type InputTrack,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WAVE,
  WEBM,
} from 'mediabunny';
import { ByteCurve, type CurvePoint } from '../byte-curve.ts';
import type { FileBytes } from '../file-bytes.ts';
import { lightHead, type Patch, patched } from './matroska-head-cut.ts';
import { type MatroskaIndex, readMatroskaIndex } from './matroska-index.ts';
import { MatroskaPackets } from './matroska-packets.ts';
import { mp4Places } from './mp4-places.ts';
import { IndexedPackets, type Packets } from './packets.ts';

const CACHE_BYTES = 4 * 1_048_576;
/** A file of Matroska whose blocks we read ourselves, and how its head looks to whoever reads clusters as a whole. */
type Blocks = { readonly index: MatroskaIndex; readonly patches: readonly Patch[] };

/** A file of sound or pictures that arrives, as its tracks and packets. */
export class MediaFile {
  readonly input: Input;
  readonly bytes: FileBytes;
  /** How its bytes lie over its time; null before that is known. */
  curve: ByteCurve | null = null;
  #isFindingCurve = false;
  #reading = new AbortController();
  readonly #closing = new AbortController();
  #blocks: Promise<Blocks | null> | null = null;

  constructor(bytes: FileBytes) {
    this.bytes = bytes;
    const source = new CustomSource({
      getSize: () => bytes.lengthBytes,
      read: async (startByte, endByte) => {
        const blocks = await this.#ourBlocks();
        return patched(await this.#read(startByte, endByte), startByte, blocks?.patches ?? []);
      },
      maxCacheSize: CACHE_BYTES,
      handleUnhandledError: () => undefined, // whoever wants these bytes reads them again and hears of it
    });
    const formats = [MP4, QTFF, MATROSKA, WEBM, MP3, WAVE, OGG, FLAC, ADTS, MPEG_TS];
    this.input = new Input({ formats, source });
  }

  /** The packets of a track. Those of Matroska are read block by block, where the file has what that takes. */
  async packetsOf(track: InputTrack): Promise<Packets> {
    const blocks = await this.#ourBlocks();
    if (blocks === null || !blocks.index.tracks.has(track.id)) return new IndexedPackets(track);
    return new MatroskaPackets(this.#read, this.bytes.lengthBytes, blocks.index, track.id);
  }

  /** Whether its index is somewhere else than at its beginning, and playing can begin without it. */
  async playsWithoutIndex(): Promise<boolean> {
    return ((await this.#ourBlocks())?.index.cuesNamedAtByte ?? null) !== null;
  }

  /** Finds out how its bytes lie over its time. Does nothing while that is being found out, or when it is known. */
  async findCurve(durationS: number | null): Promise<void> {
    if (durationS === null || this.#isFindingCurve || this.curve !== null) return;
    this.#isFindingCurve = true;
    try {
      const places = await this.#places();
      this.curve = new ByteCurve(places, durationS, this.bytes.lengthBytes);
    } catch {
      this.#isFindingCurve = false; // whoever plays finds out what is the matter
    }
  }

  async #places(): Promise<readonly CurvePoint[]> {
    const format = await this.input.getFormat();
    if (format === MP4 || format === QTFF) return mp4Places(this.#readAnyway, this.bytes.lengthBytes);
    return (await this.#ourBlocks())?.index.places() ?? [];
  }

  /** Gives up what is waited for, because it is wanted no longer: all reads that are under way fail. */
  letGo(): void {
    this.#reading.abort(new DOMException('wanted no longer', 'AbortError'));
    this.#reading = new AbortController();
  }

  close(): void {
    const reason = new DOMException('closed', 'AbortError');
    this.#reading.abort(reason);
    this.#closing.abort(reason);
    this.input.dispose();
  }

  readonly #read = (startByte: number, endByte: number): Promise<Uint8Array> =>
    this.bytes.read(startByte, endByte, this.#reading.signal);

  /** For what is wanted wherever it is played. */
  readonly #readAnyway = (startByte: number, endByte: number): Promise<Uint8Array> =>
    this.bytes.read(startByte, endByte, this.#closing.signal);

  #ourBlocks(): Promise<Blocks | null> {
    this.#blocks ??= this.#findBlocks().catch((error: unknown) => {
      this.#blocks = null; // it was given up: whoever asks next tries again
      throw error;
    });
    return this.#blocks;
  }

  async #findBlocks(): Promise<Blocks | null> {
    const { lengthBytes } = this.bytes;
    const index = await readMatroskaIndex(this.#readAnyway, lengthBytes);
    if (index === null || [...index.tracks.values()].some(({ kind, isPacked }) => kind !== 'other' && isPacked)) {
      return null;
    }
    return { index, patches: await lightHead(this.#readAnyway, lengthBytes, index) };
  }
}
