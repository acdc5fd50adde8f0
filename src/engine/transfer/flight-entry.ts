import type { OriginUrl, PeerId, PieceIndex } from '../../model/ids.ts';
import type { Patience, Policy } from '../../model/policy.ts';
import type { RunId, WorkEvent } from '../store/depot.ts';
import { MISSING } from '../store/journal.ts';
import type { TorrentInfo } from '../torrent/torrent-description.ts';
import type { Playback } from './download-ports.ts';
import { Wanted } from './file-choice.ts';

/** What a download began with. Bitfields are base64, first piece in the highest bit (BEP 3). */
export type FlightHeader = {
  /** Milliseconds since 1970; times of entries count from here. */
  readonly startedAtMs: number;
  readonly pieceLengthBytes: number;
  readonly lengthBytes: number;
  readonly pieceCount: number;
  /** Bitfield of the pieces that were in the store, or that nobody wanted. */
  readonly here: string;
  /** Bitfield of the pieces that had to wait for others; null when none had. */
  readonly later: string | null;
  readonly policy: Policy;
  readonly patience: Patience;
  readonly seed: number;
  readonly origins: readonly OriginUrl[];
  readonly isPrivate: boolean;
  readonly isMultiFile: boolean;
  /** Bytes of each file in torrent order, never a name; null when there are too many to write down. */
  readonly fileLengths: readonly number[] | null;
  /** Which of them are padding. */
  readonly paddingFiles: readonly number[];
};

/** More files than these are not written down. */
export const MAX_LOGGED_FILES = 10_000;

/** What the store told, without what only a user is told. */
export type LoggedStoreEvent =
  | Exclude<WorkEvent, { readonly type: 'failed' | 'run-ended' }>
  | {
      readonly type: 'run-ended';
      readonly run: RunId;
      readonly positionByte: number;
      readonly end:
        | { readonly type: 'finished' | 'stopped' }
        | {
            readonly type: 'fault';
            readonly fault: string;
            readonly status: number | null;
            readonly retryAfterS: number | null;
            readonly host?: string | null;
          };
    }
  | { readonly type: 'failed'; readonly failure: { readonly code: string } };

/** Something that a download heard. Peers are named by their connection's id, never by an address. */
export type Heard =
  /** The download begins, maybe a moment after its header was written. */
  | { readonly type: 'begun' }
  | {
      readonly type: 'peer-joined';
      readonly peer: PeerId;
      readonly client: string;
      /** Bitfield of what it has. */
      readonly pieces: string;
      readonly isChoking: boolean;
      readonly maxRequests: number;
    }
  | {
      readonly type: 'peer-changed';
      readonly peer: PeerId;
      /** The one piece that it announced, or null with everything that it has in `pieces`. */
      readonly piece: PieceIndex | null;
      readonly pieces: string | null;
      readonly isChoking: boolean;
    }
  | { readonly type: 'peer-left'; readonly peer: PeerId }
  | {
      readonly type: 'block';
      readonly peer: PeerId;
      readonly piece: PieceIndex;
      readonly offset: number;
      readonly lengthBytes: number;
    }
  | { readonly type: 'refused'; readonly peer: PeerId; readonly piece: PieceIndex; readonly offset: number }
  | { readonly type: 'claimed'; readonly peer: PeerId; readonly pieces: readonly PieceIndex[] }
  /** The user named more origins. */
  | { readonly type: 'origins-added'; readonly origins: readonly OriginUrl[] }
  | { readonly type: 'store'; readonly event: LoggedStoreEvent }
  | { readonly type: 'policy'; readonly policy: Policy }
  | { readonly type: 'patience'; readonly patience: Patience }
  /** What peers and origins may bring from now on, in bytes a second; null without a limit. */
  | { readonly type: 'pace'; readonly peersBytesPerS: number | null; readonly originsBytesPerS: number | null }
  /** Somebody plays from another place on, or at another pace, or (null) no longer. */
  | { readonly type: 'playback'; readonly playback: Playback | null }
  /** Whether all trackers have said that nobody else is in the swarm, or none can be asked. */
  | { readonly type: 'alone'; readonly isAlone: boolean }
  /** Nothing but time: the look that is taken several times a second. */
  | { readonly type: 'tick' }
  /** A plan was made that asked for nothing. */
  | { readonly type: 'plan' };

/** A decision as it is written: flat, so that a log can be read by versions that decide other things. */
export type LoggedDecision = { readonly type: string } & {
  readonly [member: string]: string | number | boolean | null | readonly number[];
};

export type FlightEntry = { readonly atMs: number } & (
  | { readonly heard: Heard }
  | { readonly decided: readonly LoggedDecision[] }
);

/** A whole log. `dropped`: entries at the beginning that had to make room. */
export type FlightLog = {
  readonly header: FlightHeader;
  readonly dropped: number;
  readonly entries: readonly FlightEntry[];
};

/** The version that is written, and the only one that is read. */
export const FLIGHT_VERSION = 1;

/** A bitfield as base64: `has` is asked for each piece. */
export function bitfieldText(pieceCount: number, has: (piece: PieceIndex) => boolean): string {
  const bytes = new Uint8Array(Math.ceil(pieceCount / 8));
  for (let piece = 0; piece < pieceCount; piece++) {
    if (has(piece as PieceIndex)) bytes[piece >> 3] = (bytes[piece >> 3] ?? 0) | (0x80 >> (piece & 7));
  }
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Milliseconds that come out of a log exactly as they went in: sums and differences of eighths are exact. */
export const wholeEighths = (ms: number): number => Math.round(ms * 8) / 8;

/** The header of a download of this torrent that begins now; `marks` are the store's (journal.ts). */
export function flightHeader(
  { pieceLengthBytes, lengthBytes, pieceCount, isPrivate, isMultiFile, files }: TorrentInfo,
  marks: Uint8Array,
  chosen: Pick<FlightHeader, 'startedAtMs' | 'policy' | 'patience' | 'seed' | 'origins'>,
  wanted: Uint8Array = new Uint8Array(pieceCount).fill(Wanted.now),
): FlightHeader {
  const here = bitfieldText(pieceCount, (piece) => marks[piece] !== MISSING || wanted[piece] === Wanted.not);
  const isLater = (piece: PieceIndex) => wanted[piece] === Wanted.later;
  const isShort = files.length <= MAX_LOGGED_FILES;
  return {
    pieceLengthBytes,
    lengthBytes,
    pieceCount,
    here,
    later: wanted.includes(Wanted.later) ? bitfieldText(pieceCount, isLater) : null,
    ...chosen,
    startedAtMs: wholeEighths(chosen.startedAtMs),
    isPrivate,
    isMultiFile,
    fileLengths: isShort ? files.map((file) => file.lengthBytes) : null,
    paddingFiles: isShort ? files.filter(({ isPadding }) => isPadding).map(({ index }) => index) : [],
  };
}
