import type { PlayerOpened } from '../model/player.ts';
import type { PlayerPhase } from '../model/player-view.ts';
import type { Feed, OnProblem } from './feeds/feed.ts';
import type { MediaFile } from './feeds/media-file.ts';
import { MseFeed } from './feeds/mse-feed.ts';
import { NativeFeed } from './feeds/native-feed.ts';
import type { Probe } from './feeds/probe.ts';

export type Playable = Extract<PlayerOpened, { readonly state: 'playable' }>;

/**
 * The ways to play a file, the best first. `stream`: the element gets an address that the background answers. `segments`:
 * fragments are made for a media source. `whole`: the element gets the file when all of it is here.
 */
export type Way = 'stream' | 'segments' | 'whole';

/** The ways in which this browser plays a file; none when it cannot. Pure. */
export function waysToPlay({ isNative, video, audio, mimeType }: Probe, hasStreams: boolean): Way[] {
  const isSegmented = video === null ? audio.some(isTaken) : isTaken(video);
  // Chrome plays Matroska from an address only by chance: it does not say that it does.
  const ways: Way[] = [];
  if (isNative && hasStreams && !mimeType.includes('matroska')) ways.push('stream');
  if (isSegmented) ways.push('segments');
  if (isNative) ways.push('whole');
  return ways;
}

const isTaken = ({ segmentType }: { readonly segmentType: string | null }) => segmentType !== null;

/** The codec of the sound, when this browser plays none of it. */
export function muteCodecOf({ audio, isNative }: Probe): string | null {
  return isNative || audio.some(({ segmentType }) => segmentType !== null) ? null : (audio[0]?.codec ?? null);
}

/** What to say of a file that this browser cannot play. Pure. */
export function unplayable(probe: Probe | null): PlayerPhase {
  const phase = 'unplayable';
  if (probe === null) return { phase, what: 'container', container: null, codecs: [] };
  const { container, video, audio } = probe;
  const what = video === null ? 'audio' : 'video';
  const codecs = [...new Set((video === null ? audio : [video]).map(({ codec }) => codec))];
  return { phase, what, container, codecs };
}

export type FeedOptions = {
  readonly way: Exclude<Way, 'whole'>;
  readonly file: MediaFile;
  readonly probe: Probe;
  readonly streamUrl: string;
  readonly audioId: number | null;
  readonly onProblem: OnProblem;
};

export function openFeed({ way, file, probe, streamUrl, audioId, onProblem }: FeedOptions): Feed {
  return way === 'stream' ? new NativeFeed(streamUrl, onProblem) : new MseFeed({ file, probe, audioId, onProblem });
}
