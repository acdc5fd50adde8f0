import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { EngineFacts } from '../model/engine-facts.ts';
import type { TransferId } from '../model/ids.ts';
import type { ScreenEvent } from '../model/screen-events.ts';
import { DEFAULT_SETTINGS, type Settings } from '../model/settings.ts';
import type { TransferView } from '../model/transfer-view.ts';

export type Row = { readonly id: TransferId; readonly view: ReadonlySignal<TransferView> };
type OwnRow = { readonly id: TransferId; readonly view: Signal<TransferView> };

/** What the records knew before the engine could be asked. */
export type ColdViews = {
  readonly transfers: readonly TransferView[];
  readonly settings: Settings;
};

/**
 * The list a screen shows: one signal for each row, so that a change of one transfer draws one row, and one signal for
 * which rows there are, newest first, which changes only when a transfer comes or goes.
 */
export class TransferListModel {
  readonly #all = new Map<TransferId, OwnRow>();
  readonly #rows = signal<readonly OwnRow[]>([]);
  readonly #staged = signal<readonly OwnRow[]>([]);
  readonly #settings = signal<Settings>(DEFAULT_SETTINGS);
  readonly #engine = signal<EngineFacts | null>(null);
  readonly #source = signal<'none' | 'cold' | 'part' | 'live'>('none');

  readonly rows: ReadonlySignal<readonly Row[]> = this.#rows;
  /** What waits for the user to choose its files, oldest first. It is not in the list yet. */
  readonly staged: ReadonlySignal<readonly Row[]> = this.#staged;
  readonly settings: ReadonlySignal<Settings> = this.#settings;
  /** What holds for all transfers together; null until the engine has told. */
  readonly engine: ReadonlySignal<EngineFacts | null> = this.#engine;
  /** Whether the list is known; until then an empty list means nothing. */
  readonly isKnown = computed(() => this.#source.value !== 'none');
  /** Whether all of the list is here: what is counted from it before then would be too little. */
  readonly isWhole = computed(() => this.#source.value === 'live');
  readonly uploadedBytes = computed(() => this.#sum((view) => view.uploadedBytes));
  readonly uploadBytesPerS = computed(() => this.#sum((view) => view.uploadBytesPerS));

  /** Shows what was recorded, unless the engine has spoken already: it knows better. */
  showCold(cold: ColdViews): void {
    if (this.#source.value === 'live' || this.#source.value === 'part') return;
    batch(() => {
      this.#replace(cold.transfers);
      this.#settings.value = cold.settings;
      this.#source.value = 'cold';
    });
  }

  /**
   * Takes over what the engine tells. A row that stays keeps its signal, in a snapshot too. Of a long list only the rows
   * that are here already are brought up to date before all of it is here, so that none jumps about meanwhile.
   */
  apply(event: ScreenEvent): void {
    batch(() => {
      if (event.type === 'settings') {
        this.#settings.value = event.settings;
      } else if (event.type === 'snapshot' || event.type === 'first') {
        if (event.type === 'snapshot') this.#replace(event.transfers);
        else this.#change(this.#isBare ? event.transfers : this.#known(event.transfers), []);
        this.#settings.value = event.settings;
        this.#engine.value = event.engine;
        this.#source.value = event.type === 'snapshot' ? 'live' : 'part';
      } else if (event.type === 'engine') {
        this.#engine.value = event.engine;
      } else {
        this.#change(event.transfers, event.removed);
      }
    });
  }

  get #isBare(): boolean {
    return this.#all.size === 0;
  }

  #known(views: readonly TransferView[]): readonly TransferView[] {
    return views.filter(({ id }) => this.#all.has(id));
  }

  #replace(views: readonly TransferView[]): void {
    const staying = new Set(views.map((view) => view.id));
    this.#change(
      views,
      [...this.#all.keys()].filter((id) => !staying.has(id)),
    );
  }

  #change(views: readonly TransferView[], removed: readonly TransferId[]): void {
    let hasMoved = false;
    for (const id of removed) hasMoved = this.#all.delete(id) || hasMoved;
    for (const view of views) {
      const row = this.#all.get(view.id);
      if (row?.view.peek().isStaged !== view.isStaged) hasMoved = true;
      if (row === undefined) this.#all.set(view.id, { id: view.id, view: signal(view) });
      else row.view.value = view;
    }
    if (!hasMoved) return;
    const rows = [...this.#all.values()].sort(newestFirst);
    this.#rows.value = rows.filter(({ view }) => !view.peek().isStaged);
    this.#staged.value = rows.filter(({ view }) => view.peek().isStaged).reverse();
  }

  #sum(amount: (view: TransferView) => number): number {
    return this.#rows.value.reduce((sum, row) => sum + amount(row.view.value), 0);
  }
}

const newestFirst = (a: OwnRow, b: OwnRow): number => b.view.peek().addedAtMs - a.view.peek().addedAtMs;
