import type { Playback } from '../transfer/download-ports.ts';

/** Where one player stands, as far as its page and its reader have said. Offsets are bytes of the torrent. */
export type PlayerStand = {
  readonly fileStartByte: number;
  readonly fileEndByte: number;
  /** What is waited for, the latest wish at the end. `isPlayed`: of the file that is played, and not of one beside it. */
  readonly waits: readonly { readonly startByte: number; readonly isPlayed: boolean }[];
  /** Where the last answer ended. */
  readonly readerByte: number;
  /** Seconds that its element has buffered. */
  readonly aheadS: number;
  /** Null before the page knows. */
  readonly bytesPerS: number | null;
  readonly isPaused: boolean;
};

/** A film is about this long, and this much a second, as long as nobody has said otherwise. */
const USUAL_LENGTH_S = 3_600;
const LEAST_GUESS_BYTES_PER_S = 300_000;
const MOST_GUESS_BYTES_PER_S = 2_000_000;
/** A player that is paused has enough with so much, and sources go back to what is best for all. */
const ENOUGH_WHEN_PAUSED_S = 10;

/** What a player takes a second: what its page says, or a guess from the length of the file. */
export function playedBytesPerS({ bytesPerS, fileStartByte, fileEndByte }: PlayerStand): number {
  const guess = (fileEndByte - fileStartByte) / USUAL_LENGTH_S;
  return bytesPerS ?? Math.min(Math.max(guess, LEAST_GUESS_BYTES_PER_S), MOST_GUESS_BYTES_PER_S);
}

/**
 * What the scheduler is to know of all who play a transfer: the place and pace of the one that is most late; null when
 * nobody needs anything soon. Of several wishes the latest counts: an element that jumps gives its earlier ones up.
 * Pure.
 */
export function playbackOf(stands: Iterable<PlayerStand>): Playback | null {
  let latest: PlayerStand | null = null;
  for (const stand of stands) {
    if (needsBytes(stand) && (latest === null || lateness(stand) > lateness(latest))) latest = stand;
  }
  if (latest === null) return null;
  const bytesPerS = playedBytesPerS(latest);
  const { waits, readerByte, fileStartByte, aheadS } = latest;
  const wait = waits.at(-1);
  if (wait?.isPlayed === false) return { positionByte: wait.startByte, bytesPerS };
  const playedByte = Math.floor((wait?.startByte ?? readerByte) - aheadS * bytesPerS);
  return { positionByte: Math.max(playedByte, fileStartByte), bytesPerS };
}

function needsBytes({ waits, readerByte, fileEndByte, isPaused, aheadS }: PlayerStand): boolean {
  if (waits.some(({ isPlayed }) => !isPlayed)) return true;
  if (isPaused && aheadS >= ENOUGH_WHEN_PAUSED_S) return false;
  return waits.length > 0 || readerByte < fileEndByte;
}

/** Who waits is later than who does not; among equals, who has less buffered. */
const lateness = ({ waits, aheadS }: PlayerStand): number => (waits.length > 0 ? 1e6 : 0) - aheadS;
