import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { FileView } from '../../model/file-view.ts';
import type { FileIndex, TransferId } from '../../model/ids.ts';
import type { TransferView } from '../../model/transfer-view.ts';
import type { ActionFailure, ActionReply } from '../actions.ts';
import { FileTreeModel } from '../file-tree/file-tree-model.ts';
import type { TransferListModel } from '../transfer-list-model.ts';
import type { AddSheetActions } from './add-sheet-actions.ts';

/** What the user wants of "do not ask again". */
export type DontAsk = 'ask' | 'site' | 'all';

/** What waits to be added, and what the user decides of it. */
export class AddSheetModel {
  readonly freeBytes = signal<number | null>(null);
  readonly failure = signal<ActionFailure | null>(null);
  readonly isBusy = signal(false);
  readonly dontAsk = signal<DontAsk>('ask');
  /** The page that all of it was clicked in; null when there are several, or none. */
  readonly site: ReadonlySignal<string | null>;
  readonly #list: TransferListModel;
  readonly #actions: AddSheetActions;
  readonly #trees = new Map<TransferId, FileTreeModel>();
  readonly #asked = new Set<TransferId>();

  constructor(list: TransferListModel, actions: AddSheetActions) {
    this.#list = list;
    this.#actions = actions;
    this.site = computed(() => {
      const sites = new Set(list.staged.value.map(({ view }) => view.value.site));
      return sites.size === 1 ? ([...sites][0] ?? null) : null;
    });
    void actions.space().then((reply) => {
      if (reply.ok) this.freeBytes.value = reply.output.freeBytes;
    });
  }

  /** The files of an entry, as far as they are known. */
  treeOf(id: TransferId): FileTreeModel {
    const known = this.#trees.get(id) ?? new FileTreeModel();
    this.#trees.set(id, known);
    return known;
  }

  /** To be called when an entry is drawn: its files are asked for once they can be known. */
  async look({ id, state }: TransferView): Promise<void> {
    if (state.phase !== 'choosing' || this.#asked.has(id)) return;
    this.#asked.add(id);
    const reply = await this.#actions.files(id);
    const files: readonly FileView[] | null = reply.ok ? reply.output.files : null;
    if (files === null) this.#asked.delete(id);
    else this.treeOf(id).show(files);
  }

  /** Adds the link that the page was opened with. */
  open(text: string): Promise<boolean> {
    return this.#do(async () => {
      this.#must(await this.#actions.open(text));
    });
  }

  /** Whether an entry has files, and none of them is ticked. */
  isEmpty(id: TransferId): boolean {
    const { files, wanted } = this.treeOf(id).sums.value;
    return files > 0 && wanted === 0;
  }

  /** Adds everything that waits, with the files that are ticked. Resolves to whether all of it was taken. */
  async accept(isPaused: boolean): Promise<boolean> {
    return this.#do(async () => {
      await this.#rememberNotToAsk();
      for (const { id } of this.#list.staged.value) await this.#acceptOne(id, isPaused);
    });
  }

  /** Adds one entry with the files that are ticked and this one, and plays it. Resolves to whether it was taken. */
  play(id: TransferId, file: FileIndex): Promise<boolean> {
    return this.#do(async () => {
      const tree = this.treeOf(id);
      if (tree.priorityOf(file) === 'skip') tree.wish([file], 'normal');
      await this.#rememberNotToAsk();
      await this.#acceptOne(id, false);
      await this.#actions.play(id, file);
    });
  }

  /** Takes one entry away, or with null everything that waits. */
  refuse(id: TransferId | null): Promise<boolean> {
    return this.#do(async () => {
      const ids = id === null ? this.#list.staged.value.map((row) => row.id) : [id];
      for (const one of ids) this.#must(await this.#actions.remove(one, true));
    });
  }

  saveTorrent(view: TransferView): Promise<boolean> {
    return this.#do(async () => {
      this.#must(await this.#actions.saveTorrent(view));
    });
  }

  async #acceptOne(id: TransferId, isPaused: boolean): Promise<void> {
    const wishes = this.treeOf(id).changes();
    if (wishes.length > 0) this.#must(await this.#actions.setFiles(id, wishes));
    this.#must(await this.#actions.accept(id, isPaused));
  }

  async #rememberNotToAsk(): Promise<void> {
    const site = this.site.value;
    if (this.dontAsk.value === 'all') this.#must(await this.#actions.setSettings({ askFirst: false }));
    if (this.dontAsk.value !== 'site' || site === null) return;
    const { startAtOnceSites } = this.#list.settings.value;
    this.#must(await this.#actions.setSettings({ startAtOnceSites: [...new Set([...startAtOnceSites, site])] }));
  }

  async #do(task: () => Promise<void>): Promise<boolean> {
    if (this.isBusy.value) return false;
    this.isBusy.value = true;
    this.failure.value = null;
    try {
      await task();
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.failure.value = error.failure;
      return false;
    } finally {
      this.isBusy.value = false;
    }
  }

  #must(reply: ActionReply<unknown>): void {
    if (!reply.ok) throw new Refused(reply.failure);
  }
}

/** Ends a task of the model's own. */
class Refused extends Error {
  readonly failure: ActionFailure;
  constructor(failure: ActionFailure) {
    super(failure.code);
    this.failure = failure;
  }
}
