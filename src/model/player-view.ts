import type { Failure } from './failure.ts';
import type { FileIndex } from './ids.ts';
import type { PlayerTold, PlaylistEntry } from './player.ts';

/** How the file of a player page stands. Once it is `playable`, its media element tells the rest. */
export type PlayerPhase =
  /** The engine is asked. */
  | { readonly phase: 'opening' }
  /** What the torrent holds is not known yet. */
  | { readonly phase: 'finding' }
  /** The head of the file is read. */
  | { readonly phase: 'looking' }
  /** It will play in a moment, or goes on then: this part of what must be there first is there, 0 to 1. */
  | { readonly phase: 'filling'; readonly readyPart: number }
  /** It plays, or would at once. */
  | { readonly phase: 'playable' }
  /** This browser plays it only when all of it is here. */
  | { readonly phase: 'whole-first'; readonly hereBytes: number; readonly lengthBytes: number }
  /** It is in the Downloads folder and no longer in the store. */
  | { readonly phase: 'saved'; readonly downloadId: number | null }
  /** It is not for a media element, or has a codec that this browser does not know, named as people name it: "HEVC". */
  | {
      readonly phase: 'unplayable';
      readonly what: 'container' | 'video' | 'audio';
      readonly container: string | null;
      readonly codecs: readonly string[];
    }
  /** Nothing will come: the transfer was paused or removed, or has failed. */
  | { readonly phase: 'stopped'; readonly failure: Failure | null };

/** One of several soundtracks of a file. */
export type PlayerTrack = {
  readonly id: number;
  /** BCP 47 or ISO 639-2; null when the file does not say. */
  readonly language: string | null;
  readonly name: string | null;
  readonly codec: string | null;
  readonly isChosen: boolean;
};

/** One of the texts inside a file of sound and pictures: its subtitles. */
export type PlayerText = {
  readonly id: number;
  /** BCP 47; null when the file does not say. */
  readonly language: string | null;
  readonly name: string | null;
  /** As people name it: "SRT". */
  readonly codec: string;
  /** The file says that it is to be shown where nothing else was chosen. */
  readonly isDefault: boolean;
  /** For those who do not hear; only what is spoken in another language, which is shown also without being asked for. */
  readonly kind: 'all' | 'described' | 'forced';
};

/** All that a player's screen shows, besides what its media element says itself. */
export type PlayerState = {
  readonly phase: PlayerPhase;
  /** The user wants it to play: true also while it fills. */
  readonly wantsToPlay: boolean;
  readonly file: FileIndex;
  /** Path of the file; empty before it is known. */
  readonly path: readonly string[];
  readonly lengthBytes: number;
  readonly pieceLengthBytes: number;
  /** Bytes of the file's first piece that lie before the file. */
  readonly leadBytes: number;
  /** Null before it is known. */
  readonly durationS: number | null;
  readonly hasVideo: boolean;
  /** Name of the codec of a soundtrack that this browser cannot play, when it has no other; null when there is none. */
  readonly muteCodec: string | null;
  readonly audio: readonly PlayerTrack[];
  readonly text: readonly PlayerText[];
  /** It has subtitles inside that are no text, and are not shown. */
  readonly hasUnreadableText: boolean;
  /** What has arrived, and how fast more comes; null before the engine has told. */
  readonly told: PlayerTold | null;
  /** The files of the transfer, in its order. */
  readonly playlist: readonly PlaylistEntry[];
};
