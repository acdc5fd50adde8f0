import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureFfmpeg } from './ensure-ffmpeg.ts';

const run = promisify(execFile);

/** Real files of pictures and sound, made by ffmpeg; clips are a quarter of a minute long. The picture shows its time. */
export const MEDIA_KINDS = {
  /** VP9 and Opus in WebM, as many web pages have it. */
  webm: { name: 'clip.webm', durationS: 16 },
  /** H.264 and AAC in MP4, with its index at the end. */
  mp4IndexLast: { name: 'clip.mp4', durationS: 16 },
  /** VP9 and two soundtracks of Opus in Matroska, with subtitles in English and German inside. */
  mkv: { name: 'clip.mkv', durationS: 16 },
  /** Small pictures with subtitles inside: English, German for foreign parts, and French for those who do not hear. */
  mkvTexts: { name: 'texts.mkv', durationS: 16 },
  /** The same as it is streamed: clusters without a length, and no index. */
  mkvLive: { name: 'live.mkv', durationS: 16 },
  webmTexts: { name: 'texts.webm', durationS: 16 },
  mp4Texts: { name: 'texts.mp4', durationS: 16 },
  flac: { name: 'tone.flac', durationS: 16 },
  /** Four minutes of about 48 MB, as `webm` and `mp4IndexLast` are made. */
  webmFilm: { name: 'film.webm', durationS: 240 },
  mp4Film: { name: 'film.mp4', durationS: 240 },
} as const;

export type MediaKind = keyof typeof MEDIA_KINDS;

const video = (durationS: number) => ['-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=25:duration=${durationS}`];
const sound = (durationS: number, frequencyHz = 440) => {
  return ['-f', 'lavfi', '-i', `sine=frequency=${frequencyHz}:sample_rate=48000:duration=${durationS}`];
};
const VIDEO = video(16);
const SOUND = sound(16);
/** Noise keeps the files large enough to arrive slowly; a key frame every two seconds. */
const NOISY = ['-vf', 'noise=alls=18:allf=t', '-g', '50', '-pix_fmt', 'yuv420p'];
/** As films are that are made to be streamed: else the first quarter of a second of noise takes what two take later. */
const EVEN = ['-maxrate', '1800k', '-bufsize', '900k'];
const vp9 = (rate: string) => {
  return ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-row-mt', '1', '-b:v', rate, ...NOISY];
};
const h264 = (rate: string) => ['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', rate, ...EVEN, ...NOISY];
const OPUS = ['-c:a', 'libopus', '-b:a', '64k'];
const AAC = ['-c:a', 'aac', '-b:a', '96k'];

const WITH_TEXTS = [
  ...['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=10:duration=16'],
  ...['-i', 'ENGLISH', '-i', 'GERMAN', '-i', 'ENGLISH', '-map', '0', '-map', '1', '-map', '2', '-map', '3'],
  ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-g', '20', '-pix_fmt', 'yuv420p'],
  ...['-metadata:s:s:0', 'language=eng', '-metadata:s:s:1', 'language=ger', '-metadata:s:s:1', 'title=Nur Fremdes'],
  ...['-metadata:s:s:2', 'language=fra', '-disposition:s:0', 'default', '-disposition:s:1', 'forced'],
  ...['-disposition:s:2', 'hearing_impaired'],
];

const COMMANDS: { readonly [Kind in MediaKind]: readonly string[] } = {
  webm: [...VIDEO, ...SOUND, ...vp9('1200k'), ...OPUS],
  mp4IndexLast: [...VIDEO, ...SOUND, ...h264('1200k'), ...AAC],
  webmFilm: [...video(240), ...sound(240), ...vp9('1500k'), ...OPUS],
  mp4Film: [...video(240), ...sound(240), ...h264('1500k'), ...AAC],
  mkv: [
    ...VIDEO,
    ...SOUND,
    ...sound(16, 880),
    ...['-i', 'ENGLISH', '-i', 'GERMAN', '-map', '0:v', '-map', '1:a', '-map', '2:a', '-map', '3:s', '-map', '4:s'],
    ...vp9('1200k'),
    ...OPUS,
    ...['-c:s', 'srt'],
    ...['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=deu', '-metadata:s:a:1', 'title=Deutsch'],
    ...['-metadata:s:s:0', 'language=eng', '-metadata:s:s:1', 'language=ger', '-metadata:s:s:1', 'title=Deutsch'],
  ],
  mkvTexts: [...WITH_TEXTS, ...['-c:s:0', 'srt', '-c:s:1', 'ass', '-c:s:2', 'webvtt']],
  mkvLive: [...WITH_TEXTS, ...['-c:s', 'srt', '-f', 'matroska', '-live', '1']],
  webmTexts: [...WITH_TEXTS, '-c:s', 'webvtt'],
  mp4Texts: [...WITH_TEXTS, '-c:v', 'libx264', '-c:s', 'mov_text'],
  flac: [...SOUND, '-c:a', 'flac'],
};

const subtitles = (...lines: [string, string, string]): string => {
  const times = ['00:00:01,000 --> 00:00:04,000', '00:00:06,000 --> 00:00:09,000', '00:00:12,000 --> 00:00:15,000'];
  return lines.map((line, at) => `${at + 1}\n${times[at]}\n${line}\n`).join('\n');
};
/** From seconds 1 to 4, 6 to 9 and 12 to 15. */
const SUBTITLES = {
  ENGLISH: subtitles('The <i>first</i> line', 'The second line', 'The third line'),
  GERMAN: subtitles('Die <i>erste</i> Zeile', 'Die zweite Zeile', 'Die dritte Zeile'),
};

/** Where they are kept: made once for each way of making them. */
const DIRECTORY = join(tmpdir(), `rivulet-media-${digest(JSON.stringify([COMMANDS, SUBTITLES]))}`);

/** The bytes of a file of this kind. */
export async function mediaFile(kind: MediaKind): Promise<Uint8Array> {
  return new Uint8Array(readFileSync(await mediaPath(kind)));
}

/** Where a file of this kind is; made when it is first asked for, also by several at the same time. */
export async function mediaPath(kind: MediaKind): Promise<string> {
  const { name } = MEDIA_KINDS[kind];
  const file = join(DIRECTORY, name);
  if (!existsSync(file)) {
    const own = join(DIRECTORY, String(process.pid));
    mkdirSync(own, { recursive: true });
    for (const [language, text] of Object.entries(SUBTITLES)) writeFileSync(join(own, `${language}.srt`), text);
    const args = COMMANDS[kind].map((arg) => (arg in SUBTITLES ? join(own, `${arg}.srt`) : arg));
    await run(await ensureFfmpeg(), ['-hide_banner', '-loglevel', 'error', '-y', ...args, join(own, name)]);
    renameSync(join(own, name), file);
  }
  return file;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
