import type { Playback } from '../transfer/download-ports.ts';

/** Where one player stands, as far as its page and its reader have said. Offsets are bytes of the torrent. */
export type PlayerStand = {
  readonly fileStartByte: number;
  readonly fileEndByte: number;
  /** What is waited for. `isPlayed`: of the file that is played, and not of one beside it. `turn`: of wishes, counted up. */
  readonly waits: readonly { readonly startByte: number; readonly isPlayed: boolean; readonly turn: number }[];
  /** Where the answer to the latest wish ended that was answered, and the turn of that wish. */
  readonly readerByte: number;
  readonly readerTurn: number;
  /** Seconds since something was wished for the first time. */
  readonly quietS: number;
  /** Where its reader was before it jumped to where it is. */
  readonly leftByte: number;
  /** Seconds that its element has buffered. */
  readonly aheadS: number;
  /** Null before the page knows. */
  readonly bytesPerS: number | null;
  readonly isPaused: boolean;
  /** It stands still until so many seconds are ready beyond its playhead; null while it plays or is paused. */
  readonly waitsForS: number | null;
};

/** A film is about this long, and this much a second, as long as nobody has said otherwise. */
const USUAL_LENGTH_S = 3_600;
const LEAST_GUESS_BYTES_PER_S = 300_000;
const MOST_GUESS_BYTES_PER_S = 2_000_000;
/** An element that jumped leaves wishes behind, or has another reader that still wants them: told apart by these. */
const QUIET_S = 1;
const STARVING_S = 1;
/** A player that is paused has enough with so much, and sources go back to what is best for all. */
const ENOUGH_WHEN_PAUSED_S = 10;

/** What a player takes a second: what its page says, or a guess from the length of the file. */
export function playedBytesPerS({ bytesPerS, fileStartByte, fileEndByte }: PlayerStand): number {
  const guess = (fileEndByte - fileStartByte) / USUAL_LENGTH_S;
  return bytesPerS ?? Math.min(Math.max(guess, LEAST_GUESS_BYTES_PER_S), MOST_GUESS_BYTES_PER_S);
}

/**
 * What the scheduler is to know of all who play a transfer: the place and pace of the one that is most late; null when
 * nobody needs anything soon. Of several wishes the latest counts, and when it has been answered, what comes after it: an
 * element that jumps gives its earlier ones up, and does not always say so. An earlier one counts when the player starves
 * and wishes for nothing else.
 * Pure.
 */
export function playbackOf(stands: Iterable<PlayerStand>): Playback | null {
  let latest: PlayerStand | null = null;
  for (const stand of stands) {
    if (needsBytes(stand) && (latest === null || lateness(stand) > lateness(latest))) latest = stand;
  }
  if (latest === null) return null;
  const bytesPerS = playedBytesPerS(latest);
  const { fileStartByte, aheadS, waitsForS } = latest;
  const wish = wishOf(latest);
  if (wish?.isPlayed === false) return { positionByte: wish.startByte, bytesPerS };
  const playedByte = Math.floor((wish?.startByte ?? readsNext(latest)) - aheadS * bytesPerS);
  const place = { positionByte: Math.max(playedByte, fileStartByte), bytesPerS };
  return waitsForS === null ? place : { ...place, waitsForBytes: Math.ceil(waitsForS * bytesPerS) };
}

/** The wish that counts; undefined when its reader has all that it wished for. */
function wishOf({ waits, readerTurn, quietS, aheadS }: PlayerStand): PlayerStand['waits'][number] | undefined {
  const isStarving = quietS >= QUIET_S && aheadS < STARVING_S;
  let latest: PlayerStand['waits'][number] | undefined;
  for (const wait of waits) {
    const counts = !wait.isPlayed || wait.turn > readerTurn || isStarving;
    if (counts && wait.turn >= (latest?.turn ?? 0)) latest = wait;
  }
  return latest;
}

/**
 * Whoever has read the index at the end of a file goes on in a moment, mostly where it was before, and a page that plays
 * nothing yet in any case.
 */
function readsNext({ readerByte, fileEndByte, leftByte, bytesPerS, quietS }: PlayerStand): number {
  const goesOn = bytesPerS === null || quietS < QUIET_S;
  return readerByte >= fileEndByte && goesOn ? leftByte : readerByte;
}

function needsBytes(stand: PlayerStand): boolean {
  const { waits, fileEndByte, isPaused, aheadS } = stand;
  if (waits.some(({ isPlayed }) => !isPlayed)) return true;
  if (isPaused && aheadS >= ENOUGH_WHEN_PAUSED_S) return false;
  return wishOf(stand) !== undefined || readsNext(stand) < fileEndByte;
}

/** Who waits is later than who does not; among equals, who has less buffered. */
const lateness = (stand: PlayerStand): number => (wishOf(stand) === undefined ? 0 : 1e6) - stand.aheadS;
