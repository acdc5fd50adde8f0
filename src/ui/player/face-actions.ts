import type { FileView } from '../../model/file-view.ts';
import type { FileIndex } from '../../model/ids.ts';
import type { ActionReply } from '../actions.ts';
import type { PlayerActions } from './player-actions.ts';

/** What the browser shows of a player outside its page, and on keyboards that have keys for it. */
export type SessionView = {
  readonly title: string;
  /** The transfer's name, where it says more than the title. */
  readonly album: string;
  readonly isPlaying: boolean;
  readonly timeS: number;
  /** Null before it is known. */
  readonly durationS: number | null;
  readonly speed: number;
};

export type SessionKeys = {
  readonly play: () => void;
  readonly pause: () => void;
  readonly seekTo: (timeS: number) => void;
  readonly seekBy: (seconds: number) => void;
  readonly next: (() => void) | null;
  readonly previous: (() => void) | null;
};

/** What a player's screen asks for besides its feed. Nothing rejects. */
export type FaceActions = PlayerActions & {
  /** Where this browser shows a PDF: inside the page, in a tab of its own, or not at all, if its user wants that. */
  readonly showsPdf: 'here' | 'in-tab' | 'nowhere';
  /** The files of the transfer, with what is here of each. */
  readonly files: () => Promise<ActionReply<{ readonly files: readonly FileView[] | null }>>;
  /** A transfer that is paused, or has failed, goes on. */
  readonly resume: () => Promise<ActionReply<null>>;
  /** Has a file saved to the Downloads folder, also one that was not wanted. */
  readonly download: (file: FileIndex) => Promise<ActionReply<null>>;
  readonly showSaved: (downloadId: number) => Promise<boolean>;
  /** What this page wrote down last, or null. */
  readonly readMemory: () => string | null;
  readonly writeMemory: (text: string) => void;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  readonly showSession: (view: SessionView, keys: SessionKeys) => void;
};
