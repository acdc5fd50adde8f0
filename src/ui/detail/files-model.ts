import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { FileView } from '../../model/file-view.ts';
import type { FileIndex, TransferId } from '../../model/ids.ts';
import type { ActionFailure, ActionReply } from '../actions.ts';
import { filesOf, lengthOf, type TreeNode } from '../file-tree/build-tree.ts';
import { FileTreeModel } from '../file-tree/file-tree-model.ts';
import type { DetailActions } from './detail-actions.ts';
import type { PageWatch } from './page-watch.ts';

/** A list of so many files is asked for every second; longer ones less often, since each answer carries all of them. */
const FILES_A_SECOND = 1_000;
const LEAST_OFTEN_MS = 15_000;

/** Why a change of the user's was not taken: the engine's word, or that one file at least must stay. */
export type FilesFailure = ActionFailure | { readonly code: 'no-file-left' };

/** The files of a transfer: the tree with the user's changes, which are told at once, and how far each file is. */
export class FilesModel {
  readonly tree = new FileTreeModel();
  /** The files by their index, as told last. */
  readonly byIndex: ReadonlySignal<ReadonlyMap<FileIndex, FileView>>;
  /** In torrent order; empty before it is known. */
  readonly list: ReadonlySignal<readonly FileView[]>;
  readonly isKnown: ReadonlySignal<boolean>;
  readonly failure: ReadonlySignal<FilesFailure | null>;
  /** Files that are being copied to Downloads now. */
  readonly saving: ReadonlySignal<ReadonlySet<FileIndex>>;

  readonly #id: TransferId;
  readonly #actions: DetailActions;
  readonly #watch: PageWatch;
  readonly #byIndex = signal<ReadonlyMap<FileIndex, FileView>>(new Map());
  readonly #list = signal<readonly FileView[]>([]);
  readonly #isKnown = signal(false);
  readonly #failure = signal<FilesFailure | null>(null);
  readonly #saving = signal<ReadonlySet<FileIndex>>(new Set());
  #shape = '';
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #isTelling = false;

  constructor(id: TransferId, actions: DetailActions, watch: PageWatch) {
    this.#id = id;
    this.#actions = actions;
    this.#watch = watch;
    this.byIndex = this.#byIndex;
    this.list = this.#list;
    this.isKnown = this.#isKnown;
    this.failure = this.#failure;
    this.saving = this.#saving;
    effect(() => {
      if (this.tree.changes().length > 0) queueMicrotask(() => void this.#tell());
    });
  }

  /** Asks how far the files are, unless they were asked for a moment ago. Long lists are asked for less often. */
  async ask(): Promise<void> {
    const files = this.#list.peek().length;
    const restMs = Math.min((files / FILES_A_SECOND) * 1_000, LEAST_OFTEN_MS) - 500;
    if (this.#isTelling || this.#watch.nowMs() - this.#askedAtMs < restMs) return;
    this.#askedAtMs = this.#watch.nowMs();
    const reply = await this.#actions.files(this.#id);
    if (reply.ok && reply.output.files !== null && !this.#isTelling) this.#take(reply.output.files);
  }

  /** Verified bytes of a file, or of all files below a folder, of how many. */
  progressOf(node: TreeNode): { readonly hereBytes: number; readonly lengthBytes: number } {
    const byIndex = this.#byIndex.value;
    const hereBytes = filesOf(node).reduce((sum, file) => sum + (byIndex.get(file)?.hereBytes ?? 0), 0);
    return { hereBytes, lengthBytes: lengthOf(node) };
  }

  /** Copies a whole file to the Downloads folder now. */
  async save(file: FileIndex): Promise<void> {
    if (this.#saving.peek().has(file)) return;
    this.#saving.value = new Set([...this.#saving.peek(), file]);
    const reply = await this.#actions.saveFile(this.#id, file);
    this.#saving.value = new Set([...this.#saving.peek()].filter((other) => other !== file));
    this.#failure.value = reply.ok ? null : reply.failure;
    this.#askedAtMs = Number.NEGATIVE_INFINITY;
    await this.ask();
  }

  /** Shows what became of something else that was asked of a file. */
  async run(reply: Promise<ActionReply<null>>): Promise<void> {
    const done = await reply;
    this.#failure.value = done.ok ? null : done.failure;
  }

  #take(files: readonly FileView[]): void {
    this.#byIndex.value = new Map(files.map((file) => [file.index, file]));
    this.#list.value = files;
    this.#isKnown.value = true;
    // A tree of 20,000 files is sorted only when another shape of it is told, not with every byte that comes.
    const shape = files.map(({ index, priority }) => `${index} ${priority}`).join();
    if (shape !== this.#shape) this.tree.show(files);
    this.#shape = shape;
  }

  /** Tells the user's changes, all that have come together meanwhile in one. What is refused is taken back. */
  async #tell(): Promise<void> {
    if (this.#isTelling) return;
    this.#isTelling = true;
    for (let wishes = this.tree.changes(); wishes.length > 0; wishes = this.tree.changes()) {
      const reply = await this.#actions.setFiles(this.#id, wishes);
      const isTaken = reply.ok && reply.output.taken;
      this.#failure.value = reply.ok ? (isTaken ? null : { code: 'no-file-left' }) : reply.failure;
      if (isTaken) this.#take(withWishes(this.#list.peek(), wishes));
      this.tree.forget(wishes);
      if (!isTaken) break;
    }
    this.#isTelling = false;
  }
}

/** The files as they are once the engine has taken these wishes. */
function withWishes(files: readonly FileView[], wishes: ReturnType<FileTreeModel['changes']>): readonly FileView[] {
  const wished = new Map(wishes.flatMap(({ files, priority }) => files.map((file) => [file, priority] as const)));
  return files.map((file) => ({ ...file, priority: wished.get(file.index) ?? file.priority }));
}
