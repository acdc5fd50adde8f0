import type { FilePriority } from '../../model/file-view.ts';

export const FILE_TREE_WORDS = {
  tree: 'Files',
  all: 'All',
  none: 'None',
  priorityOf: (name: string) => `Priority of ${name}`,
  chosen: (wanted: number, files: number, size: string) =>
    wanted === files ? `${files === 1 ? '1 file' : `${files} files`}, ${size}` : `${wanted} of ${files} files, ${size}`,
} as const;

export const PRIORITY_WORDS: Readonly<Record<Exclude<FilePriority, 'skip'>, string>> = {
  normal: 'Normal',
  first: 'First',
};
