import { EncodedPacketSink, type InputAudioTrack, type InputVideoTrack } from 'mediabunny';
import { codecName } from './codec-names.ts';
import type { MediaFile } from './media-file.ts';

/** What this browser can play. A page asks its element and its media sources; tests say it themselves. */
export type Abilities = {
  /** Whether an element plays a file of this type from an address, codecs included. */
  readonly playsType: (type: string) => boolean;
  /** Whether a media source takes segments of this type. */
  readonly takesType: (type: string) => boolean;
};

/** One track, and how it can be played. `segmentType`: as fragmented MP4, which is null when that is not possible. */
export type ProbedTrack<T = InputVideoTrack | InputAudioTrack> = {
  readonly id: number;
  readonly track: T;
  /** As people name it: "H.264". */
  readonly codec: string;
  readonly language: string | null;
  readonly name: string | null;
  readonly segmentType: string | null;
};

export type Probe = {
  /** As people name it: "Matroska". */
  readonly container: string;
  /** With codecs, as an element is asked for it. */
  readonly fileType: string;
  /** Without. */
  readonly mimeType: string;
  readonly durationS: number | null;
  readonly video: ProbedTrack<InputVideoTrack> | null;
  /** The soundtrack to begin with comes first. */
  readonly audio: readonly ProbedTrack<InputAudioTrack>[];
  /** Whether an element plays the file as it is. */
  readonly isNative: boolean;
};

/** Codecs that an MP4 file holds as other containers do, byte by byte, when they bring what a decoder must know apart. */
const NEEDS_DESCRIPTION: ReadonlySet<string> = new Set(['avc', 'hevc', 'aac', 'flac']);
const REMUXED: ReadonlySet<string> = new Set(['avc', 'hevc', 'vp8', 'vp9', 'av1', 'aac', 'opus', 'mp3', 'flac']);
const NO_LANGUAGE = 'und';

/**
 * Finds out what a file is and how this browser plays it. Reads its head, and its index where that is needed.
 * @returns null when it is no file of sound or pictures.
 */
export async function probe({ input }: MediaFile, abilities: Abilities): Promise<Probe | null> {
  if (!(await input.canRead())) return null;
  const format = await input.getFormat();
  const [videoTrack, firstAudio, audioTracks] = await Promise.all([
    input.getPrimaryVideoTrack(),
    input.getPrimaryAudioTrack(),
    input.getAudioTracks(),
  ]);
  if (videoTrack === null && audioTracks.length === 0) return null;
  const video = videoTrack && (await probeTrack(videoTrack, 'video', abilities));
  const ordered = [...audioTracks].sort((a, b) => Number(b === firstAudio) - Number(a === firstAudio));
  const audio = await Promise.all(ordered.map((track) => probeTrack(track, 'audio', abilities)));
  const codecs = await Promise.all([videoTrack, audio[0]?.track].map((track) => track?.getCodecParameterString()));
  const known = codecs.filter((codec) => codec != null);
  const mimeType = videoTrack === null ? format.mimeType.replace('video/', 'audio/') : format.mimeType;
  const fileType = known.length === 0 ? mimeType : `${mimeType}; codecs="${known.join(', ')}"`;
  const isKnown = (video === null || (await video.track.getCodec()) !== null) && known.length > 0;
  return {
    container: format.name,
    mimeType,
    fileType,
    durationS: await durationOf(input, videoTrack ?? firstAudio),
    video,
    audio,
    isNative: isKnown && abilities.playsType(fileType),
  };
}

async function durationOf(
  input: MediaFile['input'],
  main: InputVideoTrack | InputAudioTrack | null,
): Promise<number | null> {
  const durationS = await input.getDurationFromMetadata();
  if (durationS !== null && Number.isFinite(durationS) && durationS > 0) return durationS;
  if (main === null) return null;
  const last = await new EncodedPacketSink(main).getPacket(Number.POSITIVE_INFINITY, { metadataOnly: true });
  return last && last.timestamp + last.duration;
}

async function probeTrack<T extends InputVideoTrack | InputAudioTrack>(
  track: T,
  kind: 'video' | 'audio',
  { takesType }: Abilities,
): Promise<ProbedTrack<T>> {
  const [codec, internal, config, language, name] = await Promise.all([
    track.getCodec(),
    track.getInternalCodecId(),
    track.getDecoderConfig().catch(() => null),
    track.getLanguageCode(),
    track.getName(),
  ]);
  const isWhole = !NEEDS_DESCRIPTION.has(codec ?? '') || config?.description !== undefined;
  const type = `${kind}/mp4; codecs="${config?.codec === 'vp8' ? 'vp08.00.41.08' : config?.codec}"`;
  const segmentType = config && isWhole && REMUXED.has(codec ?? '') && takesType(type) ? type : null;
  return {
    id: track.id,
    track,
    codec: codecName(codec, internal),
    language: language === NO_LANGUAGE ? null : language,
    name,
    segmentType,
  };
}
