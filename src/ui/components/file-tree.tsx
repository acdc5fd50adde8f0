import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { FileIndex } from '../../model/ids.ts';
import type { TreeNode } from '../file-tree/build-tree.ts';
import type { FileTreeModel, TreeRow } from '../file-tree/file-tree-model.ts';
import { ROW_HEIGHT_PX, rowWindow } from '../file-tree/row-window.ts';
import { FILE_TREE_WORDS } from '../words/file-tree-words.ts';
import { FileTreeRow } from './file-tree-row.tsx';

type Props = {
  readonly tree: FileTreeModel;
  /** What else a line shows. `isCurrent`: the line has the focus, so that its buttons can be reached with Tab. */
  readonly aside?: (node: TreeNode, isCurrent: boolean) => ComponentChildren;
  /** Shows a file in the player; left out where nothing can be played yet. */
  readonly play?: (file: FileIndex) => void;
};

/** Height in which lines are drawn before the browser has told the real one. */
const FIRST_HEIGHT_PX = 400;

/** The files of a torrent with tick boxes. Keys are those of a tree (WAI-ARIA): arrows, Home, End, Space. */
export function FileTree({ tree, aside, play }: Props) {
  const scrollTop = useSignal(0);
  const current = useSignal(0);
  const box = useRef<HTMLDivElement>(null);
  const mayFocus = useRef(false);
  const rows = tree.rows.value;
  const at = Math.min(current.value, Math.max(rows.length - 1, 0));
  const seen = rowWindow(rows.length, scrollTop.value, box.current?.clientHeight || FIRST_HEIGHT_PX);

  useLayoutEffect(() => {
    if (!mayFocus.current) return;
    mayFocus.current = false;
    box.current?.querySelector<HTMLElement>(`[data-at="${at}"]`)?.focus();
  });

  const go = (to: number) => {
    const place = Math.min(Math.max(to, 0), rows.length - 1);
    const height = box.current?.clientHeight ?? 0;
    const top = place * ROW_HEIGHT_PX;
    if (box.current !== null && (top < box.current.scrollTop || top + ROW_HEIGHT_PX > box.current.scrollTop + height)) {
      box.current.scrollTop = top < box.current.scrollTop ? top : top + ROW_HEIGHT_PX - height;
      scrollTop.value = box.current.scrollTop;
    }
    current.value = place;
    mayFocus.current = true;
  };
  const parentOf = ({ level }: TreeRow, from: number): number =>
    rows.findLastIndex((row, index) => index < from && row.level < level);
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at];
    if (row === undefined || isControl(event.target)) return;
    const isOpen = tree.isOpen(row.node);
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () => (row.node.kind === 'folder' && !isOpen ? tree.setOpen(row.node, true) : go(at + 1)),
      ArrowLeft: () => (isOpen ? tree.setOpen(row.node, false) : go(Math.max(parentOf(row, at), 0))),
      ' ': () => tree.toggle(row.node),
    };
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    act();
  };

  return (
    <div
      ref={box}
      class="file-tree"
      role="tree"
      aria-label={FILE_TREE_WORDS.tree}
      aria-multiselectable="true"
      tabIndex={rows.length === 0 ? 0 : -1}
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        scrollTop.value = event.currentTarget.scrollTop;
      }}
    >
      <div class="file-tree-lines" role="none" style={{ height: `${rows.length * ROW_HEIGHT_PX}px` }}>
        {rows.slice(seen.first, seen.end).map((row, offset) => (
          <FileTreeRow
            key={row.node.key}
            tree={tree}
            {...(play === undefined ? {} : { play })}
            row={row}
            at={seen.first + offset}
            isCurrent={seen.first + offset === at}
            aside={aside?.(row.node, seen.first + offset === at)}
            onCurrent={() => {
              current.value = seen.first + offset;
            }}
          />
        ))}
      </div>
    </div>
  );
}

/** Keys of a list of choices or a button inside of a line are its own. */
const isControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLSelectElement || target instanceof HTMLButtonElement;
