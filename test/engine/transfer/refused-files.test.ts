import { beforeEach, expect, test } from 'vitest';
import { RefusedFiles } from '../../../src/engine/transfer/refused-files.ts';
import type { FileIndex, PieceIndex } from '../../../src/model/ids.ts';

let refused: RefusedFiles;
beforeEach(() => {
  refused = new RefusedFiles();
});
const pieces = (...all: number[]) => all as PieceIndex[];
const refuse = (file: number, hasDelivered: boolean) => refused.refused(file as FileIndex, pieces(file), hasDelivered);

test('two files refused by a stranger are their own fault, the third shows that it is the origin’s', () => {
  expect([refuse(0, false), refuse(1, false), refuse(2, false)]).toEqual([null, null, pieces(0, 1, 2)]);
  expect(refuse(0, false)).toEqual(pieces(0)); // and stays the origin's until it has answered
  refused.answered();
  expect(refuse(0, false)).toBe(null);
});

test('eight in a row are needed of one that has delivered', () => {
  const replies = Array.from({ length: 8 }, (_, file) => refuse(file, true));
  expect(replies.slice(0, 7)).toEqual(Array(7).fill(null));
  expect(replies[7]).toEqual(pieces(0, 1, 2, 3, 4, 5, 6, 7));
});

test.each([
  ['a single file is believed at the second refusal', 1, true, 2],
  ['of three each is believed at the fourth', 3, true, 4],
])('when nothing else is left, %s', (_name, files, hasDelivered, believedAt) => {
  for (let time = 1; time <= believedAt; time++) {
    for (let file = 0; file < files; file++) refuse(file, hasDelivered);
    expect(refused.nothingElse(hasDelivered).length === 0).toBe(time === believedAt);
  }
});

test('when nothing else is left, one that never delivered is never believed', () => {
  for (let time = 0; time < 20; time++) {
    refuse(0, false);
    expect(refused.nothingElse(false)).toEqual(pieces(0));
  }
});
