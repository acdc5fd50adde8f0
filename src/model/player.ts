import type { Failure } from './failure.ts';
import type { FileIndex, InfoHash } from './ids.ts';

/** Names one open player page: random, made by the page. */
export type PlayerId = string & { readonly brand: 'PlayerId' };

/** A player page holds a port of the name `player:<PlayerId>` to the engine host as long as it is open. */
export const PLAYER_PORT = 'player:';

/** Where a file of a transfer that is played lies, and what can be had of it. */
export type PlayerOpened =
  | {
      readonly state: 'playable';
      /** The transfer's directory in the store and the file's name in it. */
      readonly infoHash: InfoHash;
      readonly storeFile: string;
      readonly lengthBytes: number;
      readonly pieceLengthBytes: number;
      /** Bytes of the file's first piece that lie before the file. */
      readonly leadBytes: number;
    }
  /** The file is in the Downloads folder and no longer in the store; the download opens it. */
  | { readonly state: 'saved'; readonly downloadId: number | null }
  /** The metadata is not known yet: ask again. */
  | { readonly state: 'unknown' }
  /** No such transfer or file, or it has stopped with a failure. */
  | { readonly state: 'gone'; readonly failure: Failure | null };

/** How far bytes that were waited for are here. */
export type BytesHere =
  /** They can be read up to `endByte`, which is beyond the first that was asked for. */
  | { readonly state: 'here'; readonly endByte: number }
  /** Not yet: ask again. */
  | { readonly state: 'waiting' }
  /** The engine does not know this player, because it has been started anew: open it again. */
  | { readonly state: 'unknown' }
  /** Nothing will come: the transfer is paused, has failed or is gone. */
  | { readonly state: 'stopped'; readonly failure: Failure | null };

/** What a player page says of its media element. */
export type Playhead = {
  readonly player: PlayerId;
  /** Seconds that the element has buffered beyond its playhead. */
  readonly aheadS: number;
  /** Bytes of the file that one second takes, speed of playing included; null before it is known. */
  readonly bytesPerS: number | null;
  readonly isPaused: boolean;
  /** It stands still until so many seconds are ready beyond its playhead; null while it plays or is paused. */
  readonly waitsForS: number | null;
};

/** One piece of a file, as the bar of a player and the map of the manager draw it. */
export const PIECE_LOOKS = ['missing', 'asked', 'here', 'peer', 'origin', 'mixed', 'bad'] as const;
export type PieceLook = (typeof PIECE_LOOKS)[number];

/** Pieces in order, run by run: `[2, 10]` stands for ten pieces that look like `PIECE_LOOKS[2]`. */
export type PieceRuns = readonly (readonly [look: number, count: number])[];

/** What a player page is told about its file. */
export type PlayerTold = {
  /** False when the engine has been started anew and does not know this player: open it again. */
  readonly isKnown: boolean;
  readonly pieces: PieceRuns;
  readonly peerBytesPerS: number;
  readonly originBytesPerS: number;
  /** What peers bring, and origins whenever they are asked: a player may reckon with it. */
  readonly atHandBytesPerS: number;
  readonly peersConnected: number;
};

/** A file of a transfer that a player can show, in the order of its list. */
export type PlaylistEntry = {
  readonly file: FileIndex;
  readonly path: readonly string[];
  readonly lengthBytes: number;
};
