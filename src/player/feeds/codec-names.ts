const NAMES: Readonly<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'HEVC',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
  aac: 'AAC',
  opus: 'Opus',
  mp3: 'MP3',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  ac3: 'AC-3',
  eac3: 'E-AC-3',
  dts: 'DTS',
};
/** What Matroska calls codecs that the reader does not know. */
const MATROSKA_NAMES: readonly (readonly [start: string, name: string])[] = [
  ['V_MPEG4/MS', 'MPEG-4'],
  ['V_MPEG4', 'MPEG-4'],
  ['V_MPEG2', 'MPEG-2'],
  ['V_MPEG1', 'MPEG-1'],
  ['V_MS', 'VC-1'],
  ['V_REAL', 'RealVideo'],
  ['A_TRUEHD', 'TrueHD'],
  ['A_DTS', 'DTS'],
  ['A_MPEG/L2', 'MP2'],
  ['A_REAL', 'RealAudio'],
];

/** What people call a codec; of one that nobody knows, what the file calls it. */
export function codecName(codec: string | null, internal: string | number | Uint8Array | null): string {
  if (codec?.startsWith('pcm')) return 'PCM';
  if (codec !== null) return NAMES[codec] ?? codec;
  if (typeof internal !== 'string') return '?';
  return MATROSKA_NAMES.find(([start]) => internal.startsWith(start))?.[1] ?? internal;
}
