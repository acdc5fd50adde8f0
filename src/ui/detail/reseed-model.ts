import { type ReadonlySignal, signal } from '@preact/signals';
import type { TransferId } from '../../model/ids.ts';
import type { ActionFailure } from '../actions.ts';

export type ReseedProgress = { readonly doneBytes: number; readonly ofBytes: number };

export type ReseedRequest = {
  readonly id: TransferId;
  /** What the user picked: files, or all files of a folder with their paths below it. */
  readonly picked: readonly File[];
  readonly tell: (progress: ReseedProgress) => void;
  readonly signal: AbortSignal;
};

/** What became of it. */
export type ReseedEnd =
  | {
      readonly code: 'taken';
      readonly pieces: number;
      /** Pieces that are here now, and how many of them came from these files. */
      readonly piecesHere: number;
      readonly piecesPut: number;
      /** Files of the torrent of which the user's has other bytes, and those for which there was none. */
      readonly changed: readonly string[];
      readonly missing: readonly string[];
    }
  /** None of the files is one of the torrent, by name or length. */
  | { readonly code: 'other-files' }
  /** The files of the torrent are not known yet. */
  | { readonly code: 'no-metadata' }
  /** Another page is at it already. */
  | { readonly code: 'busy' }
  | { readonly code: 'unreadable'; readonly reason: string }
  | { readonly code: 'no-room'; readonly neededBytes: number; readonly freeBytes: number }
  | { readonly code: 'cancelled' }
  | { readonly code: 'failed'; readonly failure: ActionFailure };

export type ReseedState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'checking'; readonly progress: ReseedProgress | null }
  | { readonly phase: 'ended'; readonly end: ReseedEnd };

/** "I have these files already": one check at a time, which can be stopped. */
export class ReseedModel {
  readonly state: ReadonlySignal<ReseedState>;
  readonly #state = signal<ReseedState>({ phase: 'idle' });
  readonly #reseed: (request: ReseedRequest) => Promise<ReseedEnd>;
  #stop: AbortController | null = null;

  constructor(reseed: (request: ReseedRequest) => Promise<ReseedEnd>) {
    this.#reseed = reseed;
    this.state = this.#state;
  }

  async check(id: TransferId, picked: readonly File[]): Promise<void> {
    if (picked.length === 0 || this.#stop !== null) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.#state.value = { phase: 'checking', progress: null };
    const tell = (progress: ReseedProgress) => {
      if (this.#stop === stop) this.#state.value = { phase: 'checking', progress };
    };
    const end = await this.#reseed({ id, picked, tell, signal: stop.signal });
    this.#stop = null;
    this.#state.value = { phase: 'ended', end };
  }

  cancel(): void {
    this.#stop?.abort();
  }
}
