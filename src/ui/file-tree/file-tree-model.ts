import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { FilePriority, FileView, FileWish } from '../../model/file-view.ts';
import type { FileIndex } from '../../model/ids.ts';
import { buildTree, filesOf, type TreeNode } from './build-tree.ts';

/** A line of the tree as it is shown: only what lies in open folders has one. */
export type TreeRow = {
  readonly node: TreeNode;
  /** From 1. */
  readonly level: number;
  /** Place among its brothers, from 1, and how many they are. */
  readonly place: number;
  readonly brothers: number;
};

export type Checked = 'all' | 'some' | 'none';

/** Folders are shown open while there are not more files than this. */
const OPEN_UP_TO_FILES = 200;

/** Which files of a torrent are wanted: what the user sees and ticks, before it is told to anybody. */
export class FileTreeModel {
  readonly rows: ReadonlySignal<readonly TreeRow[]>;
  /** The files that are wanted. */
  readonly wanted: ReadonlySignal<readonly FileView[]>;
  /** How many files are wanted, of how many, and their bytes. */
  readonly sums: ReadonlySignal<{ readonly wanted: number; readonly files: number; readonly wantedBytes: number }>;
  readonly #files = signal<readonly FileView[]>([]);
  readonly #wishes = signal<ReadonlyMap<FileIndex, FilePriority>>(new Map());
  readonly #open = signal<ReadonlySet<string>>(new Set());
  readonly #tree = computed(() => buildTree(this.#files.value));
  readonly #byIndex = computed(() => new Map(this.#files.value.map((file) => [file.index, file])));

  constructor() {
    this.rows = computed(() => rowsOf(this.#tree.value, this.#open.value));
    this.wanted = computed(() => this.#files.value.filter(({ index }) => this.priorityOf(index) !== 'skip'));
    this.sums = computed(() => {
      const wanted = this.wanted.value;
      const wantedBytes = wanted.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
      return { wanted: wanted.length, files: this.#files.value.length, wantedBytes };
    });
  }

  /** The engine's word. What the user has ticked meanwhile stays. */
  show(files: readonly FileView[]): void {
    const isFirst = this.#files.peek().length === 0;
    this.#files.value = files;
    if (isFirst && files.length <= OPEN_UP_TO_FILES) this.#open.value = new Set(foldersOf(this.#tree.value));
  }

  priorityOf(file: FileIndex): FilePriority {
    return this.#wishes.value.get(file) ?? this.#byIndex.value.get(file)?.priority ?? 'normal';
  }

  checkedOf(node: TreeNode): Checked {
    const files = filesOf(node);
    const wanted = files.filter((file) => this.priorityOf(file) !== 'skip').length;
    if (wanted === 0) return 'none';
    return wanted === files.length ? 'all' : 'some';
  }

  isOpen(node: TreeNode): boolean {
    return this.#open.value.has(node.key);
  }

  setOpen(node: TreeNode, isOpen: boolean): void {
    if (node.kind === 'file' || this.isOpen(node) === isOpen) return;
    const open = new Set(this.#open.value);
    if (isOpen) open.add(node.key);
    else open.delete(node.key);
    this.#open.value = open;
  }

  /** Ticks everything below a folder, or, when all of it is ticked, unticks it. */
  toggle(node: TreeNode): void {
    this.wish(filesOf(node), this.checkedOf(node) === 'all' ? 'skip' : 'normal');
  }

  wish(files: readonly FileIndex[], priority: FilePriority): void {
    const wishes = new Map(this.#wishes.value);
    for (const file of files) wishes.set(file, priority);
    this.#wishes.value = wishes;
  }

  wishForAll(priority: FilePriority): void {
    this.wish(
      this.#files.value.map(({ index }) => index),
      priority,
    );
  }

  /** Drops what the user has changed, unless it was changed once more meanwhile: the engine's word stands again. */
  forget(told: readonly FileWish[]): void {
    const wishes = new Map(this.#wishes.value);
    for (const { files, priority } of told) {
      for (const file of files) if (wishes.get(file) === priority) wishes.delete(file);
    }
    this.#wishes.value = wishes;
  }

  /** What the user has changed, in the form in which it is told. */
  changes(): FileWish[] {
    const changed = (priority: FilePriority): FileIndex[] =>
      [...this.#wishes.value].flatMap(([file, wished]) =>
        wished === priority && this.#byIndex.value.get(file)?.priority !== wished ? [file] : [],
      );
    const wishes = (['skip', 'normal', 'first'] as const).map((priority) => ({ files: changed(priority), priority }));
    return wishes.filter(({ files }) => files.length > 0);
  }
}

function rowsOf(nodes: readonly TreeNode[], open: ReadonlySet<string>, level = 1): TreeRow[] {
  const rows: TreeRow[] = [];
  nodes.forEach((node, at) => {
    rows.push({ node, level, place: at + 1, brothers: nodes.length });
    if (node.kind === 'folder' && open.has(node.key)) rows.push(...rowsOf(node.children, open, level + 1));
  });
  return rows;
}

const foldersOf = (nodes: readonly TreeNode[]): string[] =>
  nodes.flatMap((node) => (node.kind === 'folder' ? [node.key, ...foldersOf(node.children)] : []));
