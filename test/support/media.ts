import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Real files of pictures and sound, a quarter of a minute long, made by ffmpeg. The picture shows its time. */
export const MEDIA_KINDS = {
  /** VP9 and Opus in WebM, as many web pages have it. */
  webm: { name: 'clip.webm', durationS: 16 },
  /** H.264 and AAC in MP4, with its index at the end. */
  mp4IndexLast: { name: 'clip.mp4', durationS: 16 },
  /** VP9 and two soundtracks of Opus in Matroska, with subtitles inside. */
  mkv: { name: 'clip.mkv', durationS: 16 },
  flac: { name: 'tone.flac', durationS: 16 },
} as const;

export type MediaKind = keyof typeof MEDIA_KINDS;

const VIDEO = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25:duration=16'];
const SOUND = ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000:duration=16'];
const OTHER_SOUND = ['-f', 'lavfi', '-i', 'sine=frequency=880:sample_rate=48000:duration=16'];
/** Noise keeps the files large enough to arrive slowly; a key frame every two seconds. */
const NOISY = ['-vf', 'noise=alls=18:allf=t', '-g', '50', '-pix_fmt', 'yuv420p'];
const VP9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '1200k', ...NOISY];
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '1200k', ...NOISY];

const COMMANDS: { readonly [Kind in MediaKind]: readonly string[] } = {
  webm: [...VIDEO, ...SOUND, ...VP9, '-c:a', 'libopus', '-b:a', '64k'],
  mp4IndexLast: [...VIDEO, ...SOUND, ...H264, '-c:a', 'aac', '-b:a', '96k'],
  mkv: [
    ...VIDEO,
    ...SOUND,
    ...OTHER_SOUND,
    ...['-i', 'SUBTITLES', '-map', '0:v', '-map', '1:a', '-map', '2:a', '-map', '3:s'],
    ...VP9,
    ...['-c:a', 'libopus', '-b:a', '64k', '-c:s', 'srt'],
    ...['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=deu', '-metadata:s:a:1', 'title=Deutsch'],
  ],
  flac: [...SOUND, '-c:a', 'flac'],
};

const SUBTITLES = '1\n00:00:01,000 --> 00:00:04,000\nThe first line\n\n2\n00:00:06,000 --> 00:00:09,000\nThe second\n';

/** Where they are kept: made once for each way of making them. */
const DIRECTORY = join(tmpdir(), `rivulet-media-${digest(JSON.stringify(COMMANDS) + SUBTITLES)}`);

/** A file of this kind; made when it is first asked for, also by several at the same time. */
export async function mediaFile(kind: MediaKind): Promise<Uint8Array> {
  const { name } = MEDIA_KINDS[kind];
  const file = join(DIRECTORY, name);
  if (!existsSync(file)) {
    const own = join(DIRECTORY, String(process.pid));
    mkdirSync(own, { recursive: true });
    const subtitles = join(own, 'subtitles.srt');
    writeFileSync(subtitles, SUBTITLES);
    const args = COMMANDS[kind].map((arg) => (arg === 'SUBTITLES' ? subtitles : arg));
    await run('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args, join(own, name)]);
    renameSync(join(own, name), file);
  }
  return new Uint8Array(readFileSync(file));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
