import { describe, expect, test } from 'vitest';
import type { FilePriority, FileView } from '../../../src/model/file-view.ts';
import type { FileIndex } from '../../../src/model/ids.ts';
import { FileTreeModel, type TreeRow } from '../../../src/ui/file-tree/file-tree-model.ts';
import { rowWindow } from '../../../src/ui/file-tree/row-window.ts';

const file = (index: number, path: string, lengthBytes = 10, priority: FilePriority = 'normal'): FileView => ({
  index: index as FileIndex,
  path: path.split('/'),
  lengthBytes,
  priority,
  hereBytes: 0,
  isSaved: false,
});
const indices = (...list: number[]) => list as FileIndex[];

function shown(...files: FileView[]): FileTreeModel {
  const tree = new FileTreeModel();
  tree.show(files);
  return tree;
}
/** Every line as `level name tick`. */
const lines = (tree: FileTreeModel): string[] =>
  tree.rows.value.map(({ node, level }) => `${level} ${node.name} ${tree.checkedOf(node)}`);
const row = (tree: FileTreeModel, name: string): TreeRow['node'] => {
  const found = tree.rows.value.find(({ node }) => node.name === name);
  if (found === undefined) throw new Error(`no line ${name}`);
  return found.node;
};

const season = () => shown(file(0, 's/e10'), file(1, 's/e2'), file(2, 'readme'), file(3, 's/extra/a', 5, 'skip'));

describe('a tree of files', () => {
  test('has folders before files, in the order in which people count', () => {
    expect(lines(season())).toEqual(['1 s some', '2 extra none', '3 a none', '2 e2 all', '2 e10 all', '1 readme all']);
  });

  test('tells each line its place among its brothers', () => {
    expect(season().rows.value.map(({ place, brothers }) => `${place}/${brothers}`)).toEqual([
      '1/2',
      '1/3',
      '1/1',
      '2/3',
      '3/3',
      '2/2',
    ]);
  });

  test('shows a folder of many files closed', () => {
    const tree = shown(...Array.from({ length: 201 }, (_, nth) => file(nth, `folder/${nth}`)));
    expect(lines(tree)).toEqual(['1 folder all']);
    tree.setOpen(row(tree, 'folder'), true);
    expect(tree.rows.value).toHaveLength(202);
  });

  test('takes 100,000 files', () => {
    const tree = shown(...Array.from({ length: 100_000 }, (_, nth) => file(nth, `d${nth % 300}/f${nth}`)));
    expect(tree.rows.value).toHaveLength(300);
    expect(tree.sums.value.wanted).toBe(100_000);
  });
});

describe('ticking', () => {
  test('a folder ticks all below it, and unticks it when all is ticked', () => {
    const tree = season();
    tree.toggle(row(tree, 's'));
    expect(lines(tree)).toEqual(['1 s all', '2 extra all', '3 a all', '2 e2 all', '2 e10 all', '1 readme all']);
    tree.toggle(row(tree, 's'));
    expect(lines(tree)).toEqual(['1 s none', '2 extra none', '3 a none', '2 e2 none', '2 e10 none', '1 readme all']);
  });

  test('tells only what changed', () => {
    const tree = season();
    expect(tree.changes()).toEqual([]);
    tree.toggle(row(tree, 'a'));
    tree.toggle(row(tree, 'readme'));
    tree.wish(indices(1), 'first');
    expect(tree.changes()).toEqual([
      { files: indices(2), priority: 'skip' },
      { files: indices(3), priority: 'normal' },
      { files: indices(1), priority: 'first' },
    ]);
    tree.toggle(row(tree, 'a'));
    tree.toggle(row(tree, 'readme'));
    tree.wish(indices(1), 'normal');
    expect(tree.changes()).toEqual([]);
  });

  test('counts what is wanted', () => {
    const tree = season();
    expect(tree.sums.value).toEqual({ wanted: 3, files: 4, wantedBytes: 30 });
    tree.wishForAll('skip');
    expect(tree.sums.value).toEqual({ wanted: 0, files: 4, wantedBytes: 0 });
  });

  test('survives that the engine tells the files again', () => {
    const tree = season();
    tree.toggle(row(tree, 'e2'));
    tree.show([file(0, 's/e10'), file(1, 's/e2')]);
    expect(lines(tree)).toEqual(['1 s some', '2 e2 none', '2 e10 all']);
  });
});

test.each([
  ['at the top', 1000, 0, 280, { first: 0, end: 22 }],
  ['in the middle', 1000, 2800, 280, { first: 88, end: 122 }],
  ['at the end', 1000, 27_720, 280, { first: 978, end: 1000 }],
  ['of a short list', 3, 0, 280, { first: 0, end: 3 }],
  ['of nothing', 0, 500, 280, { first: 0, end: 0 }],
])('lines that are drawn %s', (_name, count, scrollTop, height, expected) => {
  expect(rowWindow(count, scrollTop, height)).toEqual(expected);
});
