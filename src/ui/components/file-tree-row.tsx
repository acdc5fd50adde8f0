import type { ComponentChildren } from 'preact';
import { isPlayable, kindOfFile } from '../../model/file-kinds.ts';
import type { FilePriority } from '../../model/file-view.ts';
import type { FileIndex } from '../../model/ids.ts';
import { lengthOf } from '../file-tree/build-tree.ts';
import type { FileTreeModel, TreeRow } from '../file-tree/file-tree-model.ts';
import { ROW_HEIGHT_PX } from '../file-tree/row-window.ts';
import { displayName } from '../formats/display-name.ts';
import { formatBytes } from '../formats/format-bytes.ts';
import { FILE_TREE_WORDS, PRIORITY_WORDS } from '../words/file-tree-words.ts';
import { Icon } from './icon.tsx';

type Props = {
  readonly tree: FileTreeModel;
  readonly row: TreeRow;
  /** Its place among all lines, from 0. */
  readonly at: number;
  readonly isCurrent: boolean;
  readonly onCurrent: () => void;
  /** What else the line shows, before its size. */
  readonly aside?: ComponentChildren;
  readonly play?: (file: FileIndex) => void;
};

const CHECKED = { all: 'true', some: 'mixed', none: 'false' } as const;
const INDENT_PX = 18;

/** One line of the tree. A click on the arrow opens a folder, a click anywhere else ticks. */
export function FileTreeRow({
  tree,
  row: { node, level, place, brothers },
  at,
  isCurrent,
  onCurrent,
  aside,
  play,
}: Props) {
  const checked = tree.checkedOf(node);
  const name = displayName(node.name);
  const isFolder = node.kind === 'folder';
  return (
    <div
      class="file-row"
      role="treeitem"
      data-at={at}
      aria-level={level}
      aria-posinset={place}
      aria-setsize={brothers}
      aria-checked={CHECKED[checked]}
      aria-expanded={isFolder ? tree.isOpen(node) : undefined}
      tabIndex={isCurrent ? 0 : -1}
      style={{ top: `${at * ROW_HEIGHT_PX}px`, paddingInlineStart: `${8 + (level - 1) * INDENT_PX}px` }}
      onFocus={onCurrent}
    >
      {isFolder ? (
        <button
          type="button"
          class="file-twist"
          tabIndex={-1}
          aria-hidden="true"
          data-open={tree.isOpen(node)}
          onClick={() => tree.setOpen(node, !tree.isOpen(node))}
        >
          <Icon name="choose" />
        </button>
      ) : (
        <span class="file-twist" />
      )}
      <label class="file-tick">
        <input
          type="checkbox"
          tabIndex={-1}
          checked={checked === 'all'}
          indeterminate={checked === 'some'}
          onChange={() => tree.toggle(node)}
        />
        <bdi class="file-name" title={name}>
          {name}
        </bdi>
      </label>
      {node.kind === 'file' && checked === 'all' && (
        <select
          class="file-priority"
          tabIndex={isCurrent ? 0 : -1}
          aria-label={FILE_TREE_WORDS.priorityOf(name)}
          value={tree.priorityOf(node.file.index)}
          onChange={(event) => tree.wish([node.file.index], event.currentTarget.value as FilePriority)}
        >
          {Object.entries(PRIORITY_WORDS).map(([priority, words]) => (
            <option key={priority} value={priority}>
              {words}
            </option>
          ))}
        </select>
      )}
      {play !== undefined && node.kind === 'file' && isPlayable(kindOfFile(node.file.path)) && (
        <button
          type="button"
          class="file-play"
          tabIndex={isCurrent ? 0 : -1}
          aria-label={FILE_TREE_WORDS.playFile(name)}
          title={FILE_TREE_WORDS.playFile(name)}
          onClick={() => play(node.file.index)}
        >
          <Icon name="play" />
        </button>
      )}
      {aside}
      <span class="file-size">{formatBytes(lengthOf(node))}</span>
    </div>
  );
}
