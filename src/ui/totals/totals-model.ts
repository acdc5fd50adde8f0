import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { LedgerTotals, StateRead, StoreUse } from '../../model/data-views.ts';
import type { TransferId } from '../../model/ids.ts';
import type { ActionFailure, ActionReply } from '../actions.ts';
import type { PageWatch } from '../detail/page-watch.ts';
import type { TotalsActions } from './totals-actions.ts';

/** How often sums and space are asked for while somebody looks at them. */
const EVERY_MS = 5_000;

/** What a click did last, for words beside it. */
export type TotalsNews =
  | { readonly what: 'freed'; readonly bytes: number }
  | { readonly what: 'deleted' | 'nothing-deleted' | 'exported' }
  | { readonly what: 'exported-in-part'; readonly withoutInfo: number }
  | { readonly what: 'exported-without'; readonly leftOut: number }
  | { readonly what: 'read'; readonly read: StateRead };

/** The sums of all transfers and what the store holds. */
export class TotalsModel {
  readonly totals: ReadonlySignal<LedgerTotals | null>;
  readonly use: ReadonlySignal<StoreUse | null>;
  readonly failure: ReadonlySignal<ActionFailure | null>;
  readonly news: ReadonlySignal<TotalsNews | null>;

  readonly #actions: TotalsActions;
  readonly #watch: PageWatch;
  readonly #totals = signal<LedgerTotals | null>(null);
  readonly #use = signal<StoreUse | null>(null);
  readonly #failure = signal<ActionFailure | null>(null);
  readonly #news = signal<TotalsNews | null>(null);
  #isOpen = false;
  #isAsking = false;

  constructor(actions: TotalsActions, watch: PageWatch) {
    this.#actions = actions;
    this.#watch = watch;
    this.totals = this.#totals;
    this.use = this.#use;
    this.failure = this.#failure;
    this.news = this.#news;
  }

  /** Begins to ask. To be ended with the returned function when the view is closed. */
  open(): () => void {
    this.#isOpen = true;
    const stopAsking = this.#watch.every(EVERY_MS, () => void this.ask());
    const stopWatching = this.#watch.onVisibility(() => void this.ask());
    void this.ask();
    return () => {
      this.#isOpen = false;
      stopAsking();
      stopWatching();
    };
  }

  /** Asks for both, unless nobody looks or an answer is on its way. */
  async ask(): Promise<void> {
    if (!this.#isOpen || this.#isAsking || !this.#watch.isVisible()) return;
    this.#isAsking = true;
    const [totals, use] = await Promise.all([this.#actions.totals(), this.#actions.use()]);
    this.#isAsking = false;
    batch(() => {
      if (totals.ok) this.#totals.value = totals.output;
      if (use.ok) this.#use.value = use.output;
      if (!totals.ok) this.#failure.value = totals.failure;
      else this.#failure.value = use.ok ? null : use.failure;
    });
  }

  /** Deletes what belongs to no transfer of the list. */
  clean(): Promise<void> {
    return this.#run(this.#actions.clean(), ({ freedBytes }) => ({ what: 'freed', bytes: freedBytes }));
  }

  /** Gives back the space of a transfer: its copy when its files are saved, else all that arrived of it. */
  async delete({ id, isSaved }: { readonly id: TransferId; readonly isSaved: boolean }): Promise<void> {
    if (!isSaved) return this.#run(this.#actions.removeWithData(id), () => ({ what: 'deleted' }));
    return this.#run(this.#actions.dropCopy(id), ({ dropped }) => ({ what: dropped ? 'deleted' : 'nothing-deleted' }));
  }

  /** Saves everything that is remembered as a file of this name, with or without addresses that may be secret. */
  exportState(fileName: string, withSecrets: boolean): Promise<void> {
    return this.#run(this.#actions.exportState(withSecrets), ({ text, withoutInfo, leftOut }) => {
      this.#actions.saveText(text, fileName);
      if (withoutInfo > 0) return { what: 'exported-in-part', withoutInfo };
      return leftOut > 0 ? { what: 'exported-without', leftOut } : { what: 'exported' };
    });
  }

  importState(text: string): Promise<void> {
    return this.#run(this.#actions.importState(text), (read) => ({ what: 'read', read }));
  }

  async #run<T>(asked: Promise<ActionReply<T>>, newsOf: (output: T) => TotalsNews): Promise<void> {
    const reply = await asked;
    batch(() => {
      this.#failure.value = reply.ok ? null : reply.failure;
      this.#news.value = reply.ok ? newsOf(reply.output) : null;
    });
    if (reply.ok) await this.ask();
  }
}
