import { expect, test } from 'vitest';
import { type CopyUse, mayDropCopy } from '../../../src/engine/transfer/may-drop-copy.ts';

const done = { state: { phase: 'done' } } as const;
const use = (more: Partial<CopyUse>): CopyUse => ({
  record: done,
  keepCopy: 'while-sharing',
  isSharing: false,
  isInUse: false,
  ...more,
});

test.each<[string, Partial<CopyUse>, boolean]>([
  ['goes when nobody may be served from it', {}, true],
  ['stays while it is shared', { isSharing: true }, false],
  ['goes although it could be shared, when none is kept', { keepCopy: 'never', isSharing: true }, true],
  ['stays although nobody is served, when all are kept', { keepCopy: 'always' }, false],
  ['stays when the transfer says so', { keepCopy: 'never', record: { ...done, keepsCopy: true } }, false],
  [
    'goes when the transfer says so',
    { keepCopy: 'always', isSharing: true, record: { ...done, keepsCopy: false } },
    true,
  ],
  [
    'follows the settings when the transfer says nothing',
    { keepCopy: 'always', record: { ...done, keepsCopy: null } },
    false,
  ],
  ['stays while a player reads it', { keepCopy: 'never', isInUse: true }, false],
  ['stays while files are missing', { keepCopy: 'never', record: { state: { phase: 'saving' } } }, false],
])('the copy %s', (_name, more, expected) => {
  expect(mayDropCopy(use(more))).toBe(expected);
});
