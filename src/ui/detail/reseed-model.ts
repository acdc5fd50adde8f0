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

/** What became of it. Bytes are those of pieces whose hash fits. */
export type ReseedEnd =
  | { readonly code: 'taken'; readonly fittingBytes: number; readonly ofBytes: number }
  /** None of the files has the name and length of one of the torrent, or none has its bytes. */
  | { readonly code: 'other-files' | 'other-bytes' }
  /** The files of the torrent are not known yet. */
  | { readonly code: 'no-metadata' }
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
