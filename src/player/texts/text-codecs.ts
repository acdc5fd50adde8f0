import { plainAss } from '../../ui/player/subtitles/read-ass.ts';
import { plainSrt } from '../../ui/player/subtitles/read-srt.ts';
import { plainVtt } from '../../ui/player/subtitles/read-vtt.ts';

/** How texts are written in packets of a file; null for one that says nothing. */
export type TextCodec = { readonly name: string; readonly textOf: (packet: Uint8Array) => string | null };

const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
/** Fields of a line of ASS before its text, as Matroska has it: without the times. */
const ASS_FIELDS_BEFORE = 8;

const SRT: TextCodec = { name: 'SRT', textOf: (packet) => plainSrt(utf8(packet)) };
const ASS: TextCodec = {
  name: 'ASS',
  textOf: (packet) => plainAss(utf8(packet).split(',').slice(ASS_FIELDS_BEFORE).join(',')),
};
const VTT: TextCodec = { name: 'WebVTT', textOf: (packet) => plainVtt(utf8(packet)) };
/** WebM has a line with the cue's name and one with its settings before the text. */
const WEBM_VTT: TextCodec = {
  name: 'WebVTT',
  textOf: (packet) =>
    plainVtt(
      utf8(packet)
        .split(/\r\n|\r|\n/)
        .slice(2)
        .join('\n'),
    ),
};

/** By the codec's name in Matroska and WebM. */
export const MATROSKA_TEXTS: ReadonlyMap<string, TextCodec> = new Map([
  ['S_TEXT/UTF8', SRT],
  ['S_TEXT/ASCII', SRT],
  ['S_TEXT/ASS', ASS],
  ['S_TEXT/SSA', ASS],
  ['S_ASS', ASS],
  ['S_SSA', ASS],
  ['S_TEXT/WEBVTT', VTT],
  ['D_WEBVTT/SUBTITLES', WEBM_VTT],
  ['D_WEBVTT/CAPTIONS', WEBM_VTT],
]);

/** By the name of the sample entry in MP4. */
export const MP4_TEXTS: ReadonlyMap<string, TextCodec> = new Map([
  ['tx3g', { name: '3GPP', textOf: timedText }],
  ['text', { name: 'QuickTime', textOf: timedText }],
  ['wvtt', { name: 'WebVTT', textOf: vttSample }],
]);

/** A length of two bytes, then text in UTF-8, or in UTF-16 behind its mark; styles follow (3GPP TS 26.245). */
function timedText(sample: Uint8Array): string | null {
  const [high = 0, low = 0] = sample;
  const text = sample.subarray(2, 2 + high * 256 + low);
  const isUtf16 = text[0] === 0xfe && text[1] === 0xff;
  return new TextDecoder(isUtf16 ? 'utf-16be' : 'utf-8').decode(text);
}

const MAX_VTT_CUES = 20;

/** Boxes `vttc`, each with the text in a box `payl` (ISO 14496-30); a box `vtte` says that there is nothing. */
function vttSample(sample: Uint8Array): string | null {
  const said: string[] = [];
  for (const cue of boxesIn(sample)) {
    if (cue.type !== 'vttc' || said.length >= MAX_VTT_CUES) continue;
    for (const { type, data } of boxesIn(cue.data)) if (type === 'payl') said.push(plainVtt(utf8(data)));
  }
  return said.length === 0 ? null : said.join('\n');
}

function* boxesIn(bytes: Uint8Array): Generator<{ readonly type: string; readonly data: Uint8Array }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length; ) {
    const end = at + Math.max(view.getUint32(at), 8);
    yield { type: utf8(bytes.subarray(at + 4, at + 8)), data: bytes.subarray(at + 8, end) };
    at = end;
  }
}
