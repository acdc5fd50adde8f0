import type { FileView } from '../../model/file-view.ts';
import type { FileIndex } from '../../model/ids.ts';

export type FolderNode = {
  readonly kind: 'folder';
  /** Unlike any other of the tree: the way from the root. */
  readonly key: string;
  readonly name: string;
  readonly children: readonly TreeNode[];
  /** All files below it. */
  readonly files: readonly FileIndex[];
  readonly lengthBytes: number;
};
export type FileNode = { readonly kind: 'file'; readonly key: string; readonly name: string; readonly file: FileView };
export type TreeNode = FolderNode | FileNode;

type Draft = { readonly folders: Map<string, Draft>; readonly files: FileNode[] };

/** Natural order, as people sort: "2" before "10". */
const ORDER = new Intl.Collator(undefined, { numeric: true });

/** Files as a tree of folders: folders before files, each in natural order. Names stay as the torrent spells them. */
export function buildTree(files: readonly FileView[]): readonly TreeNode[] {
  const root: Draft = { folders: new Map(), files: [] };
  for (const file of files) {
    let at = root;
    for (const folder of file.path.slice(0, -1)) {
      const known = at.folders.get(folder) ?? { folders: new Map(), files: [] };
      at.folders.set(folder, known);
      at = known;
    }
    at.files.push({ kind: 'file', key: `file ${file.index}`, name: file.path.at(-1) ?? '', file });
  }
  return nodesOf(root, '');
}

function nodesOf({ folders, files }: Draft, above: string): TreeNode[] {
  const inner = [...folders].map(([name, draft]): FolderNode => {
    const key = `${above}/${name}`;
    const children = nodesOf(draft, key);
    return {
      kind: 'folder',
      key,
      name,
      children,
      files: children.flatMap((child) => (child.kind === 'file' ? [child.file.index] : child.files)),
      lengthBytes: children.reduce((sum, child) => sum + lengthOf(child), 0),
    };
  });
  const byName = (a: TreeNode, b: TreeNode) => ORDER.compare(a.name, b.name);
  return [...inner.sort(byName), ...files.sort(byName)];
}

export const lengthOf = (node: TreeNode): number => (node.kind === 'file' ? node.file.lengthBytes : node.lengthBytes);

export const filesOf = (node: TreeNode): readonly FileIndex[] =>
  node.kind === 'file' ? [node.file.index] : node.files;
