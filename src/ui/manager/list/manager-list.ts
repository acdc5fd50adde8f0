import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { TransferId } from '../../../model/ids.ts';
import type { ScreenEvent } from '../../../model/screen-events.ts';
import type { TransferView } from '../../../model/transfer-view.ts';
import { announcementOf } from '../../announcement.ts';
import type { Row, TransferListModel } from '../../transfer-list-model.ts';
import type { Memory } from '../memory.ts';
import { COLUMNS, type ColumnId, isSteady } from './columns.ts';
import { type Counts, type Effect, type Entry, ListIndex, type Sums } from './list-index.ts';
import { keepThere, NOTHING_CHOSEN, type Selection } from './selection.ts';
import { compareIn, orderHolding, readSort, type Sort, sortAfterClick } from './sort-order.ts';
import { isInGroup, type StateGroup } from './state-groups.ts';

/** Figures that change by themselves order the rows anew at most this often. */
const ORDER_EVERY_MS = 1_000;
/** More than a screen shows at once. */
const FIRST_ROWS = 60;

export type ListPorts = {
  readonly memory: Memory;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  readonly later: (act: () => void, afterMs: number) => void;
};

/**
 * The list of the manager: which rows are shown and in what order, what is chosen among them, and what is said of all of
 * them together. A tick costs what changed in it; all rows are gone through only when the order or the filter changes.
 */
export class ManagerList {
  readonly list: TransferListModel;
  readonly #ports: ListPorts;
  readonly #index: ListIndex;
  readonly #rows = signal<readonly Entry[]>([]);
  readonly #counts;
  readonly #labels;
  readonly #sums;
  readonly #sort;
  #orderedAtMs = Number.NEGATIVE_INFINITY;
  #isOrderDue = false;

  /** Told what a screen reader should hear of the list: that a transfer is done, or stopped. */
  onNews: (words: string) => void = () => undefined;
  /** Asked for the rows that stay where they are while figures change: under the pointer, and with the focus. */
  onHold: () => readonly TransferId[] = () => [];
  /** The place of the row that was asked for last. */
  readonly revealed = signal<{ readonly place: number } | null>(null);
  /** Rows that Page Up and Page Down go. */
  pageRows = 10;
  readonly group = signal<StateGroup>('all');
  /** Only rows with this label; null: all. */
  readonly label = signal<string | null>(null);
  readonly search = signal('');
  readonly selection = signal<Selection>(NOTHING_CHOSEN);

  readonly rows: ReadonlySignal<readonly { readonly id: TransferId; readonly row: Row }[]> = this.#rows;
  readonly counts: ReadonlySignal<Counts>;
  readonly labels: ReadonlySignal<readonly (readonly [string, number])[]>;
  readonly sums: ReadonlySignal<Sums>;
  readonly sort: ReadonlySignal<Sort>;
  /** There is nothing at all, and that is known. */
  readonly isEmpty = computed(() => this.list.isKnown.value && this.counts.value.all === 0);
  /** The one row that is chosen, if it is one. */
  readonly chosenRow: ReadonlySignal<Row | null> = computed(() => {
    const { chosen, current } = this.selection.value;
    const [only] = chosen;
    this.#rows.value; // the row may come and go with the list
    return only !== undefined && chosen.size === 1 && only === current ? (this.#index.get(only)?.row ?? null) : null;
  });
  /** Whether rows can be moved in the queue by hand: they stand in its order. */
  readonly isInQueueOrder = computed(
    () => this.sort.value.column === 'queue' && this.sort.value.direction === 'ascending',
  );

  constructor(list: TransferListModel, ports: ListPorts) {
    this.list = list;
    this.#ports = ports;
    const sort = readSort(ports.memory.read('sort'));
    this.#index = new ListIndex(sort.column);
    this.#sort = signal(sort);
    this.#counts = signal(this.#index.counts());
    this.#labels = signal(this.#index.labels());
    this.#sums = signal(this.#index.sums());
    this.counts = this.#counts;
    this.labels = this.#labels;
    this.sums = this.#sums;
    this.sort = this.#sort;
    this.#takeAll();
  }

  /** To be called for each event, in place of the list's own. */
  apply(event: ScreenEvent): void {
    batch(() => {
      const rows = this.list.rows.peek();
      this.list.apply(event);
      if (event.type === 'settings' || event.type === 'engine') return;
      const isNews = event.type === 'changed';
      if (event.type === 'snapshot' || this.list.rows.peek() !== rows) this.#takeAll();
      else this.#takeSome(event.transfers, isNews);
    });
  }

  sortBy(column: ColumnId): void {
    this.#sort.value = sortAfterClick(this.#sort.value, column, COLUMNS[column].first);
    this.#ports.memory.write('sort', this.#sort.value);
    this.#index.sortBy(column);
    this.#order([]);
  }

  showGroup(group: StateGroup): void {
    this.group.value = group;
    this.#order([]);
  }

  /** Chosen again, a label is let go. */
  showLabel(label: string): void {
    this.onlyLabel(this.label.value === label ? null : label);
  }

  onlyLabel(label: string | null): void {
    this.label.value = label;
    this.#order([]);
  }

  searchFor(text: string): void {
    this.search.value = text;
    this.#order([]);
  }

  showAll(): void {
    this.group.value = 'all';
    this.label.value = null;
    this.searchFor('');
  }

  /** The rows on top when nothing is filtered: what is shown first when the page is opened again. */
  first(): readonly TransferId[] {
    const isNarrowed = this.group.peek() !== 'all' || this.label.peek() !== null || this.search.peek().trim() !== '';
    const rows = isNarrowed ? this.#index.entries().sort(compareIn(this.#sort.peek().direction)) : this.#rows.peek();
    return rows.slice(0, FIRST_ROWS).map(({ id }) => id);
  }

  /** Scrolls a row into sight. */
  reveal(id: TransferId): void {
    const place = this.#rows.peek().findIndex((row) => row.id === id);
    if (place >= 0) this.revealed.value = { place };
  }

  viewSignal(id: TransferId): ReadonlySignal<TransferView> | null {
    return this.#index.get(id)?.row.view ?? null;
  }

  viewOf(id: TransferId): TransferView | null {
    return this.#index.get(id)?.row.view.peek() ?? null;
  }

  /** All that is to be fetched, in the order of the queue, whatever the list shows. */
  queue(): readonly TransferId[] {
    return this.#index
      .entries()
      .map(({ id, row }) => ({ id, place: row.view.peek().queuePlace }))
      .filter((one): one is { id: TransferId; place: number } => one.place !== null)
      .sort((a, b) => a.place - b.place)
      .map(({ id }) => id);
  }

  #takeAll(): void {
    this.#index.replace(this.list.rows.peek());
    this.#tellSums();
    this.#order(this.#held());
  }

  /** @param isNews Whether it happens now; what had happened before the page was opened is not read out. */
  #takeSome(views: readonly TransferView[], isNews: boolean): void {
    const effects = new Set<Effect>();
    for (const view of views) {
      const before = this.#index.get(view.id)?.view;
      const news = before === undefined || !isNews ? null : announcementOf(before, view);
      effects.add(this.#index.update(view.id, view));
      if (news !== null) this.onNews(news);
    }
    this.#tellSums();
    if (effects.has('rows')) return this.#order(this.#held());
    if (!effects.has('order') || this.#isOrderDue) return;
    if (isSteady(this.#sort.peek().column)) return this.#order([]); // the user has moved it
    const waitMs = this.#orderedAtMs + ORDER_EVERY_MS - this.#ports.now();
    if (waitMs <= 0) return this.#order(this.#held());
    this.#isOrderDue = true;
    this.#ports.later(() => this.#isOrderDue && this.#order(this.#held()), waitMs);
  }

  #held(): readonly TransferId[] {
    return isSteady(this.#sort.peek().column) ? [] : this.onHold();
  }

  #tellSums(): void {
    this.#counts.value = sameOr(this.#counts.peek(), this.#index.counts());
    this.#labels.value = sameOr(this.#labels.peek(), this.#index.labels());
    this.#sums.value = sameOr(this.#sums.peek(), this.#index.sums());
    const label = this.label.peek();
    if (label !== null && !this.#labels.peek().some(([name]) => name === label)) this.label.value = null;
  }

  #order(held: readonly TransferId[]): void {
    this.#isOrderDue = false;
    this.#orderedAtMs = this.#ports.now();
    const before = this.#rows.peek();
    const next = this.#shown(before);
    next.sort(compareIn(this.#sort.peek().direction));
    const rows = orderHolding(next, before, held);
    if (rows.length === before.length && rows.every(({ id }, place) => id === before[place]?.id)) return;
    batch(() => {
      this.#rows.value = rows;
      this.selection.value = keepThere(this.selection.peek(), before, rows);
    });
  }

  /** The entries that the filters let through: in the order of before, which is nearly the next one, and then the others. */
  #shown(before: readonly Entry[]): Entry[] {
    const group = this.group.peek();
    const wanted = this.label.peek();
    const words = this.search.peek().trim().toLocaleLowerCase().split(/\s+/u);
    const shown = new Map<TransferId, Entry>();
    for (const { id } of before) {
      const entry = this.#index.get(id);
      if (entry !== undefined) shown.set(id, entry);
    }
    for (const entry of this.#index.entries()) {
      const isShown =
        isInGroup(entry.groups, group) &&
        (wanted === null || entry.label === wanted) &&
        words.every((word) => entry.text.includes(word));
      if (isShown) shown.set(entry.id, entry);
      else shown.delete(entry.id);
    }
    return [...shown.values()];
  }
}

/** The value of before when the new one says the same, so that nothing is drawn for it. */
const sameOr = <T>(before: T, now: T): T => (JSON.stringify(before) === JSON.stringify(now) ? before : now);
