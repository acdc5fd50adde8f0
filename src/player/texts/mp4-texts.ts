import type { PlayerText } from '../../model/player-view.ts';
import { cueOf, type SubtitleCue } from '../../ui/player/subtitles/subtitle-cue.ts';
import { lettersAt, timescaleOf, viewOf } from '../mp4-tables.ts';
import { FileWindow, type PartlyHere } from './file-window.ts';
import { type InsideTexts, languageTag, MAX_TEXTS, type TextReader, trackName } from './inside-text.ts';
import { MAX_PACKET_BYTES } from './matroska-block.ts';
import { type Box, boxAt, boxesIn, dataOf } from './mp4-boxes.ts';
import { type Sample, samplesOf } from './mp4-samples.ts';
import { MP4_TEXTS, type TextCodec } from './text-codecs.ts';

/** Kinds of tracks that are subtitles (ISO 14496-12, 12.6; QuickTime). */
const HANDLERS: ReadonlySet<string> = new Set(['sbtl', 'text', 'subt', 'subp', 'clcp']);
const MAX_HEADER_BYTES = 65_536;
/** `displayFlags` of tx3g: all of its samples are shown also without being asked for. */
const ALL_FORCED = 0x80000000;
/** One call reads no more of them. */
const MAX_READ = 500;

type Mp4Text = { readonly text: PlayerText; readonly codec: TextCodec; readonly samples: readonly Sample[] };

/** The texts of a file of MP4 or QuickTime, except those in fragments; null when it is none. */
export async function openMp4(file: PartlyHere): Promise<InsideTexts | null> {
  const window = new FileWindow(file);
  const whole = { dataByte: 0, endByte: file.lengthBytes };
  const moov = await boxAt(window, whole, ['moov']);
  if (moov === null) return null;
  const mvhd = await dataOf(window, await boxAt(window, moov, ['mvhd']), MAX_HEADER_BYTES);
  const movieTimescale = mvhd === null || mvhd.length === 0 ? 0 : timescaleOf(viewOf(mvhd));
  const chapters = await chaptersOf(window, moov);
  const texts = new Map<number, Mp4Text>();
  let hasUnreadable = false;
  for await (const trak of boxesIn(window, moov.dataByte, moov.endByte)) {
    if (trak.type !== 'trak' || texts.size >= MAX_TEXTS) continue;
    const handler = await fourLetters(window, await boxAt(window, trak, ['mdia', 'hdlr']), 8);
    if (!HANDLERS.has(handler)) continue;
    const found = await readTrack(window, trak, movieTimescale);
    if (found === null) hasUnreadable = true;
    else if (found.samples.length > 0 && !chapters.has(found.text.id)) texts.set(found.text.id, found);
  }
  return {
    tracks: [...texts.values()].map(({ text }) => text),
    hasUnreadable,
    open: (id) => {
      const track = texts.get(id);
      return track === undefined ? { read: async () => [] } : readerOf(file, track);
    },
  };
}

async function readTrack(file: FileWindow, trak: Box, movieTimescale: number): Promise<Mp4Text | null> {
  const stsd = await boxAt(file, trak, ['mdia', 'minf', 'stbl', 'stsd']);
  const entryType = await fourLetters(file, stsd, 12);
  const codec = MP4_TEXTS.get(entryType);
  const samples = codec && (await samplesOf(file, trak, movieTimescale));
  const tkhd = await dataOf(file, await boxAt(file, trak, ['tkhd']), MAX_HEADER_BYTES);
  if (codec === undefined || samples == null || stsd === null || tkhd === null || tkhd.length < 24) return null;
  const header = viewOf(tkhd);
  const id = header.getUint32(header.getUint8(0) === 1 ? 20 : 12);
  // Fields of every sample entry take 8 bytes, behind its head of 8 and the table's of 8.
  const flags = entryType === 'tx3g' ? await file.at(stsd.dataByte + 24, 4) : null;
  const isForced = flags !== null && (viewOf(flags).getUint32(0) & ALL_FORCED) !== 0;
  const kind = isForced ? 'forced' : await kindOf(file, trak);
  const [language, name] = [await languageOf(file, trak), await nameOf(file, trak)];
  const isDefault = (header.getUint8(3) & 1) !== 0; // enabled
  return {
    text: { id, language, name, codec: codec.name, isDefault, kind },
    codec,
    samples,
  };
}

/** Four letters in a box, so many bytes behind its head. */
async function fourLetters(file: FileWindow, box: Box | null, behind: number): Promise<string> {
  if (box === null || box.endByte - box.dataByte < behind + 4) return '';
  const bytes = await file.at(box.dataByte + behind, 4);
  return bytes === null ? '' : lettersAt(bytes, 0);
}

/** Chapters are texts, too, which other tracks point to: their ids. */
async function chaptersOf(file: FileWindow, moov: Box): Promise<Set<number>> {
  const ids = new Set<number>();
  for await (const trak of boxesIn(file, moov.dataByte, moov.endByte)) {
    if (trak.type !== 'trak') continue;
    const chapters = await dataOf(file, await boxAt(file, trak, ['tref', 'chap']), 4 * MAX_TEXTS);
    for (let at = 0; chapters !== null && at + 4 <= chapters.length; at += 4) ids.add(viewOf(chapters).getUint32(at));
  }
  return ids;
}

/** The tag of `elng`, or the three letters of `mdhd`, each in five bits. */
async function languageOf(file: FileWindow, trak: Box): Promise<string | null> {
  const elng = await dataOf(file, await boxAt(file, trak, ['mdia', 'elng']), 100);
  if (elng !== null) return languageTag(textIn(elng.subarray(4)));
  const mdhd = await dataOf(file, await boxAt(file, trak, ['mdia', 'mdhd']), MAX_HEADER_BYTES);
  if (mdhd === null || mdhd.length < 24) return null;
  const at = mdhd[0] === 1 ? 32 : 20;
  const packed = mdhd.length < at + 2 ? 0 : viewOf(mdhd).getUint16(at);
  const letters = [10, 5, 0].map((shift) => String.fromCharCode(((packed >> shift) & 31) + 0x60)).join('');
  return /^[a-z]{3}$/.test(letters) ? languageTag(letters) : null;
}

/** What a box `kind` says in the words of DASH (ISO 14496-12, 8.10.4; ISO 23009-1, 5.8.5.5). */
async function kindOf(file: FileWindow, trak: Box): Promise<PlayerText['kind']> {
  const udta = await boxAt(file, trak, ['udta']);
  if (udta === null) return 'all';
  for await (const box of boxesIn(file, udta.dataByte, udta.endByte)) {
    const data = box.type === 'kind' ? await dataOf(file, box, 1_000) : null;
    const value = data && new TextDecoder().decode(data.subarray(4)).split('\0')[1];
    if (value != null && /^forced[-_]subtitle$/.test(value)) return 'forced';
    if (value === 'caption') return 'described';
  }
  return 'all';
}

async function nameOf(file: FileWindow, trak: Box): Promise<string | null> {
  const name = await dataOf(file, await boxAt(file, trak, ['udta', 'name']), MAX_HEADER_BYTES);
  return trackName(name && textIn(name));
}

/** Some writers put four bytes of version and flags before a text, some a zero behind it. */
const textIn = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).replace(/^\0+/, '').replace(/\0.*$/s, '');

function readerOf(file: PartlyHere, { codec, samples }: Mp4Text): TextReader {
  const window = new FileWindow(file);
  const read = new Set<Sample>();
  return {
    read: async (fromS, toS) => {
      const cues: SubtitleCue[] = [];
      let tries = 0;
      for (
        let at = Math.max(
          samples.findLastIndex(({ startS }) => startS <= fromS),
          0,
        );
        at < samples.length;
        at++
      ) {
        const sample = samples[at] as Sample;
        if (sample.startS > toS || tries >= MAX_READ) break;
        if (read.has(sample) || sample.lengthBytes > MAX_PACKET_BYTES) continue;
        tries += 1;
        const bytes = await window.at(sample.byte, sample.lengthBytes);
        if (bytes === null) continue;
        read.add(sample);
        const text = codec.textOf(bytes.subarray(0, sample.lengthBytes));
        const cue = text === null ? null : cueOf(Math.max(sample.startS, 0), sample.endS, text);
        if (cue !== null) cues.push(cue);
      }
      return cues;
    },
  };
}
