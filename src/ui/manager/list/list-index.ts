import type { TransferId } from '../../../model/ids.ts';
import type { TransferView } from '../../../model/transfer-view.ts';
import type { Row } from '../../transfer-list-model.ts';
import { COLUMNS, type ColumnId, type SortKey } from './columns.ts';
import { groupsOf, isInGroup, STATE_GROUPS, type StateGroup } from './state-groups.ts';

/** What the list knows of a row without looking at its view again. */
export type Entry = {
  readonly id: TransferId;
  readonly row: Row;
  readonly view: TransferView;
  readonly addedAtMs: number;
  readonly groups: number;
  readonly label: string | null;
  /** What is searched in: name and label, in small letters. */
  readonly text: string;
  readonly key: SortKey;
  readonly isQueued: boolean;
  readonly downBytesPerS: number;
  readonly upBytesPerS: number;
};

export type Counts = Readonly<Record<StateGroup, number>>;
export type Sums = { readonly downBytesPerS: number; readonly upBytesPerS: number };

/** What a change of a row may have changed for the list: nothing, its order, or which rows are in it. */
export type Effect = 'none' | 'order' | 'rows';

const NO_COUNTS: Counts = { all: 0, downloading: 0, waiting: 0, seeding: 0, done: 0, paused: 0, trouble: 0 };

/**
 * What is told of all rows together, kept up with each change instead of reckoned anew: with thousands of rows a tick
 * that changes fifty of them costs fifty.
 */
export class ListIndex {
  readonly #entries = new Map<TransferId, Entry>();
  #column: ColumnId;
  #counts = { ...NO_COUNTS };
  readonly #labels = new Map<string, number>();
  #sums = { downBytesPerS: 0, upBytesPerS: 0 };

  constructor(column: ColumnId) {
    this.#column = column;
  }

  entries(): Entry[] {
    return [...this.#entries.values()];
  }
  get = (id: TransferId): Entry | undefined => this.#entries.get(id);
  counts = (): Counts => ({ ...this.#counts });
  /** Labels with how many rows have each, by name. */
  labels = (): readonly (readonly [string, number])[] => [...this.#labels].sort(([a], [b]) => a.localeCompare(b));
  sums = (): Sums => ({ ...this.#sums });

  /** The entries anew with the keys of another column. */
  sortBy(column: ColumnId): void {
    this.#column = column;
    for (const [id, entry] of this.#entries)
      this.#entries.set(id, { ...entry, key: COLUMNS[column].keyOf(entry.row.view.peek()) });
  }

  /** Takes over which rows there are. */
  replace(rows: readonly Row[]): void {
    const there = new Set(rows.map(({ id }) => id));
    for (const [id, entry] of this.#entries) {
      if (there.has(id)) continue;
      this.#count(entry, -1);
      this.#entries.delete(id);
    }
    for (const row of rows) {
      const view = row.view.peek();
      const known = this.#entries.get(row.id);
      if (known?.view !== view || known.row !== row) this.update(row.id, view, row);
    }
  }

  /** Takes over the view of one row. A row that it does not know is left out unless it is given. */
  update(id: TransferId, view: TransferView, newRow: Row | null = null): Effect {
    const before = this.#entries.get(id);
    const row = newRow ?? before?.row;
    if (row === undefined) return 'none';
    const entry = this.#read(row, view, before);
    this.#entries.set(id, entry);
    if (before !== undefined) this.#count(before, -1);
    this.#count(entry, 1);
    if (before === undefined || before.groups !== entry.groups || before.text !== entry.text) return 'rows';
    return before.key === entry.key && before.isQueued === entry.isQueued ? 'none' : 'order';
  }

  #read(row: Row, view: TransferView, before: Entry | undefined): Entry {
    const { name, label } = view;
    return {
      id: row.id,
      row,
      view,
      addedAtMs: view.addedAtMs,
      groups: groupsOf(view),
      label,
      text: isNamedAs(before, view) ? before.text : `${name}\n${label ?? ''}`.toLocaleLowerCase(),
      key: COLUMNS[this.#column].keyOf(view),
      isQueued: view.queuePlace !== null,
      downBytesPerS: view.peerBytesPerS + view.originBytesPerS,
      upBytesPerS: view.uploadBytesPerS,
    };
  }

  #count({ groups, label, downBytesPerS, upBytesPerS }: Entry, by: 1 | -1): void {
    for (const group of STATE_GROUPS) if (isInGroup(groups, group)) this.#counts[group] += by;
    this.#sums.downBytesPerS += by * downBytesPerS;
    this.#sums.upBytesPerS += by * upBytesPerS;
    if (label === null) return;
    const count = (this.#labels.get(label) ?? 0) + by;
    if (count === 0) this.#labels.delete(label);
    else this.#labels.set(label, count);
  }
}

const isNamedAs = (before: Entry | undefined, { name, label }: TransferView): before is Entry =>
  before !== undefined && before.view.name === name && before.label === label;
