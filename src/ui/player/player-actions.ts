import type { FileIndex } from '../../model/ids.ts';
import type { SubtitleCue } from './subtitles/subtitle-cue.ts';

/** What a player's screen can ask for. */
export type PlayerActions = {
  /** Hands over the one media element of the page, once. Its source is set here, and here alone. */
  readonly attach: (media: HTMLMediaElement) => void;
  /** Playing begins when enough is buffered; `wantsToPlay` is true at once. */
  readonly play: () => void;
  readonly pause: () => void;
  readonly chooseAudio: (id: number) => void;
  /** Plays another file of the transfer in the same element. */
  readonly openFile: (file: FileIndex) => void;
  /** Opens the file again: after it was stopped. */
  readonly retry: () => void;
  /** Resolves to whether the browser could open the saved file. */
  readonly openSaved: (downloadId: number) => Promise<boolean>;
  /**
   * Bytes of any file of the transfer, waited for and fetched before others. Rejects when they will not come, and when
   * `signal` fires.
   */
  readonly readBytes: (file: FileIndex, startByte: number, endByte: number, signal: AbortSignal) => Promise<Uint8Array>;
  /**
   * Reads a text inside the film that is played around its playhead, as the film arrives, until `signal` fires. Nothing is
   * fetched for it. `onCues` gets all that were found, whenever there are more.
   */
  readonly followText: (track: number, onCues: (cues: readonly SubtitleCue[]) => void, signal: AbortSignal) => void;
};
